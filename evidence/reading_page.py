"""A pasted text as a filled form: every part to be corrected, and what has no place beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.http import QueryDict

from evidence.foreseen import Foreseen, base_of, foreseen, origin_of
from evidence.forms.indicator import IndicatorForm
from evidence.forms.reading import (
    FigureRowForm,
    LooseForm,
    PartForm,
    ReadForm,
    SeriesForm,
    rows_sent,
)
from evidence.importing.folding import Folded, folded
from evidence.importing.readers import READERS, Reader, Suggestion, suggest
from evidence.importing.reading import ReadFigure, ReadPassage, ReadText, Span
from evidence.importing.similar import proposals
from evidence.library import item_facts
from evidence.models import Item
from evidence.read_figures import figure_rows, series_initial
from evidence.rereading import Begun, Order, Rereading, was_read, without_repeats
from evidence.values.anchoring import Place, Selector, selector_at
from evidence.values.item import ItemFacts, PassageFacts
from intake.errors import IntakeError
from record.errors import DomainError

MOST_OFFERED = 100
_OUT_OF_FORM = "text"


@dataclass(frozen=True)
class PartRow:
    """`sentence` of another item is what a point seems to sum up, `score` in per cent."""

    form: PartForm
    passage: ReadPassage
    line: int
    sentence: str = ""
    place: Place | None = None
    score: int = 0
    order: Order = (0, 0, 0)
    held: PassageFacts | None = None


@dataclass(frozen=True)
class LooseRow:
    form: LooseForm
    span: Span
    words: str
    line: int
    order: Order = (0, 0, 0)


@dataclass(frozen=True)
class FigureRow:
    form: FigureRowForm
    figure: ReadFigure


@dataclass
class ReadingPage:
    """`read` is None where the text cannot be read; `trouble` says why."""

    item: Item
    before: ItemFacts
    reader: Reader
    suggestions: list[Suggestion]
    form: ReadForm
    read: ReadText | None = None
    trouble: str = ""
    rows: list[PartRow] = field(default_factory=list)
    loose: list[LooseRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    series: SeriesForm | None = None
    indicator: IndicatorForm | None = None
    source: Item | None = None
    is_again: bool = False
    known: int = 0

    @property
    def forms(self) -> list[forms.Form]:
        found: list[forms.Form] = [self.form]
        found += [row.form for row in self.rows]
        found += [row.form for row in self.loose]
        found += [row.form for row in self.figures]
        return [*found, self.series] if self.series else found

    def check(self) -> bool:
        """Every form is asked, so that each shows what is wrong with it."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    @property
    def faults(self) -> int:
        more = [self.indicator] if self.indicator and self.indicator.is_bound else []
        return sum(len(form.errors) for form in (*self.forms, *more) if form.is_bound)

    @property
    def unsure(self) -> int:
        return sum(not row.passage.is_sure for row in self.rows)

    @property
    def furniture(self) -> list[tuple[str, str]]:
        """What was recognised and is no part of the item, with the reason."""
        if self.read is None:
            return []
        aside = (*self.read.spans_of("furniture"), *self.read.spans_of("repeats"))
        return [(self.read.words(span), span.why) for span in aside]

    @property
    def foreseen(self) -> list[Foreseen]:
        if self.read is None:
            return []
        title, authors, published, url = (
            str(self.form[name].value() or "") for name in ("title", "authors", "published", "url")
        )
        origin = origin_of(title, authors, published, url)
        return foreseen(self.read.guesses, base_of(published), origin)

    @property
    def timed(self) -> list[Foreseen]:
        return [one for one in self.foreseen if one.when]

    @property
    def untimed(self) -> list[Foreseen]:
        return [one for one in self.foreseen if not one.when]


