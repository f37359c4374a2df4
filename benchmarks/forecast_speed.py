"""How long forecasts take: one series, one share, a thousand indicators, on one processor."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from benchmarks.field_series import costs, indicators, shares
from benchmarks.verdicts import Verdict
from scoring.engine import reference, scurves, series

ROUNDS, REPEATS = 5, 15
INDICATORS = 1_000
YEARS_AHEAD = np.arange(1, 14)
LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


def speed() -> list[Verdict]:
    folder = indicators()
    past, adoptions = costs(folder), shares(folder)
    typical = sorted(past, key=lambda history: len(history.years))[len(past) // 2]
    filling = next(history for history in adoptions if history.name == "Internet")
    performance, adoption = reference.performance(), reference.adoption()

    def one_cost(seed: int) -> None:
        ahead = typical.years[-1] + YEARS_AHEAD
        found = series.forecast(
            typical.years, typical.values, ahead, reference=performance, seed=seed
        )
        found.quantiles(LEVELS)

    def one_share(seed: int) -> None:
        years, values = filling.years[:12], filling.values[:12]
        ahead = years[-1] + YEARS_AHEAD
        scurves.forecast(years, values, ahead, reference=adoption, seed=seed).quantiles(LEVELS)

    def thousand() -> None:
        for number in range(INDICATORS):
            history = past[number % len(past)]
            ahead = history.years[-1] + YEARS_AHEAD
            found = series.forecast(
                history.years,
                history.values,
                ahead,
                reference=performance,
                seed=number,
                progress=history.progress,
            )
            found.quantiles(LEVELS)

    print("\nSpeed, thirteen years ahead with quantiles: clock and processor")
    verdicts = [
        _each("one cost series", one_cost, 10),
        _each("one share", one_share, 150),
    ]
    begun, used = time.perf_counter(), time.process_time()
    thousand()
    seconds, processor = time.perf_counter() - begun, time.process_time() - used
    return [
        *verdicts,
        Verdict(
            seconds <= 60,
            f"{INDICATORS:,} cost indicators in at most 60 s: {seconds:.1f} s, of the processor"
            f" {processor:.1f} s",
        ),
    ]


def _each(what: str, once: Callable[[int], None], most_ms: float) -> Verdict:
    """The best median of five rounds: what other programs take of the machine is not counted."""
    once(0)
    rounds = [[_timed(once, seed) for seed in range(REPEATS)] for _ in range(ROUNDS)]
    clock = min(median(seconds for seconds, _ in one) for one in rounds)
    processor = min(median(used for _, used in one) for one in rounds)
    return Verdict(
        1000 * clock <= most_ms,
        f"{what} in at most {most_ms:g} ms: {1000 * clock:.1f} ms, of the processor"
        f" {1000 * processor:.1f} ms",
    )


def _timed(once: Callable[[int], None], seed: int) -> tuple[float, float]:
    begun, used = time.perf_counter(), time.process_time()
    once(seed)
    return time.perf_counter() - begun, time.process_time() - used
