"""What the linter says of free sentences, of parts, and what it offers instead."""

import datetime
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assessments.values.findings import Severity
from assessments.values.linting import Context
from assessments.values.linting_parts import Stated, lint
from assessments.values.measures import KnownIndicator, last_period_end
from assessments.values.prediction import Kind, parse_spec
from assessments.values.rewriting import first_draft, questions
from tests.assessments.predicted import measured_json, spec_json

FIELD_DATA = Path(os.environ.get("FIELD_DATA", "../shared"))
HOURS = KnownIndicator(
    slug="output-per-hour-oecd",
    name="GDP per hour worked, OECD total",
    unit="USD, constant prices",
    geography="OECD",
    publisher="OECD",
    release_lag_days=400,
    values={"2021": 60.0, "2022": 61.0, "2025": 63.0},
)
SHARE = KnownIndicator(
    slug="electric-share", name="Electric share of new cars", unit="%", kind="share",
    values={"2025": 25.0},
)  # fmt: skip
CONTEXT = Context(
    today=datetime.date(2026, 11, 21),
    technology="Heat pumps",
    indicators=(HOURS, SHARE),
)
# Who moves what, where, by how much, since when, by when: told in every order.
MOVED = (
    "By 2035, heat pumps will cut household gas use in Germany by 40% compared to 2021.",
    "Autonomous trucks will have halved freight cost per tonne in Spain by 2032 relative to 2023",
    "Robots will raise output per worker in Japan by a quarter by 2031 against its 2024 level.",
    "Thanks to CRISPR, treatment cost will fall by 30 % in the EU by 2030 vs. 2024.",
    "By end of 2032, compared with 2024, exosuits will have reduced injuries in Canada by 15 %.",
    "Smart meters will have lowered power demand in France by 5 percent by 2031 from 2025 levels.",
)


def rules(said: Any, context: Context = CONTEXT) -> set[str]:
    return {finding.rule for finding in lint(said, context)}


def stated(parts: dict[str, Any], kind: Kind = Kind.YES_NO) -> Stated:
    return Stated(kind, parse_spec(parts))


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Ten tidal farms feed the grid.", "no-deadline", ""),
        ("Ten tidal farms feed the grid by 2020.", "past-deadline", "by 2020"),
        ("Ten tidal farms feed the grid by 2030.", "ambiguous-date", "by 2030"),
        ("Tidal power will be a force by 31 December 2030.", "no-metric", ""),
        ("Ten tidal farms feed the grid by 31 December 2030.", "no-publisher", ""),
        ("Tidal power becomes cheaper by 31 December 2030.", "no-baseline", "cheaper"),
        ("Tidal power is widely used by 31 December 2030.", "undefined-word", "widely used"),
        ("Most farms are tidal by 31 December 2030.", "undefined-word", "Most"),
        ("Leading utilities buy tidal power by May 2030.", "undefined-word", "Leading"),
        ("Tidal power reaches 5 % by 31 December 2030.", "share-of-what", "5 %"),
        ("A farm is built and it delivers 1 GW by 2030.", "compound", "and"),
        ("Prices double because of tidal power by 2030.", "causal-claim", "because of tidal power"),
        ("Tidal power will drive coal out of Wales by 2030.", "causal-claim", "drive"),
    ],
)
def test_each_fault_is_told_with_its_words(text: str, rule: str, words: str) -> None:
    found = [finding for finding in lint(text, CONTEXT) if finding.rule == rule]
    assert [finding.words for finding in found] == [words]
    assert all(text[one.start : one.end] == words for one in found if one.start is not None)
    assert all(finding.wrong and finding.instead for finding in found)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The share of tidal farms in Wales is 5 % by 2030.", "share-of-what"),
        ("Tidal power has 5 % of the grid by 2030.", "share-of-what"),
        ("Tidal farms in France and Wales deliver 1 GW by 2030.", "compound"),
        ("Between 3 and 5 farms are open by 2030.", "compound"),
        ("Tidal power costs 20 % less than in 2022 by 2030.", "no-baseline"),
        ("The price will fall by 20 % by 2030 versus 2022.", "causal-claim"),
        ("Tidal power will exceed 1 GW by 2030.", "causal-claim"),
        ("Vendors will cut their prices by 20 % by 2030 versus 2022.", "causal-claim"),
        ("At most ten farms are open by 2030.", "undefined-word"),
        ("Ten farms are open by 2030 according to the Crown Estate.", "no-publisher"),
        ("The Marine Authority licenses ten farms by 2030.", "no-publisher"),
        ("Ten farms are open by 30 June 2030.", "ambiguous-date"),
        ("Ten farms are open by the end of 2030.", "ambiguous-date"),
    ],
)
def test_what_is_well_said_is_left_alone(text: str, rule: str) -> None:
    assert rule not in rules(text)


