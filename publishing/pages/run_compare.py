"""Two rankings held against each other: what went in, what came out, and how far they agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from publishing.pages.movements import MovementsView, moved_notably, movements_view
from publishing.pages.published import day_words
from publishing.results import Movement, Movements, RankingSide
from publishing.wording import counted, in_words, opening_words
from scoring.models import Run

MOST_OFFERED = 60
TOP = 10


@dataclass(frozen=True)
class OfferedRun:
    number: int
    words: str


@dataclass(frozen=True)
class ChosenRuns:
    """The two runs that the address names; `trouble` says what is wrong with them."""

    before: int | None
    after: int | None
    trouble: str = ""

    @property
    def is_complete(self) -> bool:
        return self.before is not None and self.after is not None and not self.trouble


@dataclass(frozen=True)
class InputRow:
    what: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class RunComparePage:
    state: str
    headline: str
    lede: str
    chosen: ChosenRuns
    offered: tuple[OfferedRun, ...]
    inputs: tuple[InputRow, ...]
    cards: tuple[str, ...]
    agreement: tuple[tuple[str, str], ...]
    view: MovementsView | None
    is_waiting: bool
    downloads: tuple[tuple[str, str], ...]

    @property
    def status(self) -> int:
        return 400 if self.chosen.trouble else 200


def choose_runs(
    before: str, after: str, *, known: Iterable[int], usual: Sequence[int]
) -> ChosenRuns:
    """Finished rankings by their numbers; without any the last two of the usual ones."""
    if not before.strip() and not after.strip():
        has_two = len(usual) > 1
        return ChosenRuns(usual[1], usual[0]) if has_two else ChosenRuns(None, None)
    numbers = frozenset(known)
    asked = _number(before), _number(after)
    for text, number in zip((before, after), asked, strict=True):
        if number is None or number not in numbers:
            named = f"“{text.strip()[:12]}”" if text.strip() else "The other run"
            return ChosenRuns(
                *asked, trouble=f"{named} is no finished ranking. Choose two of the list."
            )
    return ChosenRuns(*asked)


def _number(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 16 else None


def offered_runs(runs: Iterable[Run]) -> tuple[OfferedRun, ...]:
    return tuple(
        OfferedRun(run.seq, f"Run {run.seq}: {day_words(run.as_of)}, {run.lens}") for run in runs
    )


def run_compare_page(
    chosen: ChosenRuns,
    offered: Sequence[OfferedRun],
    movements: Movements | None,
) -> RunComparePage:
    """`movements` are None where nothing is compared, or not yet."""
    is_waiting = chosen.is_complete and movements is None
    query = f"a={chosen.before}&b={chosen.after}"
    return RunComparePage(
        state=f"{query}-{'waits' if is_waiting else 'done'}",
        headline=_headline(chosen, movements, offered),
        lede=_lede(movements),
        chosen=chosen,
        offered=tuple(offered),
        inputs=_inputs(movements) if movements else (),
        cards=tuple(_card_changes(movements.rows)) if movements else (),
        agreement=_agreement(movements) if movements else (),
        view=movements_view(movements) if movements else None,
        is_waiting=is_waiting,
        downloads=_downloads(chosen.before, chosen.after) if movements else (),
    )


def _downloads(before: int | None, after: int | None) -> tuple[tuple[str, str], ...]:
    csv = f"{reverse('publishing:run-compare-csv')}?a={before}&b={after}"
    return (csv, "CSV"), (f"{reverse('api:ranking-changes', args=[after])}?since={before}", "JSON")


def _headline(
    chosen: ChosenRuns, movements: Movements | None, offered: Sequence[OfferedRun]
) -> str:
    if not chosen.is_complete:
        return "Which two rankings?" if len(offered) > 1 else "There are no two rankings yet."
    runs = f"run {chosen.before} and run {chosen.after}"
    if movements is None:
        return f"The difference between {runs} is being computed."
    moved = len(moved_notably(movements))
    if not moved:
        return f"Between {runs} nobody moved."
    of = counted(len(movements.rows), "technology", "technologies")
    return f"Between {runs}, {in_words(moved)} of {of} moved."


def _lede(movements: Movements | None) -> str:
    rows = _inputs(movements) if movements else ()
    differing = [row.what.lower() for row in rows[:-1] if row.differs]
    if movements is None:
        return ""
    if not differing:
        return "Both were computed from the same." if not rows[-1].differs else ""
    return f"They differ in {', '.join(differing)}."


def _inputs(movements: Movements) -> tuple[InputRow, ...]:
    before, after = movements.before, movements.after
    changed = sum(bool(row.own_changes) or row.is_break for row in movements.rows)
    cards = "as in the first" if not changed else f"{counted(changed, 'lead card')} differ"
    facts: list[tuple[str, Any, Any]] = [
        ("Date", day_words(before.as_of), day_words(after.as_of)),
        ("Known on", _known(before), _known(after)),
        ("Lens", before.lens, after.lens),
        ("Engine", before.engine, after.engine),
        ("Draws", f"{before.draws:,}", f"{after.draws:,}"),
        ("Technologies", str(before.technologies), str(after.technologies)),
        ("Cards", "as in the first", cards),
        ("Inputs, sha256", before.inputs_digest[:16], after.inputs_digest[:16]),
    ]
    return tuple(InputRow(*fact) for fact in facts)


def _known(side: RankingSide) -> str:
    return day_words(side.known_on) if side.known_on else "whenever it was known"


def _card_changes(rows: Sequence[Movement]) -> list[str]:
    """Fusion: viability 3 to 4, novelty 2 to 3."""
    told = []
    for row in sorted(rows, key=lambda row: row.name.casefold()):
        changes = [f"{said.what} {said.before} to {said.after}" for said in row.own_changes]
        if row.is_break:
            changes.append("a card of another series")
        if changes:
            told.append(f"{row.name}: {', '.join(changes)}")
    return told


def _agreement(movements: Movements) -> tuple[tuple[str, str], ...]:
    tops = [
        {row.slug for row in sorted(movements.rows, key=key)[:TOP]}
        for key in (lambda row: row.before, lambda row: row.after)
    ]
    common = len(tops[0] & tops[1])
    return (
        ("Ranked in both", str(movements.common)),
        ("Kendall’s tau-b", _figure(movements.tau_b)),
        ("Spearman’s rho", _figure(movements.spearman)),
        (f"First {len(tops[0])} in both", f"{common} of {len(tops[0])}"),
        ("Moved by a whole rank or more", _far(movements)),
    )


def _far(movements: Movements) -> str:
    far = sum(abs(row.change) >= 1 for row in movements.rows)
    return opening_words(far)


def _figure(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}".replace("-", "−")
