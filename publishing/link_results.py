"""What links do to an outlook, from a stored headline to plain values."""

from collections.abc import Collection, Mapping
from typing import Any

from publishing.results import (
    Contradicted,
    LinkEffect,
    LinkEffects,
    RunFacts,
    Supposed,
    WithLinks,
)


def contradictions_of(
    headline: Mapping[str, Any], known: Collection[str]
) -> tuple[Contradicted, ...]:
    return tuple(
        Contradicted(
            slug=row["id"],
            requires=row["requires"],
            ends=row["ends"],
            required_ends=row["required_ends"],
            is_circle=row.get("is_circle", False),
        )
        for row in headline["contradictions"]
        if {row["id"], row["requires"]} <= set(known)
    )


def with_links_of(headline: Mapping[str, Any], known: Collection[str]) -> dict[str, WithLinks]:
    """Nothing in outlooks that were computed before links acted."""
    return {
        row["id"]: WithLinks(
            p_open_by_2030=row["p_open_by_2030"],
            year_p50=row["year_p50"],
            p_never=row["p_never"],
            is_kept=row["is_kept"],
        )
        for row in headline.get("with_links", ())
        if row["id"] in known
    }


def link_effects_of(
    headline: Mapping[str, Any], run: RunFacts, known: Collection[str]
) -> LinkEffects:
    """Of links between technologies that readers still see."""
    assumed = headline["assumptions"]
    return LinkEffects(
        run=run,
        rows=tuple(
            _effect(row)
            for row in headline["links"]
            if {row["source"], row["target"]} <= set(known)
        ),
        slip_years=headline["slip_years"],
        strength=assumed["strength"],
        lag_years=assumed["lag_years"],
    )


def _effect(row: Mapping[str, Any]) -> LinkEffect:
    given = row["given"] or {}
    return LinkEffect(
        **{name: row[name] for name in ("source", "kind", "target", "moved", "by", "is_kept")},
        base=_supposed(row["base"]),
        cut=_supposed(row["cut"]),
        slip=_supposed(row["slip"]) if row["slip"] else None,
        given_year=given.get("year"),
        given_share=given.get("share"),
        if_open=_supposed(given["if_open"]) if given else None,
        if_not=_supposed(given["if_not"]) if given else None,
    )


def _supposed(row: Mapping[str, Any]) -> Supposed:
    return Supposed(row["p_open_by_2030"], row["year_p50"], row["year_p50_se"])