def test_only_a_missing_or_past_day_is_an_error_of_a_sentence() -> None:
    severe = {f.rule for f in lint("Most things get much better soon.", CONTEXT)
              if f.severity == Severity.ERROR}  # fmt: skip
    assert severe == {"no-deadline"}


@pytest.mark.parametrize("text", MOVED)
def test_a_moved_figure_is_caught_and_asked_as_two_questions(text: str) -> None:
    assert "causal-claim" in rules(text)
    figure, judgement = questions(text, CONTEXT)
    assert {figure.kind, judgement.kind} == {Kind.YES_NO}
    assert figure.parts["comparator"] in {"at least", "at most"}
    assert "counterfactual" in judgement.parts["definitions"].lower()
    assert judgement.parts["cause"]
    for question in (figure, judgement):
        assert not [
            one for one in lint(stated(question.parts), CONTEXT) if one.severity == Severity.ERROR
        ]


def test_the_two_questions_hold_what_the_sentence_said() -> None:
    figure, judgement = questions(MOVED[0], CONTEXT)
    assert figure.label == (
        "The index of household gas use (Germany) falls to 60 (2021 = 100) by 31 December 2035"
    )
    assert figure.parts | {"threshold": "60", "unit": "index, 2021 = 100"} == figure.parts
    assert (figure.parts["geography"], figure.parts["deadline"]) == ("Germany", "2035-12-31")
    assert (
        "at least 40 % below what it would have been without heat pumps"
        in (judgement.parts["event"])
    )
    assert "cause" not in figure.parts


def test_an_indicator_that_measures_it_is_taken() -> None:
    text = "Robots will raise labour productivity in the OECD by 10 % by 2030 versus 2022."
    figure = questions(text, CONTEXT)[0]
    assert figure.parts["indicator"] == "output-per-hour-oecd"
    assert figure.parts | {"threshold": "10", "threshold_kind": "change"} == figure.parts
    assert figure.parts["reads_on"] == "2032-02-04"


def test_an_index_of_the_same_base_is_asked_in_its_unit() -> None:
    context = replace(CONTEXT, indicators=(replace(HOURS, unit="2022 = 100"),))
    text = "Robots will raise labour productivity in the OECD by 10 % by 2030 versus 2022."
    figure = questions(text, context)[0]
    assert figure.parts | {"threshold": "110", "threshold_kind": "absolute"} == figure.parts


@pytest.mark.parametrize("text", ["Robots win by 2030.", "Output rises by 20 % by 2030.", "", "by"])
def test_what_is_of_another_anatomy_offers_nothing(text: str) -> None:
    assert questions(text, CONTEXT) == ()


def test_a_sentence_fills_the_form_as_far_as_it_goes() -> None:
    draft = first_draft("A tidal farm opens in Wales by 30 June 2031.", CONTEXT)
    assert draft.parts | {"deadline": "2031-06-30"} == draft.parts
    assert draft.parts["event"] == "A tidal farm opens in Wales"


def test_the_sentence_of_the_source_is_caught_on_attribution() -> None:
    folder = FIELD_DATA / "sources"
    texts = sorted(folder.glob("003*.txt")) if folder.is_dir() else []
    if not texts:
        pytest.skip("the field data are not here")
    lines = texts[0].read_text("utf-8").splitlines()
    sentence = lines[lines.index("2030 prediction") + 1]
    assert "causal-claim" in rules(sentence)
    figure, judgement = questions(sentence, CONTEXT)
    assert "120 (2022 = 100)" in figure.label
    assert "without large language models" in judgement.parts["event"]


# Of parts.


