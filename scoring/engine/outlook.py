"""When markets open: what follows from the windows that cards state."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import ndtri

from scoring.engine.openings import Link, find_contradictions
from scoring.engine.outlook_draws import Joint, Question, draw, quantile_of
from scoring.engine.outlook_network import PROPOSED, Assumptions
from scoring.engine.results import (
    Floats,
    Integers,
    NumberOpen,
    Outlook,
    OutlookResult,
    WithLinks,
)
from scoring.engine.scores import FOUND_NOTHING, NOT_APPLICABLE, NOT_YET_ASSESSED, Window
from scoring.engine.windows import YearDistribution, stated_opening

LAST_YEAR = 2045
KEPT_WITHIN = 0.02
"""A stated share is kept where the draws agree with it that well."""
FEWEST_DRAWS = 100
NO_OUTLOOK = {
    NOT_YET_ASSESSED: "timing is not yet assessed",
    FOUND_NOTHING: "timing was looked for and nothing was found",
    NOT_APPLICABLE: "timing does not apply to it",
}
P_DIGITS = 6
YEAR_DIGITS = 2
COUNT_DIGITS = 4


def simulate(
    windows: Sequence[Window],
    links: Sequence[Link],
    *,
    today: datetime.date,
    horizon_year: int,
    draws: int,
    seed: int,
    assumptions: Assumptions = PROPOSED,
    is_compiled: bool | None = None,
) -> OutlookResult:
    """Read each window as the distribution of its opening year and follow it to 2045.

    Every figure of a single technology is exact: with probability p_never it never opens, else
    in a year of `windows.window_distribution`, given that it is closed today where it is. Draws
    and seed serve what markets do together: their openings share a shock (a normal copula) and
    links act between them, in steps of a quarter year whose hazards are chosen so that each
    stated curve is kept (`outlook_draws.draw`). So links move conditionals, and stated figures
    only where what is required forbids them: `with_links` says where. Raises ValueError for an
    id that is there twice, an opening later than today and fewer than 100 draws.
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws are too few for an outlook; ask for {FEWEST_DRAWS}")
    ordered = sorted(windows, key=lambda window: window.id)
    if len({window.id for window in ordered}) < len(ordered):
        raise ValueError("a technology is there twice; each enters with one window")
    years = tuple(range(today.year, max(LAST_YEAR, horizon_year, today.year) + 1))
    outlooks = tuple(stated_outlook(window, today, horizon_year, years) for window in ordered)
    question = Question(today, years[-1], draws, seed, assumptions, is_compiled)
    joint = draw([window for window in ordered if is_drawn(window)], links, question)
    stated = {outlook.id: outlook for outlook in outlooks}
    with_links = tuple(
        _with_links(stated[joint.ids[i]], joint, i, horizon_year) for i in joint.walk.rows.tolist()
    )
    return OutlookResult(
        today=today,
        horizon_year=horizon_year,
        draws=draws,
        seed=seed,
        years=years,
        outlooks=outlooks,
        contradictions=find_contradictions(ordered, links),
        number_open=_number_open(stated, joint, years, with_links),
        with_links=with_links,
        drawn_ids=joint.ids,
        drawn_years=joint.years,
    )


def is_drawn(window: Window) -> bool:
    """Whether the window has an outlook at all."""
    return window.start is not None or window.open_since is not None


def stated_outlook(
    window: Window, today: datetime.date, horizon_year: int, years: tuple[int, ...]
) -> Outlook:
    """The figures of one technology alone, in closed form."""
    if window.open_since is not None:
        return _open(window, window.open_since, today, years)
    if window.start is None:
        reason = NO_OUTLOOK[window.unscored or NOT_YET_ASSESSED]
        return Outlook(window.id, status="none", no_outlook_because=reason)
    opening = stated_opening(window, today)
    never = window.never_share()
    ends = np.array(years) + 1.0
    p10, p50, p90 = (_quantile(opening, never, share) for share in (0.1, 0.5, 0.9))
    return Outlook(
        window.id,
        status="projected",
        p_open_by_horizon=(1 - never) * opening.probability_by(horizon_year + 1.0),
        year_p10=p10,
        year_p50=p50,
        year_p90=p90,
        p_never=never,
        is_never_guessed=window.p_never is None,
        p_open_by_year=tuple(((1 - never) * opening.probabilities_by(ends)).tolist()),
    )


def _open(window: Window, open_since: int, today: datetime.date, years: tuple[int, ...]) -> Outlook:
    if open_since > today.year:
        raise ValueError(f"{window.id} is open since {open_since}, which is later than {today}")
    return Outlook(
        window.id,
        status="open",
        p_open_by_horizon=1.0,
        year_p10=float(open_since),
        year_p50=float(open_since),
        year_p90=float(open_since),
        p_never=0.0,
        p_open_by_year=(1.0,) * len(years),
        open_since=open_since,
    )


