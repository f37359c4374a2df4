"""How a technology's stated windows fared: how far they slipped, and what they scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.selectors import PublishedCard
from publishing.figures.year_strip import in_100
from publishing.pages.published import day_words
from publishing.wording import counted
from scoring.window_scores import Checkpoint, Slip, window_checkpoints, window_slips

SLIPPING = 0.5
"""Of the years that passed: a median that moves on by more is said to slip."""


@dataclass(frozen=True)
class SlipRow:
    said: str
    median: str
    ahead: str
    moved: str


@dataclass(frozen=True)
class ScoreRow:
    on: str
    said: str
    chance: str
    came: str
    brier: str
    log: str
    crps: str


@dataclass(frozen=True)
class WindowRecord:
    """Empty parts are left out; `sentence` is about the slip, `scored` about the window."""

    sentence: str
    scored: str
    slips: tuple[SlipRow, ...]
    scores: tuple[ScoreRow, ...]


def window_record(publications: Sequence[PublishedCard], *, today: date) -> WindowRecord | None:
    """None where there is one revision and nothing to be scored; publications newest first."""
    slips, scores = window_slips(publications), window_checkpoints(publications, today=today)
    if len(slips) < 2 and not scores:
        return None
    return WindowRecord(
        sentence=_slip_words(slips),
        scored=_score_words(scores),
        slips=tuple(_slip(row) for row in slips) if len(slips) > 1 else (),
        scores=tuple(_score(row) for row in scores),
    )


def _slip_words(slips: Sequence[Slip]) -> str:
    if len(slips) < 2:
        return ""
    first, last = slips[0], slips[-1]
    passed = sum(row.passed or 0.0 for row in slips)
    moved = last.median - first.median
    over = f"over {counted(len(slips), 'revision')} and {passed:.1f} years"
    if passed <= 0:
        return f"{counted(len(slips), 'revision').capitalize()} speak of the same day."
    if moved < -SLIPPING * passed:
        return f"It comes sooner than first said: {over} its median moved {-moved:.1f} years back."
    if moved < SLIPPING * passed:
        return f"It comes nearer: {over} its median moved {moved:.1f} years on."
    # Years, not tenths: the sentence is about how it sounds.
    return (
        f"Still {counted(max(round(last.ahead), 0), 'year')} away: {over} its median moved"
        f" {moved:.1f} years on."
    )


def _score_words(scores: Sequence[Checkpoint]) -> str:
    judged = [row.brier for row in scores if row.brier is not None]
    if not judged:
        return ""
    mean = sum(judged) / len(judged)
    came = "the market opened in time" if scores[0].came else "it passed without an opening"
    return (
        f"Its window has been scored at {counted(len(judged), 'yearly checkpoint')}: {came},"
        f" mean Brier {mean:.2f} (0 is perfect, 0.25 a coin)."
    )


def _slip(row: Slip) -> SlipRow:
    moved = "" if row.moved is None else f"{row.moved:+.1f} in {row.passed:.1f} years"
    return SlipRow(day_words(row.said_on), f"{row.median:.1f}", f"{row.ahead:.1f}", moved)


def _score(row: Checkpoint) -> ScoreRow:
    return ScoreRow(
        on=day_words(row.on),
        said=day_words(row.said_on),
        chance="" if row.p is None else f"{in_100(row.p)} of 100 by the end of {row.ends}",
        came="yes" if row.came else "no",
        brier=_figure(row.brier),
        log=_figure(row.log),
        crps=_figure(row.crps),
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