def reading_page(item: Item, asked: str, data: QueryDict | None, items: Any) -> ReadingPage:
    """The text as the reader that was asked for takes it, or the likeliest one."""
    suggestions = suggest(item.text)
    first = suggestions[0].key if suggestions else next(iter(READERS))
    reader = READERS.get(asked) or READERS[first]
    before = item_facts(item)
    page = ReadingPage(item, before, reader, suggestions, ReadForm())
    try:
        page.read = reader.read(item.text)
    except IntakeError as error:
        page.trouble = error.message
        return page
    _fill(page, page.read, data)
    _offer_sources(page, items)
    return page


def _fill(page: ReadingPage, read: ReadText, data: QueryDict | None) -> None:
    page.is_again = was_read(page.item, page.reader.name)
    begun = Rereading(read, page.before, is_again=page.is_again)
    parts, page.known = begun.parts, begun.known
    initial = begun.initial() | {"version": str(page.item.version), "rows": str(len(parts))}
    page.form = ReadForm(data, initial=initial)
    for name, shown in page.form.fields.items():
        place = "abstract" if name == "notes" and read.abstract else name
        why = read.why(place)
        if why:
            doubt = "" if read.is_sure(place) else "Please confirm. "
            shown.help_text = f"{doubt}{why[:300]} {shown.help_text}"
    for name, said in begun.hints().items():
        hint = f"The item says something else than the text, which says: {said}"
        page.form.fields[name].help_text = f"{hint} {page.form.fields[name].help_text}"
    count = len(parts) if data is None else rows_sent(data)
    page.rows = [_part(read, parts, place, data) for place in range(count)]
    page.loose = [
        LooseRow(
            LooseForm(data, prefix=f"u{place}"),
            span,
            read.words(span),
            _line(read, span.start),
            order,
        )
        for place, (span, order) in enumerate(begun.loose)
    ]
    if read.figures:
        _fill_figures(page, read, data)


def _part(read: ReadText, parts: Sequence[Begun], place: int, data: QueryDict | None) -> PartRow:
    unknown = Begun(ReadPassage("quotation", ""), {}, (len(parts), 2, place))
    begun = parts[place] if place < len(parts) else unknown
    form = PartForm(
        data,
        prefix=f"p{place}",
        initial=begun.initial,
        points_already=bool(begun.held and begun.held.source),
    )
    line = _line(read, begun.passage.start)
    return PartRow(form, begun.passage, line, order=begun.order, held=begun.held)


def _line(read: ReadText, start: int) -> int:
    bare = len(read.text[start:]) - len(read.text[start:].lstrip()) if start < 500_000 else 0
    return read.text.count("\n", 0, start + bare) + 1


def _fill_figures(page: ReadingPage, read: ReadText, data: QueryDict | None) -> None:
    counted = data.copy() if data is not None and data.get("then") == "dates" else None
    if counted is not None:
        # Whoever counts the days of figures means to keep them.
        counted["series-make"] = "on"
    page.series = SeriesForm(counted or data, prefix="series")
    sent = data if data is not None and data.get("then") != "dates" else None
    base = base_of(str(page.series["base"].value() or "")) if data is not None else None
    page.figures = [
        FigureRow(FigureRowForm(sent, prefix=f"f{place}", initial=initial), figure)
        for place, (figure, initial) in enumerate(figure_rows(read.figures, base))
    ]
    indicator = IndicatorForm(data, initial=series_initial(read))
    indicator.prefix = "series"
    page.indicator = indicator


def _offer_sources(page: ReadingPage, items: Any) -> None:
    """For a digest: the item whose sentences its points sum up."""
    if not page.rows or all(row.passage.kind != "point" for row in page.rows):
        del page.form.fields["source"]
        return
    others = items.exclude(pk=page.item.pk).exclude(text="")
    offered = others.order_by("-changed_at")[:MOST_OFFERED]
    choices = [("", "no other item"), *((one.key, one.name) for one in offered)]
    page.form.fields["source"].widget = forms.Select(choices=choices)
    asked = str(page.form["source"].value() or "").strip()
    if not asked or "\x00" in asked:
        return
    page.source = others.filter(key=asked).first()
    if page.source is None and page.form.is_bound:
        page.form.add_error("source", "The library holds no text of that key. Choose one that is.")
    if page.source is not None:
        _propose(page, page.source)