def _quantile(opening: YearDistribution, never: float, share: float) -> float | None:
    """None where never opening takes the quantile."""
    return opening.quantile(share / (1 - never)) if share < 1 - never - 1e-9 else None


def _with_links(stated: Outlook, joint: Joint, i: int, horizon_year: int) -> WithLinks:
    years = joint.years[i]
    p10, p50, p90 = (quantile_of(years, share) for share in (0.1, 0.5, 0.9))
    return WithLinks(
        stated.id,
        p_open_by_horizon=float((years < horizon_year + 1.0).mean()),
        year_p10=p10,
        year_p50=p50,
        year_p90=p90,
        p_never=float(joint.never[i]),
        is_kept=is_kept(stated, years, horizon_year),
    )


def is_kept(stated: Outlook, years: Floats, horizon_year: int) -> bool:
    """As many draws are open by the horizon and by the stated median as the window says."""
    told = [(horizon_year + 1.0, stated.p_open_by_horizon), (stated.year_p50, 0.5)]
    return all(
        abs(float((years < year).mean()) - share) <= KEPT_WITHIN
        for year, share in told
        if year is not None and share is not None
    )


def _number_open(
    stated: dict[str, Outlook],
    joint: Joint,
    years: tuple[int, ...],
    with_links: Sequence[WithLinks],
) -> NumberOpen:
    """A market is open once its latent normal lies below the threshold of the year; where
    links act on it, once its year of opening has come."""
    number: Integers = np.zeros((len(years), joint.years.shape[1]), dtype=np.int64)
    moved = {found.id: found.is_kept for found in with_links}
    ends = np.array(years)[:, None] + 1.0
    shares = []
    for name, latent, opened in zip(joint.ids, joint.latent, joint.years, strict=True):
        p_open = np.array(stated[name].p_open_by_year)
        is_open = opened < ends if name in moved else latent < ndtri(p_open)[:, None]
        number += is_open
        shares.append(p_open if moved.get(name, True) else is_open.mean(axis=1))
    low, middle, high = np.quantile(number, [0.05, 0.5, 0.95], axis=1, method="inverted_cdf")
    return NumberOpen(
        of=len(joint.ids),
        expected=tuple(float(sum(share[k] for share in shares)) for k in range(len(years))),
        low=tuple(int(count) for count in low),
        middle=tuple(int(count) for count in middle),
        high=tuple(int(count) for count in high),
    )


def headline(result: OutlookResult) -> dict[str, Any]:
    """Plain values, ready for JSON: probabilities with 6 decimals, years with 2."""
    return {
        "today": result.today.isoformat(),
        "horizon_year": result.horizon_year,
        "draws": result.draws,
        "seed": result.seed,
        "years": list(result.years),
        "technologies": [_row(outlook, result.horizon_year) for outlook in result.outlooks],
        "contradictions": [dataclasses.asdict(found) for found in result.contradictions],
        "with_links": [_linked_row(found, result.horizon_year) for found in result.with_links],
        "number_open": {
            "of": result.number_open.of,
            "expected": [round(count, COUNT_DIGITS) for count in result.number_open.expected],
            "low": list(result.number_open.low),
            "middle": list(result.number_open.middle),
            "high": list(result.number_open.high),
        },
    }


def _row(outlook: Outlook, horizon_year: int) -> dict[str, Any]:
    return {
        "id": outlook.id,
        "status": outlook.status,
        f"p_open_by_{horizon_year}": _rounded(outlook.p_open_by_horizon, P_DIGITS),
        "year_p10": _rounded(outlook.year_p10, YEAR_DIGITS),
        "year_p50": _rounded(outlook.year_p50, YEAR_DIGITS),
        "year_p90": _rounded(outlook.year_p90, YEAR_DIGITS),
        "p_never": _rounded(outlook.p_never, P_DIGITS),
        "is_never_guessed": outlook.is_never_guessed,
        "p_open_by_year": [round(p, P_DIGITS) for p in outlook.p_open_by_year],
        "open_since": outlook.open_since,
        "no_outlook_because": outlook.no_outlook_because,
    }


def _linked_row(found: WithLinks, horizon_year: int) -> dict[str, Any]:
    return {
        "id": found.id,
        f"p_open_by_{horizon_year}": _rounded(found.p_open_by_horizon, P_DIGITS),
        "year_p10": _rounded(found.year_p10, YEAR_DIGITS),
        "year_p50": _rounded(found.year_p50, YEAR_DIGITS),
        "year_p90": _rounded(found.year_p90, YEAR_DIGITS),
        "p_never": _rounded(found.p_never, P_DIGITS),
        "is_kept": found.is_kept,
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
