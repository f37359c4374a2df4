"""The page to sketch on, and the page to paste a list of names."""

from dataclasses import dataclass

from accounts.models import User
from assessments.backlog import Fate, PastedRow, refusal_of, sort_list
from assessments.forms.backlog import PasteForm
from assessments.forms.sketch import UNSCORED, SketchForm, window_key
from assessments.models import Revision, Technology
from assessments.opinions import Opinion
from assessments.selectors import (
    named_like,
    technologies_unspoken,
    technologies_without_card,
)
from assessments.values import limits
from assessments.values.meanings import MEANINGS, QUESTIONS
from assessments.values.scale import Dimension, WindowWord, levels_of, window_of_word
from intake.errors import IntakeError
from intake.text import clean_text
from record.clock import today

MOST_LISTED = 60
MOST_TOLD = 10
QUIET_SECONDS = 90
_WINDOW_KEYS = (("1", "n"), ("2", "s"), ("3", "l"), ("4", "d"))
_WINDOWS = (WindowWord.NOW, WindowWord.SOON, WindowWord.LATER, WindowWord.DISTANT)


@dataclass(frozen=True)
class Key:
    """`keys` are the characters that press it, the first one printed."""

    value: str
    keys: tuple[str, ...]
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class KeyRow:
    name: str
    heading: str
    question: str
    keys: tuple[Key, ...]
    error: str


@dataclass(frozen=True)
class SketchPage:
    """`earlier` is one's own sketch of before; what others said is on no part of the page."""

    technology: Technology
    is_second: bool
    earlier: Revision | None
    rows: tuple[KeyRow, ...]
    form: SketchForm
    seconds: int = QUIET_SECONDS


@dataclass(frozen=True)
class SketchChoicePage:
    """Technologies that nobody has scored, oldest first, and published ones on which the person
    has said nothing; `count` and `blind_count` are of all of them that were asked for."""

    backlog: tuple[Technology, ...]
    count: int
    blind: tuple[Technology, ...]
    blind_count: int
    words: str
    error: str

    @property
    def heading(self) -> str:
        if self.words:
            return f"What would you sketch? {self.count + self.blind_count:,} found."
        if not self.count:
            return "Every technology on the list has a card."
        if self.count == 1:
            return "One technology waits for its first sketch."
        return f"{self.count:,} technologies wait for their first sketch."


@dataclass(frozen=True)
class PastePage:
    form: PasteForm
    rows: tuple[PastedRow, ...] = ()

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)

    @property
    def new(self) -> int:
        return self.count(Fate.NEW)

    @property
    def is_whole(self) -> bool:
        """Whether the list can be taken as it stands."""
        return self.new > 0 and self.count(Fate.UNREADABLE) == 0

    @property
    def heading(self) -> str:
        if not self.rows:
            return "Paste your list. Each name becomes something to sketch."
        found = [
            f"{self.count(fate)} {word}"
            for fate, word in (
                (Fate.NEW, "new"),
                (Fate.KNOWN, "there already"),
                (Fate.DOUBLE, "twice"),
                (Fate.UNREADABLE, "that cannot be read"),
            )
            if self.count(fate)
        ]
        return f"Of {len(self.rows)} lines: {', '.join(found)}."


def sketch_page(opinion: Opinion, form: SketchForm) -> SketchPage:
    return SketchPage(
        technology=opinion.technology,
        is_second=opinion.is_second,
        earlier=opinion.head,
        rows=tuple(_row(dimension, form) for dimension in Dimension),
        form=form,
    )


def paste_page(form: PasteForm) -> PastePage:
    """What was pasted, sorted out; each line that cannot be read is told above the list too."""
    if not form.is_bound or not form.is_valid():
        return PastePage(form)
    text = form.cleaned_data["names"]
    refusal = refusal_of(text)
    if refusal:
        form.add_error("names", refusal)
        return PastePage(form)
    page = PastePage(form, sort_list(text))
    broken = [row for row in page.rows if row.fate is Fate.UNREADABLE]
    for row in broken[:MOST_TOLD]:
        form.add_error("names", f"Line {row.number}: {row.words}")
    return page


def sketch_choice_page(by: User, asked: str) -> SketchChoicePage:
    words, error = "", ""
    try:
        words = clean_text(asked, multiline=False, field="The search", max_length=limits.NAME)
    except IntakeError as refusal:
        error = refusal.message
    backlog = named_like(technologies_without_card(), words)
    blind = named_like(technologies_unspoken(by=by), words)
    return SketchChoicePage(
        backlog=tuple(backlog[:MOST_LISTED]),
        count=backlog.count(),
        blind=tuple(blind[:MOST_LISTED]),
        blind_count=blind.count(),
        words=words,
        error=error,
    )


def _row(dimension: Dimension, form: SketchForm) -> KeyRow:
    chosen = form.chosen(dimension)
    keys = _windows(chosen) if dimension is Dimension.TIMING else _levels(dimension, chosen)
    unscored = Key(UNSCORED, ("0", "u"), "Cannot tell", chosen == UNSCORED)
    errors = form[dimension.value].errors
    return KeyRow(
        name=dimension.value,
        heading=dimension.capitalize(),
        question=QUESTIONS[dimension],
        keys=(*keys, unscored),
        error=str(errors[0]) if errors else "",
    )


def _levels(dimension: Dimension, chosen: str) -> list[Key]:
    meanings = MEANINGS[dimension]
    return [
        Key(level, _characters(level), meanings[level].heading, level == chosen)
        for level in levels_of(dimension)
    ]


def _characters(level: str) -> tuple[str, ...]:
    return ("+", "6") if level == "5+" else (level,)


def _windows(chosen: str) -> list[Key]:
    """The words with the years that they mean today; the years are what is kept."""
    keys = []
    for characters, word in zip(_WINDOW_KEYS, _WINDOWS, strict=True):
        years = window_of_word(word, on=today())
        value = window_key(*years)
        shown = f"{years[0]} to {years[1]}" if years[1] else f"{years[0]} or later"
        keys.append(Key(value, characters, f"{word}: {shown}", value == chosen))
    if chosen and chosen != UNSCORED and not any(key.is_chosen for key in keys):
        keys.append(Key(chosen, ("5", "k"), f"As before: {_said(chosen)}", is_chosen=True))
    return keys


def _said(chosen: str) -> str:
    first, _, last = chosen[:20].partition("-")
    return f"{first} to {last}" if last else f"{first} or later"