def _propose(page: ReadingPage, source: Item) -> None:
    found = proposals([row.passage.text for row in page.rows], source.text)
    for place, alike in enumerate(found):
        row = page.rows[place]
        if alike is not None and row.passage.kind == "point":
            words = source.text[alike.start : alike.end]
            where = Place(alike.start, alike.end)
            score = round(alike.score * 100)
            page.rows[place] = replace(row, sentence=words, place=where, score=score)


def facts_to_save(page: ReadingPage) -> tuple[ItemFacts, Folded]:
    """Of a page whose forms are valid: what the item would hold."""
    parts = [(row.order, _anchored(page, row)) for row in page.rows]
    parts += [
        (row.order, PassageFacts(kind=row.form.cleaned_data["becomes"], text=row.words))
        for row in page.loose
        if row.form.cleaned_data["becomes"]
    ]
    whole = folded([part for _, part in sorted(parts, key=lambda part: part[0])])
    facts = page.form.facts(page.before)
    more = without_repeats(whole.notes, facts.notes)
    notes = "\n\n".join(part for part in (facts.notes.strip(), *more) if part)
    return replace(facts, notes=notes, passages=whole.passages), whole


def _anchored(page: ReadingPage, row: PartRow) -> PassageFacts:
    """The passage with where it stands: in another item's text, or in that of its own."""
    facts = row.form.facts(row.held)
    if page.source and row.place and row.form.is_pointed:
        selector = selector_at(page.source.text, row.place)
        source = page.source.key
    elif row.held is not None and row.form.is_kept_pointing:
        return facts
    elif row.passage.end > row.passage.start:
        selector = selector_at(page.item.text, Place(row.passage.start, row.passage.end))
        source = ""
    else:
        selector, source = Selector(""), ""
    return replace(
        facts,
        source=source,
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
    )


def told(page: ReadingPage, edited: Item, count: int) -> str:
    """What became of the item, and how many figures of its text were not saved with it."""
    passages = f"{count} passage{'' if count == 1 else 's'}"
    is_changed = edited.version != page.item.version
    said = f"Saved, with {passages}." if is_changed else f"Nothing changed: it has {passages}."
    left = _figures_left(page)
    figures = "1 figure of the text was" if left == 1 else f"{left} figures of the text were"
    return f"{said} {figures} left out." if left else said


def _figures_left(page: ReadingPage) -> int:
    """All of them where they become no indicator."""
    if page.series is None:
        return 0
    is_made = page.series.cleaned_data["make"]
    return sum(not (is_made and row.form.cleaned_data["is_kept"]) for row in page.figures)


def refuse_reading(
    page: ReadingPage, error: DomainError, positions: tuple[int | None, ...]
) -> None:
    """Each fault at its field of its row; what has no field stands above all."""
    faults = getattr(error, "faults", None)
    if not isinstance(faults, dict):
        page.form.add_error(None, error.message)
        return
    for name, message in faults.items():
        form, own = _form_of(page, name, positions)
        form.add_error(own if own in form.fields else None, message)


def _form_of(
    page: ReadingPage, name: str, positions: tuple[int | None, ...]
) -> tuple[forms.Form, str]:
    where, _, own = name.rpartition(".")
    if not where:
        return page.form, name
    index = int(where.rpartition(".")[2])
    ordered = _ordered_forms(page)
    place = positions.index(index) if index in positions else -1
    return (ordered[place], own) if place >= 0 else (page.form, _OUT_OF_FORM)


def _ordered_forms(page: ReadingPage) -> list[forms.Form]:
    """The forms of all parts in the order in which they were folded."""
    parts: list[tuple[Order, forms.Form]] = [(row.order, row.form) for row in page.rows]
    parts += [(row.order, row.form) for row in page.loose if row.form.cleaned_data.get("becomes")]
    return [form for _, form in sorted(parts, key=lambda part: part[0])]
