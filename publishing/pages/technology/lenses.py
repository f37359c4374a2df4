"""Where a technology stands for readers with other priorities."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from publishing.lens_standings import LensStanding


@dataclass(frozen=True)
class LensRow:
    name: str
    url: str
    expected: str
    interval: str
    band: str
    because: str
    is_default: bool


@dataclass(frozen=True)
class UnderLenses:
    sentence: str
    rows: tuple[LensRow, ...]


def under_lenses(standings: Sequence[LensStanding]) -> UnderLenses | None:
    """None while it is ranked under fewer than two lenses."""
    ranked = [one for one in standings if not one.because]
    if len(ranked) < 2:
        return None
    return UnderLenses(_sentence(ranked), tuple(_row(one) for one in standings))


def _sentence(ranked: Sequence[LensStanding]) -> str:
    best = min(ranked, key=lambda one: one.expected_rank)
    worst = max(ranked, key=lambda one: one.expected_rank)
    if worst.expected_rank - best.expected_rank < 0.1:
        return f"Its expected rank is {best.expected_rank:.1f} under every lens."
    return (
        f"Its expected rank is {best.expected_rank:.1f} under the lens {best.name} and"
        f" {worst.expected_rank:.1f} under {worst.name}; the others lie between."
        if len(ranked) > 2
        else f"Its expected rank is {best.expected_rank:.1f} under the lens {best.name} and"
        f" {worst.expected_rank:.1f} under {worst.name}."
    )


def _row(one: LensStanding) -> LensRow:
    ranking = reverse("publishing:ranking-detail")
    return LensRow(
        name=one.name,
        url=ranking if one.is_default else f"{ranking}?{urlencode({'lens': one.key})}",
        expected="" if one.because else f"{one.expected_rank:.1f}",
        interval="" if one.because else f"{one.rank_low}–{one.rank_high}",
        band="" if one.because else str(one.band),
        because=one.because,
        is_default=one.is_default,
    )
