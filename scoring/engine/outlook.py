"""When markets open: what follows from the windows that cards state."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import ndtri

from scoring.engine.chances import held_certainty
from scoring.engine.openings import Link, find_contradictions
from scoring.engine.results import Integers, NumberOpen, Outlook, OutlookResult
from scoring.engine.scores import FOUND_NOTHING, NOT_APPLICABLE, NOT_YET_ASSESSED, Window
from scoring.engine.streams import generator
from scoring.engine.windows import YearDistribution, decimal_year, window_distribution

LAST_YEAR = 2045
SHARED_SHOCK = 0.06
"""Correlation of any two openings through what hits all markets at once: a proposal."""
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
) -> OutlookResult:
    """Read each window as the distribution of its opening year and follow it to 2045.

    Every figure of a single technology is exact: with probability p_never it never opens, else
    in a year of `windows.window_distribution`, given that it is closed today where it is. Draws
    and seed serve the number of markets open together, whose openings share a shock (a normal
    copula that leaves each technology's own figures alone). Links move conditionals only
    and keep every stated median, so no figure here uses them; they are read for
    contradictions. Raises ValueError for an id that is there twice, an opening later than today
    and fewer than 100 draws.
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws are too few for an outlook; ask for {FEWEST_DRAWS}")
    ordered = sorted(windows, key=lambda window: window.id)
    if len({window.id for window in ordered}) < len(ordered):
        raise ValueError("a technology is there twice; each enters with one window")
    years = tuple(range(today.year, max(LAST_YEAR, horizon_year, today.year) + 1))
    outlooks = tuple(_outlook(window, today, horizon_year, years) for window in ordered)
    return OutlookResult(
        today=today,
        horizon_year=horizon_year,
        draws=draws,
        seed=seed,
        years=years,
        outlooks=outlooks,
        contradictions=find_contradictions(ordered, links),
        number_open=_number_open(outlooks, len(years), draws, seed),
    )


def _outlook(
    window: Window, today: datetime.date, horizon_year: int, years: tuple[int, ...]
) -> Outlook:
    if window.open_since is not None:
        return _open(window, window.open_since, today, years)
    if window.start is None:
        reason = NO_OUTLOOK[window.unscored or NOT_YET_ASSESSED]
        return Outlook(window.id, status="none", no_outlook_because=reason)
    certainty = held_certainty(window.certainty, window.age)
    opening = window_distribution(window.start, window.end, certainty)
    if window.is_closed:
        opening = opening.if_closed_at(decimal_year(today))
    never = window.never_share()
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
        p_open_by_year=tuple((1 - never) * opening.probability_by(y + 1.0) for y in years),
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


def _number_open(outlooks: Sequence[Outlook], years: int, draws: int, seed: int) -> NumberOpen:
    """A market is open once its latent normal lies below the threshold of the year."""
    shared = generator(seed, "shared shock").standard_normal(draws) * np.sqrt(SHARED_SHOCK)
    number: Integers = np.zeros((years, draws), dtype=np.int64)
    known = [outlook for outlook in outlooks if outlook.status != "none"]
    for outlook in known:
        own = generator(seed, "opening", outlook.id).standard_normal(draws)
        latent = shared + own * np.sqrt(1 - SHARED_SHOCK)
        number += latent < ndtri(np.array(outlook.p_open_by_year))[:, None]
    low, middle, high = np.quantile(number, [0.05, 0.5, 0.95], axis=1, method="inverted_cdf")
    return NumberOpen(
        of=len(known),
        expected=tuple(sum(o.p_open_by_year[k] for o in known) for k in range(years)),
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


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
