"""A file of another program, row by row, with what would become of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import QueryDict

from evidence.differing import NAMES, TAKE, FieldInConflict, field_in_conflict
from evidence.forms.bringing import (
    FORMATS,
    READ,
    BringForm,
    BringPassageForm,
    BringRowForm,
    BringWholeForm,
    passage_initial,
    row_initial,
)
from evidence.importing.brought import BroughtItem
from evidence.services.bringing import Brought, Look, look_at
from evidence.values.item import PassageFacts
from intake.errors import IntakeError
from intake.numbers import whole_or_zero
from record.canonical import digest

# So many fields are shown without being asked for; a page sends at most the second number.
FEW_FIELDS, MOST_FIELDS = 1_500, 8_000
# What a browser writes around each field that it sends.
_AROUND_A_FIELD = 130
_ROOM = 0.9


@dataclass(frozen=True)
class BringRow:
    """`place` counts from 0; `passages` are there where the row is shown whole."""

    place: int
    form: BringRowForm
    passages: tuple[BringPassageForm, ...]
    brought: BroughtItem
    look: Look

    @property
    def is_whole(self) -> bool:
        return isinstance(self.form, BringWholeForm)

    @property
    def disputed(self) -> list[tuple[FieldInConflict, str]]:
        """What library and file both changed, each with the side that was said to hold."""
        form, item = f"r{self.place}-", self.look.known
        is_current = item is not None and self.brought.newest == item.version
        choices = self.brought.choices if is_current else {}
        return [
            (field_in_conflict(one, form=form), choices.get(one.name, ""))
            for one in self.look.disputed
        ]

    @property
    def changed(self) -> str:
        return _names(self.look.changed)

    @property
    def kept(self) -> str:
        return _names(self.look.kept)

    @property
    def is_wrong(self) -> bool:
        """Whether something below the title needs a look."""
        return bool(self.look.faults) or self.has_errors

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in (self.form, *self.passages))


@dataclass
class BringPage:
    """`rows` are there once the file was read, `done` once it was brought in; `asked` is the row
    that was opened last."""

    form: BringForm
    rows: list[BringRow] = field(default_factory=list)
    done: list[Brought] = field(default_factory=list)
    asked: int | None = None

    @property
    def format(self) -> str:
        return FORMATS.get(str(self.form["format"].value() or ""), "")

    @property
    def whole(self) -> str:
        return str(self.form.cleaned_data.get("whole", ""))

    @property
    def seen(self) -> str:
        return digest(self.whole.encode())

    @property
    def faults(self) -> list[str]:
        return [words for row in self.rows for words in row.look.faults]

    @property
    def foretold(self) -> str:
        """What would happen, counted."""
        return _counted([row.look.outcome.value for row in self.rows if row.look.outcome])

    @property
    def open(self) -> int:
        """The rows of which somebody has to say what holds."""
        return sum(not row.look.is_settled for row in self.rows)

    @property
    def counted(self) -> str:
        return _counted([one.outcome.value for one in self.done])

    @property
    def taken(self) -> list[BroughtItem]:
        return [row.brought for row in self.rows if row.form.cleaned_data["is_taken"]]

    @property
    def left_out(self) -> list[BringRow]:
        return [row for row in self.rows if not row.form.cleaned_data["is_taken"]]


def _names(fields: Sequence[str]) -> str:
    return ", ".join(NAMES[name].lower() for name in fields)


def _counted(outcomes: list[str]) -> str:
    counts = Counter(outcomes)
    return ", ".join(f"{counts[name]:,} {name}" for name in ("created", "updated", "skipped"))


def bring_page(form: BringForm, data: QueryDict | None) -> BringPage:
    page = BringPage(form)
    if not form.is_bound or not form.is_valid():
        return page
    try:
        found = READ[form.cleaned_data["format"]](page.whole)
    except IntakeError as error:
        form.add_error("text", error.message)
        return page
    if too_large := _too_large(page.whole, found):
        form.add_error("text", too_large)
        return page
    sent = data if data is not None and data.get("seen") == page.seen else None
    opened = _opened(page, found, data if data is not None else {}, is_new=sent is None)
    forms = [_row_form(place, one, sent, opened) for place, one in enumerate(found)]
    wanted = [
        _settled(_corrected(one, *both), place, sent)
        for place, (one, both) in enumerate(zip(found, forms, strict=True))
    ]
    looks = look_at(wanted, state=form.cleaned_data["state"])
    page.rows = [
        BringRow(place, *both, one, look)
        for place, (both, one, look) in enumerate(zip(forms, wanted, looks, strict=True))
    ]
    return page


def _settled(one: BroughtItem, place: int, sent: QueryDict | None) -> BroughtItem:
    """With what was said of the fields in which library and file differ."""
    if sent is None:
        return one
    choices = {name: sent.get(f"r{place}-{TAKE}{name}", "") for name in NAMES}
    newest = whole_or_zero(sent.get(f"r{place}-newest"))
    return replace(one, choices=choices, newest=newest)


def _fields_of(one: BroughtItem) -> int:
    whole, passage = len(BringWholeForm.base_fields), len(BringPassageForm.base_fields)
    return whole + passage * len(one.facts.passages)


def _weight(one: BroughtItem) -> int:
    """How many bytes a browser sends for a row that is shown whole."""
    facts = one.facts
    texts = [facts.title, facts.notes, *facts.authors, *facts.tags]
    for passage in facts.passages:
        texts += [passage.text, passage.comment, passage.prefix, passage.suffix]
    return _AROUND_A_FIELD * _fields_of(one) + sum(len(text.encode()) for text in texts)


def _bytes_of(whole: str, found: Sequence[BroughtItem]) -> int:
    """What comes back with a page on which no row is shown whole: file, ticks and titles."""
    titles = sum(len(one.facts.title.encode()) for one in found)
    breaks = whole.count("\n")
    return len(whole.encode()) + breaks + titles + 2 * _AROUND_A_FIELD * len(found)


def _too_large(whole: str, found: Sequence[BroughtItem]) -> str:
    size, most = _bytes_of(whole, found), int(_ROOM * settings.BODY_LIMIT_BYTES)
    if size <= most:
        return ""
    return (
        f"The file with its {len(found):,} rows has {size:,} bytes; at most {most:,} can be looked"
        " at row by row. Split it into smaller files and bring in one after the other."
    )


def _opened(
    page: BringPage, found: Sequence[BroughtItem], data: Mapping[str, object], *, is_new: bool
) -> set[int]:
    """The rows that are shown whole: those of a small file all, of others those asked for."""
    if is_new and _fits(page.whole, found, set(range(len(found))), FEW_FIELDS):
        return set(range(len(found)))
    before = {place for place in range(len(found)) if not is_new and f"r{place}-whole" in data}
    if not _fits(page.whole, found, before, MOST_FIELDS):
        before = set()
    asked = next((place for place in range(len(found)) if data.get("open") == str(place)), None)
    if asked is None or asked in before:
        return before
    if _fits(page.whole, found, before | {asked}, MOST_FIELDS):
        page.asked = asked
        return before | {asked}
    page.form.add_error(None, _no_room(found[asked], alone=not before))
    return before


def _fits(whole: str, found: Sequence[BroughtItem], opened: set[int], most: int) -> bool:
    rows = [found[place] for place in opened]
    size = _bytes_of(whole, found) + sum(map(_weight, rows))
    fields = sum(map(_fields_of, rows)) + 2 * len(found)
    return fields <= most and size <= _ROOM * settings.BODY_LIMIT_BYTES


def _no_room(one: BroughtItem, *, alone: bool) -> str:
    passages = len(one.facts.passages)
    if alone:
        return (
            f"{one.place}: with {passages:,} passages it is too long to be corrected here. Bring it"
            " in as it is and correct it on its own page, or split the file."
        )
    return (
        f"{one.place}: no room is left to correct it beside the rows that are open. Bring in those"
        " first, then send the file again: what is in is known and skipped."
    )


def _row_form(
    place: int, one: BroughtItem, sent: QueryDict | None, opened: set[int]
) -> tuple[BringRowForm, tuple[BringPassageForm, ...]]:
    prefix, initial = f"r{place}", row_initial(one.facts)
    if place not in opened:
        return BringRowForm(sent, prefix=prefix, initial=initial), ()
    # A row that was opened just now has sent its title and its tick alone.
    is_sent = sent is not None and f"{prefix}-whole" in sent
    if sent is not None and not is_sent:
        initial |= {name: sent.get(f"{prefix}-{name}", "") for name in ("title", "is_taken")}
    said = sent if is_sent else _as_sent(prefix, initial) if sent is not None else None
    return BringWholeForm(said, prefix=prefix, initial=initial), tuple(
        _passage_form(f"{prefix}-p{number}", passage, sent, is_sent=is_sent)
        for number, passage in enumerate(one.facts.passages)
    )


def _passage_form(
    prefix: str, passage: PassageFacts, sent: QueryDict | None, *, is_sent: bool
) -> BringPassageForm:
    initial = passage_initial(passage)
    said = sent if is_sent else _as_sent(prefix, initial) if sent is not None else None
    return BringPassageForm(said, prefix=prefix, initial=initial)


def _as_sent(prefix: str, initial: Mapping[str, object]) -> dict[str, str]:
    """What a browser would send of the row as it was read."""
    texts = {name: "on" if value is True else str(value or "") for name, value in initial.items()}
    return {f"{prefix}-{name}": text for name, text in texts.items()}


def _corrected(
    one: BroughtItem, form: BringRowForm, passages: Sequence[BringPassageForm]
) -> BroughtItem:
    # Every form is asked, so that all that is wrong is told at once.
    if not form.is_bound or not all([form.is_valid(), *(row.is_valid() for row in passages)]):
        return one
    facts = form.facts(one.facts)
    if not passages:
        return replace(one, facts=facts, said=one.facts)
    kept = [
        (number, row.passage(read))
        for number, (row, read) in enumerate(zip(passages, facts.passages, strict=True))
        if row.cleaned_data["is_taken"]
    ]
    places = tuple(one.places[number] for number, _ in kept) if one.places else ()
    facts = replace(facts, passages=tuple(passage for _, passage in kept))
    return replace(one, facts=facts, said=one.facts, places=places)
