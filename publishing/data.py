"""The published record as data: one spelling for the API, the files of tables and the export."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension
from publishing.cards import field_of_card, level_score, opened_in, window_of
from publishing.cited import evidence_records
from publishing.pages.published import Published
from publishing.results import LinkEffect, Outlook, Projected, Ranked, Ranking, RunFacts

Record = dict[str, Any]


def technology_records(published: Published) -> list[Record]:
    """Every technology that readers see, by its slug."""
    cards = sorted(published.leads, key=lambda card: card.slug)
    return [technology_record(card, published) for card in cards]


def technology_record(card: PublishedCard, published: Published) -> Record:
    """What a list says of a technology: facts, scores, where it stands, when it may open."""
    facts, body = card.technology, card.card
    ranked = published.ranking.row(card.slug) if published.ranking else None
    projected = published.outlook.rows.get(card.slug) if published.outlook else None
    return {
        "slug": card.slug,
        "name": facts["name"],
        "aliases": facts["aliases"],
        "domains": facts["domains"],
        "field": field_of_card(card, published.fields).slug,
        "variant_of": facts["variant_of"] if published.lead(facts["variant_of"]) else None,
        "links": [link for link in card.body["links"] if published.lead(link["to"])],
        "is_yardstick": card.is_yardstick,
        "is_demonstration": card.is_demonstration,
        "as_of": card.as_of.isoformat(),
        "published_at": card.at.isoformat(),
        "author": card.author,
        "oversight": card.oversight,
        "series": body["series"],
        "detail": body["detail"],
        "content_hash": card.body["content_hash"],
        "summary": body["summary"],
        "scores": _scores(card),
        "rating": body["rating"],
        "p_never": body["p_never"],
        "evidence": evidence_records(card, published),
        "open_since": opened_in(card.body),
        "ranking": ranking_record(ranked) if ranked else None,
        "outlook": outlook_record(projected) if projected else None,
    }


def _scores(card: PublishedCard) -> Record:
    scores = card.card["scores"]
    shown = {
        dimension.value: scores[dimension.value]
        | {"display": level_score(scores, dimension.value).printed or None}
        for dimension in LEVEL_DIMENSIONS
    }
    window = window_of(scores)
    display = window.printed if window.year_from is not None else None
    return shown | {Dimension.TIMING.value: scores["timing"] | {"display": display}}


def run_record(run: RunFacts) -> Record:
    """The run as the contract writes it."""
    return {
        # Nothing was stored of what is computed for a call.
        "id": run.id or None,
        "inputs_digest": run.inputs_digest,
        "seed": run.seed,
        "draws": run.draws,
        "engine": run.engine,
        "lens": run.lens,
        "as_of": run.as_of.isoformat(),
        "known_on": run.known_on.isoformat() if run.known_on else None,
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
    }


def ranking_document(ranking: Ranking) -> Record:
    """A finished ranking as the contract writes it."""
    return {
        "run": run_record(ranking.run),
        "technologies": [
            {"slug": row.slug, "name": row.name} | ranking_record(row) for row in ranking.rows
        ],
    }


def ranking_record(row: Ranked) -> Record:
    if not row.is_ranked:
        return {
            "is_ranked": False,
            "not_ranked_because": row.not_ranked_because,
            "coverage": row.coverage or None,
            "expected_rank": None,
            "rank_low": None,
            "rank_high": None,
            "band": None,
            "p_top_3": None,
            "p_top_10": None,
        }
    return {
        "is_ranked": True,
        "not_ranked_because": None,
        "coverage": row.coverage,
        "expected_rank": row.expected_rank,
        "rank_low": row.rank_low,
        "rank_high": row.rank_high,
        "band": row.band,
        "p_top_3": row.p_top_3,
        "p_top_10": row.p_top_10,
    }


def ranking_answer(ranking: Ranking, rows: Iterable[Ranked]) -> Record:
    """The same with every index, of the rows that are asked for, in their order."""
    return {
        "run": run_record(ranking.run),
        "technologies": [
            {"slug": row.slug, "name": row.name} | ranking_record(row) | indices_record(row)
            for row in rows
        ],
    }


def indices_record(row: Ranked) -> Record:
    """What pages show behind "more", and by how many ranks weight on a dimension lifts."""
    more = row.more
    return {
        "p_first": more.p_first,
        "share_beaten": more.share_beaten,
        "entropy": more.entropy,
        "support": more.support,
        "central_weights": more.central_weights,
        "confidence_factor": more.confidence_factor,
        "confidence_factor_top_10": more.confidence_factor_top_10,
        "expected_rank_se": more.expected_rank_se,
        "p_first_se": more.p_first_se,
        "p_top_3_se": more.p_top_3_se,
        "p_top_10_se": more.p_top_10_se,
        "lift": dict(row.lift) if row.lift else None,
    }


def outlook_document(outlook: Outlook, published: Published) -> Record:
    """A finished outlook as the contract writes it."""
    rows = sorted(outlook.rows.values(), key=lambda row: row.slug)
    return {
        "run": run_record(outlook.run),
        "technologies": [
            {"slug": row.slug, "name": _name(row.slug, published)} | outlook_record(row)
            for row in rows
        ],
        "contradictions": [asdict(row) for row in outlook.contradictions],
        "links_run": run_record(published.links.run) if published.links else None,
        "links": [link_record(row) for row in published.links.rows] if published.links else [],
    }


def link_record(row: LinkEffect) -> Record:
    """What one link does to one market, in the contract's names."""
    given = None
    if row.if_open and row.if_not:
        given = {
            "year": row.given_year,
            "share": row.given_share,
            "if_open": asdict(row.if_open),
            "if_not": asdict(row.if_not),
        }
    return {
        "source": row.source,
        "kind": row.kind,
        "target": row.target,
        "moved": row.moved,
        "by": row.by,
        "is_kept": row.is_kept,
        "base": asdict(row.base),
        "cut": asdict(row.cut),
        "slip": asdict(row.slip) if row.slip else None,
        "given": given,
    }


