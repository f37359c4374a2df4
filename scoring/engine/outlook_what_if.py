"""What each link does to an outlook: the same draws with it cut, delayed, or given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.openings import Link
from scoring.engine.outlook import is_drawn, is_kept, stated_outlook
from scoring.engine.outlook_draws import Joint, Question, draw, quantile_of
from scoring.engine.outlook_network import acting, without
from scoring.engine.outlook_walk import Steps, Walk, steps_for
from scoring.engine.results import Floats, Outlook
from scoring.engine.scores import Window

SLIP_YEARS = 2
FEWEST_GIVEN = 0.02
"""Of the draws; what is rarer is not taken as given."""
BATCHES = 20
P_DIGITS, YEAR_DIGITS = 4, 2
Report = Callable[[int, int], None]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True)
class Then:
    """One market under one supposition."""

    p_open_by_horizon: float
    year_p50: float | None
    year_p50_se: float | None = None
    """Of its distance from what it is without the supposition."""


@dataclass(frozen=True)
class Given:
    """One market, given that another is open by the end of a year, and given that it is not."""

    year: int
    share: float
    """Of draws in which the other is."""
    if_open: Then
    if_not: Then


@dataclass(frozen=True)
class LinkEffect:
    """What one link does to the market `moved` through the market `by`."""

    link: Link
    moved: str
    by: str
    base: Then
    is_kept: bool
    """The base is what the window states; else what the links leave of it."""
    cut: Then
    """This link cut, everything else the same."""
    slip: Then | None
    """The other opens SLIP_YEARS later in every draw; None where it is open already."""
    given: Given | None


@dataclass(frozen=True, eq=False)
class _Base:
    """What every supposition is held against."""

    joint: Joint
    stated: dict[str, Outlook]
    horizon_year: int
    steps: Steps

    def then(self, name: str, years: Floats) -> Then:
        """The stated figures, moved by what the supposition moves in the same draws."""
        before, told = self.joint.row(name), self.stated[name]
        p, half = _p(years, self.horizon_year), quantile_of(years, 0.5)
        if is_kept(told, before, self.horizon_year):
            p = (told.p_open_by_horizon or 0.0) + p - _p(before, self.horizon_year)
            half = _moved(told.year_p50, quantile_of(before, 0.5), half)
        return Then(min(max(p, 0.0), 1.0), half, _se(before, years))


def link_effects(
    windows: Sequence[Window],
    links: Sequence[Link],
    question: Question,
    *,
    horizon_year: int,
    report: Report,
) -> tuple[LinkEffect, ...]:
    """By link, for each market that it acts on; hazards and waiting times stay as they were.

    All figures come from the draws of the outlook itself (common random numbers). A link
    between markets of which one has no outlook, or on a market that is open, has no effect.
    """
    drawn = sorted((window for window in windows if is_drawn(window)), key=lambda row: row.id)
    joint = draw(drawn, links, question)
    years = (question.today.year,)
    stated = {row.id: stated_outlook(row, question.today, horizon_year, years) for row in drawn}
    size = joint.walk.left.size * len(joint.walk.grid) * (len(links) + 1)
    steps = steps_for(size, is_compiled=question.is_compiled)
    base = _Base(joint, stated, horizon_year, steps)
    acts = [(link, ends) for link in links for ends in [acting(joint.walk.network, link)] if ends]
    through: dict[str, set[str]] = {}
    for _, ends in acts:
        for by, moved in ends:
            if stated[by].status != "open":
                through.setdefault(by, set()).add(moved)
    slipped, total = {}, len(through) + len(acts)
    for by in sorted(through):
        slipped[by] = _slipped(base, by, sorted(through[by]))
        report(len(slipped), total)
    found = []
    for done, (link, ends) in enumerate(acts):
        cuts = _cut(base, link, ends)
        for (by, moved), cut in zip(ends, cuts, strict=True):
            found.append(_effect(base, link, (by, moved), (cut, slipped.get(by, {}).get(moved))))
        report(len(slipped) + done + 1, total)
    return tuple(found)


def _effect(
    base: _Base, link: Link, end: tuple[str, str], supposed: tuple[Floats, Floats | None]
) -> LinkEffect:
    (by, moved), (cut, slipped) = end, supposed
    row = base.joint.row(moved)
    return LinkEffect(
        link,
        moved,
        by,
        base=base.then(moved, row),
        is_kept=is_kept(base.stated[moved], row, base.horizon_year),
        cut=base.then(moved, cut),
        slip=None if slipped is None else base.then(moved, slipped),
        given=_given(base, by, moved),
    )


def _cut(base: _Base, link: Link, ends: Sequence[tuple[str, str]]) -> list[Floats]:
    """(N,) years of each market moved, without that link."""
    joint = base.joint
    if link.kind == "requires":
        return [_without_waiting(base, by, moved) for by, moved in ends]
    walk = joint.walk.along(without(joint.walk.network, link))
    lag = walk.assumptions.lag_years
    acted = [joint.row(by) + lag < joint.row(moved) for by, moved in ends]
    return _rewalked(base, walk, np.logical_or.reduce(acted), [moved for _, moved in ends])


def _without_waiting(base: _Base, by: str, moved: str) -> Floats:
    """(N,) years as if what it requires were open in time in every draw.

    Then as many are open by a year as of the draws in which the required market is open by it,
    and no more than the window states where the requirement forbids what it states. Each draw
    keeps its place among the others, and waits for whatever else is required.
    """
    joint, network = base.joint, base.joint.walk.network
    i, j, grid = joint.ids.index(moved), joint.ids.index(by), joint.walk.grid
    waits, waited_for = np.sort(joint.years[i]), np.sort(joint.years[j])
    both = np.searchsorted(waits, grid, side="right")
    open_by = both / np.maximum(np.searchsorted(waited_for, grid, side="right"), 1)
    # What few early draws say is not believed beyond what later ones bear out.
    open_by = np.minimum.accumulate(open_by[::-1])[::-1]
    row = int(np.searchsorted(joint.walk.rows, i))
    open_by = np.maximum(open_by, both / len(waits))
    if not is_kept(base.stated[moved], joint.years[i], base.horizon_year):
        open_by = np.minimum(open_by, np.maximum(joint.stated[row], both / len(waits)))
    places = (np.argsort(np.argsort(joint.latent[i])) + 0.5) / len(waits)
    years = np.interp(places, open_by, grid, right=np.inf)
    others = network.waits_for[(network.waiting == i) & (network.waits_for != j)]
    return np.asarray(np.maximum.reduce([years, *joint.years[others]]))


def _slipped(base: _Base, by: str, moved: Sequence[str]) -> dict[str, Floats]:
    """(N,) years of each where that market opens later in every draw, whatever acts on it."""
    years = base.joint.row(by)
    walk = base.joint.walk.holding(base.joint.ids.index(by), years + SLIP_YEARS)
    found = _rewalked(base, walk, np.isfinite(years), moved)
    return dict(zip(moved, found, strict=True))


def _rewalked(base: _Base, walk: Walk, chosen: Chosen, moved: Sequence[str]) -> list[Floats]:
    """Only the draws in which anything can change are walked again."""
    places = [base.joint.ids.index(name) for name in moved]
    years: Floats = base.joint.years[places]
    if chosen.any():
        asked = walk.asking(places).among(chosen)
        years[:, chosen] = base.steps.walked(asked, base.joint.hazards)[places]
    return list(years)


def _given(base: _Base, by: str, moved: str) -> Given | None:
    told, years = base.stated[by], base.joint.row(by)
    if told.status == "open":
        return None
    year = base.horizon_year if told.year_p50 is None else int(told.year_p50)
    year = min(year, base.horizon_year)
    is_open, row = years < year + 1.0, base.joint.row(moved)
    share = float(is_open.mean())
    if not FEWEST_GIVEN <= share <= 1 - FEWEST_GIVEN:
        return None
    if_open, if_not = (
        Then(_p(row[chosen], base.horizon_year), quantile_of(row[chosen], 0.5))
        for chosen in (is_open, ~is_open)
    )
    return Given(year, share, if_open, if_not)


def _p(years: Floats, horizon_year: int) -> float:
    return float((years < horizon_year + 1.0).mean())


def _moved(stated: float | None, before: float | None, after: float | None) -> float | None:
    if stated is None or before is None or after is None:
        return after
    return stated + after - before


def _se(before: Floats, after: Floats) -> float | None:
    """Of the distance of the medians, from its spread over batches of draws."""
    gaps = [
        (quantile_of(one, 0.5), quantile_of(other, 0.5))
        for one, other in zip(
            np.array_split(before, BATCHES), np.array_split(after, BATCHES), strict=True
        )
    ]
    known = [other - one for one, other in gaps if one is not None and other is not None]
    if len(known) < BATCHES:
        return None
    return float(np.std(known, ddof=1) / np.sqrt(BATCHES))


def headline(
    found: Sequence[LinkEffect], question: Question, *, horizon_year: int
) -> dict[str, Any]:
    """Plain values, ready for JSON: probabilities with 4 decimals, years with 2."""
    return {
        "today": question.today.isoformat(),
        "horizon_year": horizon_year,
        "draws": question.draws,
        "seed": question.seed,
        "slip_years": SLIP_YEARS,
        "assumptions": {
            "strength": question.assumptions.strength,
            "lag_years": question.assumptions.lag_years,
        },
        "links": [_row(effect, horizon_year) for effect in found],
    }


def _row(effect: LinkEffect, horizon_year: int) -> dict[str, Any]:
    given = effect.given
    return {
        "source": effect.link.source,
        "kind": effect.link.kind,
        "target": effect.link.target,
        "moved": effect.moved,
        "by": effect.by,
        "is_kept": effect.is_kept,
        "base": _then(effect.base, horizon_year),
        "cut": _then(effect.cut, horizon_year),
        "slip": _then(effect.slip, horizon_year) if effect.slip else None,
        "given": {
            "year": given.year,
            "share": round(given.share, P_DIGITS),
            "if_open": _then(given.if_open, horizon_year),
            "if_not": _then(given.if_not, horizon_year),
        }
        if given
        else None,
    }


def _then(then: Then, horizon_year: int) -> dict[str, float | None]:
    return {
        f"p_open_by_{horizon_year}": round(then.p_open_by_horizon, P_DIGITS),
        "year_p50": None if then.year_p50 is None else round(then.year_p50, YEAR_DIGITS),
        "year_p50_se": None if then.year_p50_se is None else round(then.year_p50_se, 3),
    }
