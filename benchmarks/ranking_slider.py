"""The sliders of the ranking: a hundred technologies ranked again while somebody waits."""

import json
import subprocess
import sys
import time
from statistics import median

import numpy as np

from benchmarks.ranking_ours import made_up
from benchmarks.serving import PROJECT
from benchmarks.verdicts import Verdict
from scoring.engine import smaa
from scoring.engine.lenses import Lens, Slider
from scoring.engine.slider import rank_by_slider
from scoring.engine.slider_draws import slider_draws

TECHNOLOGIES = 100
MOVES = 21
REFERENCE_DRAWS = 65_536
MOST_MILLISECONDS = 60
MOST_RANKS_OFF = 0.5
MOST_SECONDS_FIRST = 2


def slider() -> list[Verdict]:
    """In a fresh process, as the first reader after a start meets it."""
    command = [sys.executable, "-m", "benchmarks.ranking_slider"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"The slider failed:\n{run.stderr}")
    found = json.loads(run.stdout.splitlines()[-1])
    print(f"\nsliders over {TECHNOLOGIES} technologies, {found['draws']:,} draws")
    print(f"first call {found['first']:.2f} s, then {MOVES} moves of a median of", end=" ")
    print(f"{1000 * found['move']:.0f} ms, {1000 * found['processor']:.0f} ms of the processor")
    return [
        Verdict(
            1000 * found["move"] <= MOST_MILLISECONDS,
            f"slider at most {MOST_MILLISECONDS} ms: {1000 * found['move']:.0f} ms",
        ),
        Verdict(
            found["first"] <= MOST_SECONDS_FIRST,
            f"first slider at most {MOST_SECONDS_FIRST} s: {found['first']:.2f} s",
        ),
        Verdict(
            found["off"] <= MOST_RANKS_OFF,
            f"expected ranks within {MOST_RANKS_OFF} of a run of {REFERENCE_DRAWS:,} draws:"
            f" {found['off']:.2f}",
        ),
    ]


def main() -> None:
    field, centre = made_up(TECHNOLOGIES), (30.0, 20.0, 10.0, 25.0, 15.0)
    begun = time.perf_counter()
    drawn = slider_draws(field, seed=1)
    ranked = rank_by_slider(drawn, Slider(centre))
    first = time.perf_counter() - begun
    seconds, processor = [], []
    for move in range(MOVES):
        begun, used = time.perf_counter(), time.process_time()
        rank_by_slider(drawn, Slider((30.0 + move, *centre[1:])))
        seconds.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
    lens = Lens(key="own", name="Own", region=Slider(centre))
    run = smaa.rank(field, lens, draws=REFERENCE_DRAWS, seed=2)
    answer = {
        "draws": drawn.draws,
        "first": first,
        "move": median(seconds),
        "processor": median(processor),
        "off": float(np.abs(ranked.expected_rank - run.expected_rank).max()),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
