"""The kinds of job of this app: inputs of a receipt in, headline and arrays out."""

import datetime
from collections.abc import Mapping
from typing import Any

from jobs.kinds import JobOutput, Report
from scoring.engine import large, outlook, smaa
from scoring.engine.common_draws import Rules
from scoring.engine.confidence import Confidence, confidence
from scoring.engine.lenses import lens_from
from scoring.engine.openings import Link
from scoring.engine.outlook_network import Assumptions
from scoring.engine.results import LargeRankingResult, RankingFigures, RankingResult
from scoring.engine.scores import CardScores, Scenario, Score, Technology, Window
from scoring.inputs import LINKS_ENGINE, OUTLOOK_ENGINE, RANKING_ENGINE

ENGINES = {"ranking": RANKING_ENGINE, "outlook": OUTLOOK_ENGINE, "links": LINKS_ENGINE}
YARDSTICK = "a yardstick: its opening is known"


def compute_ranking(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    result = ranked(inputs, seed=seed, report=report)
    arrays = smaa.arrays(result, confidence_of(result, inputs))
    return JobOutput(headline=headline_of(result, inputs), arrays=arrays)


def confidence_of(result: RankingFigures, inputs: dict[str, Any]) -> Confidence | None:
    """None for very many technologies, of which not all indices are kept."""
    if not isinstance(result, RankingResult):
        return None
    return confidence(technologies_of(inputs), rules_of(inputs), result)


def ranked(
    inputs: dict[str, Any], *, seed: int, report: Report
) -> RankingResult | LargeRankingResult:
    """Very many technologies are ranked without all their pairs, whoever asks and how."""
    technologies, question = technologies_of(inputs), question_of(inputs, seed)
    if large.is_large(technologies):
        return large.rank(question, technologies, report)
    return smaa.rank(
        technologies,
        question.lens,
        draws=question.draws,
        seed=seed,
        tables=question.tables,
        report=report,
        today=question.today,
    )


def technologies_of(inputs: Mapping[str, Any]) -> list[Technology]:
    return [technology_of(row) for row in inputs["technologies"]]


def question_of(inputs: Mapping[str, Any], seed: int) -> large.Question:
    rules = rules_of(inputs)
    return large.Question(rules.lens, inputs["draws"], seed, tables=rules.tables, today=rules.today)


def rules_of(inputs: Mapping[str, Any]) -> Rules:
    """What a ranking of these inputs follows from beside its technologies."""
    today = inputs.get("today")
    return Rules(
        lens_from(inputs["lens"]),
        tables=inputs["tables"],
        today=datetime.date.fromisoformat(today) if today else None,
    )


def headline_of(result: RankingFigures, inputs: dict[str, Any]) -> dict[str, Any]:
    headline = smaa.headline(result)
    headline["technologies"] += [_yardstick(slug) for slug in inputs["yardsticks"]]
    return headline


def technology_of(row: dict[str, Any]) -> Technology:
    window = row.get("window")
    return Technology(
        id=row["id"],
        cards=tuple(_card(card) for card in row["cards"]),
        window=window_of(window) if window else None,
    )


def _card(card: dict[str, Any]) -> CardScores:
    return CardScores(
        scores={name: _score(score) for name, score in card["scores"].items()},
        scenarios=tuple(part for row in card["scenarios"] for part in _scenario(row)),
        age=card["age"],
    )


def _scenario(row: dict[str, Any]) -> list[Scenario]:
    """A scenario whose impact spans two levels gives half of its chance to each."""
    levels = row["impact_level"].split("/")
    share = row["probability"] / len(levels)
    return [Scenario(level=level, probability=share) for level in levels]


def _score(score: dict[str, Any]) -> Score:
    return Score(
        level=score["level"],
        level_to=score["level_to"],
        certainty=score["certainty"],
        unscored=score["unscored_reason"],
    )


def _yardstick(slug: str) -> dict[str, Any]:
    return {"id": slug, "is_ranked": False, "not_ranked_because": YARDSTICK, "coverage": None}


def compute_outlook(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    result = outlook.simulate(
        [window_of(row) for row in inputs["windows"]],
        [link_of(row) for row in inputs["links"]],
        today=datetime.date.fromisoformat(inputs["today"]),
        horizon_year=inputs["horizon_year"],
        draws=inputs["draws"],
        seed=seed,
        assumptions=Assumptions(**inputs["assumptions"]),
    )
    report(1, 1)
    return JobOutput(headline=outlook.headline(result))


def window_of(row: dict[str, Any]) -> Window:
    return Window(
        id=row["id"],
        start=row["from"],
        end=row["to"],
        certainty=row["certainty"],
        unscored=row["unscored_reason"],
        viability=tuple(level for level in row["viability"] if level),
        p_never=row["p_never"],
        open_since=row["open_since"],
        is_closed=row["is_closed"],
        age=row["age"],
    )


def link_of(row: list[str]) -> Link:
    source, target, kind = row
    return Link(source, target, kind)