def test_good_parts_have_no_findings() -> None:
    assert lint(stated(spec_json()), CONTEXT) == ()
    assert lint(stated(measured_json()), CONTEXT) == ()


@pytest.mark.parametrize(
    ("changes", "rule", "severity"),
    [
        ({"resolution_rule": ""}, "no-rule", Severity.ERROR),
        ({"deadline": "2026-11-21", "reads_on": "2027-01-01"}, "past-deadline", Severity.ERROR),
        ({"indicator": "nobody-has-it"}, "no-indicator", Severity.ERROR),
        ({"comparator": None}, "no-threshold", Severity.ERROR),
        ({"threshold_kind": "change"}, "no-baseline", Severity.ERROR),
        ({"publisher": ""}, "no-publisher", Severity.WARNING),
        ({"unit": ""}, "no-unit", Severity.WARNING),
        ({"unit": "%"}, "share-of-what", Severity.WARNING),
        ({"metric": "Significant output"}, "undefined-word", Severity.WARNING),
        ({"cause": "Robots did it"}, "no-counterfactual", Severity.WARNING),
    ],
)
def test_each_fault_of_parts_is_told(changes: dict[str, Any], rule: str, severity: str) -> None:
    found = {one.rule: one.severity for one in lint(stated(measured_json(**changes)), CONTEXT)}
    assert found[rule] == severity


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"reads_on": "2031-01-15"}, "before-release"),
        ({"unit": "EUR"}, "other-unit"),
        ({"threshold": "62"}, "already-met"),
        ({"threshold_kind": "change", "baseline_period": "1999"}, "no-baseline-figure"),
    ],
)
def test_parts_are_held_against_their_indicator(changes: dict[str, Any], rule: str) -> None:
    parts = measured_json(
        indicator=HOURS.slug, metric="", unit=HOURS.unit, reads_on="2032-03-01", threshold="90"
    )
    assert rule not in rules(stated(parts))
    assert rule in rules(stated(parts | changes))


@pytest.mark.parametrize("threshold", ["120", "-3"])
def test_a_share_stays_within_its_ceiling(threshold: str) -> None:
    parts = measured_json(indicator=SHARE.slug, metric="", unit="%", threshold=threshold)
    assert "impossible-threshold" in rules(stated(parts))


@pytest.mark.parametrize(
    ("cadence", "deadline", "end"),
    [
        ("year", "2030-12-31", "2030-12-31"),
        ("year", "2030-06-30", "2029-12-31"),
        ("month", "2030-02-28", "2030-02-28"),
        ("month", "2030-03-15", "2030-02-28"),
        ("day", "2030-03-15", "2030-03-15"),
    ],
)
def test_the_last_period_is_over_by_the_deadline(cadence: str, deadline: str, end: str) -> None:
    found = last_period_end(cadence, datetime.date.fromisoformat(deadline))
    assert found.isoformat() == end


@pytest.mark.parametrize("text", ["a" * 5000, "by 2030 " * 400, "will have increased " * 300,
                                  "and ; " * 800, "=cmd|' /C calc'!A0", "مرحبا"])  # fmt: skip
def test_hostile_texts_are_linted_like_others(text: str) -> None:
    found = lint(text, CONTEXT)
    assert found
    assert all(one.words in text for one in found)
    assert questions(text, CONTEXT) == questions(text, CONTEXT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("By 2030 heat pumps cut gas use in Germany by a fifth over 2022.", "cut"),
        ("Robots halve accidents at work by 2030.", "halve"),
        ("Solar power reduces power prices in Spain by 30 % versus 2024 by 2029.", "reduces"),
    ],
)
def test_a_cause_said_in_the_present_is_one(text: str, words: str) -> None:
    (found,) = [one for one in lint(text, CONTEXT) if one.rule == "causal-claim"]
    assert found.words == words


@pytest.mark.parametrize(
    "text",
    [
        "Sales of heat pumps increase by 20 % by 2030.",
        "The price increase of 2022 is undone by 2030.",
        "Wind power doubles by 2030.",
        "Reduced emissions fall by 20 % by 2030.",
    ],
)
def test_what_moves_by_itself_names_no_cause(text: str) -> None:
    assert "causal-claim" not in [one.rule for one in lint(text, CONTEXT)]