def outlook_record(row: Projected) -> Record:
    return {
        "p_open_by_2030": row.p_open_by_2030,
        "year_p10": row.year_p10,
        "year_p50": row.year_p50,
        "year_p90": row.year_p90,
        "p_never": row.p_never,
    }


def _name(slug: str, published: Published) -> str:
    card = published.lead(slug)
    return card.technology["name"] if card else slug


def flat_technology(record: Mapping[str, Any]) -> Record:
    """One row of a table: a column a value, impact in two columns and as it is printed."""
    row: Record = {
        "slug": record["slug"],
        "name": record["name"],
        "aliases": joined(record["aliases"]),
        "domains": joined(record["domains"]),
        "variant_of": record["variant_of"],
        "as_of": record["as_of"],
        "published_at": record["published_at"],
        "author": record["author"],
        "is_yardstick": record["is_yardstick"],
        "is_demonstration": record["is_demonstration"],
        "summary": record["summary"],
    }
    for dimension in LEVEL_DIMENSIONS:
        row |= _flat_level(dimension.value, record["scores"][dimension.value])
    row |= {
        f"timing_{key}": record["scores"]["timing"][key]
        for key in ("from", "to", "certainty", "unscored_reason", "display")
    }
    rating = record["rating"] or {}
    row |= {"rating": rating.get("value"), "rating_perspective": rating.get("perspective")}
    row["open_since"] = record["open_since"]
    row |= record["ranking"] or dict.fromkeys(_RANKING_KEYS)
    return row | (record["outlook"] or dict.fromkeys(_OUTLOOK_KEYS))


def _flat_level(dimension: str, score: Mapping[str, Any]) -> Record:
    level, level_to = score["level"], score["level_to"]
    flat: Record = {dimension: int(level.removesuffix("+")) if level else None}
    if dimension == Dimension.IMPACT:
        flat["impact_plus"] = level == "5+" if level else None
    return flat | {
        f"{dimension}_to": level_to,
        f"{dimension}_display": score["display"],
        f"{dimension}_certainty": score["certainty"],
        f"{dimension}_unscored_reason": score["unscored_reason"],
    }


def joined(values: Sequence[str]) -> str:
    """Several values in one cell of a table."""
    return "; ".join(values)


_UNRANKED = Ranked(slug="", name="", is_ranked=False, not_ranked_because="", coverage="")
_RANKING_KEYS = tuple(ranking_record(_UNRANKED))
_OUTLOOK_KEYS = ("p_open_by_2030", "year_p10", "year_p50", "year_p90", "p_never")
