"""One item of evidence, whole: what it says, what is taken out of it, what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import NoReverseMatch, reverse

from assessments.importing.newsletter.likeness import dimensions_headed
from assessments.models import Revision
from assessments.pages.newsletters import next_address
from evidence.importing.readers import suggest
from evidence.library import Quoted
from evidence.models import Item, Passage
from evidence.values.anchoring import Place
from publishing.pages.evidence.history import HistoryRow
from publishing.pages.evidence.text import Mark, Paragraph, paragraphs
from publishing.pages.published import day_words

STATEMENTS = {
    "observation": "Observations",
    "opinion": "Opinions",
    "forecast": "Forecasts",
}
SEEN = {
    "inbox": "In the inbox",
    "kept": "In the library",
    "retracted": "Retracted",
}


@dataclass(frozen=True)
class PassageRow:
    """`url` leads to its words in the text they stand in, `lost` where they do no more."""

    anchor: str
    passage: Passage
    marks: tuple[str, ...]
    url: str
    source: str
    lost: bool


@dataclass(frozen=True)
class PassageGroup:
    heading: str
    rows: tuple[PassageRow, ...]


@dataclass(frozen=True)
class NextStep:
    """`why` is what was seen in the text that speaks for it."""

    words: str
    url: str
    why: str


@dataclass(frozen=True)
class ItemPage:
    item: Item
    state: str
    facts: tuple[tuple[str, str], ...]
    quotations: tuple[PassageRow, ...]
    points: tuple[PassageGroup, ...]
    statements: tuple[PassageGroup, ...]
    footnotes: tuple[PassageRow, ...]
    text: tuple[Paragraph, ...]
    quoted: tuple[Quoted, ...]
    history: tuple[HistoryRow, ...]
    readings: tuple[NextStep, ...]
    saved: tuple[tuple[str, str], ...]
    when: datetime

    @property
    def lost(self) -> int:
        rows = [*self.quotations, *self.footnotes]
        rows += [row for group in (*self.points, *self.statements) for row in group.rows]
        return sum(row.lost for row in rows)


def item_page(
    item: Item,
    quoted: Sequence[Quoted],
    history: Sequence[HistoryRow],
    saved: Sequence[Revision] = (),
) -> ItemPage:
    """`item` has its passages and tags at hand; `quoted` are the passages of others out of it,
    `saved` the revisions of cards that were read from it."""
    passages = list(item.passages.all())
    rows = [_row(item, passage) for passage in passages]
    of_kind = {kind: [row for row in rows if row.passage.kind == kind] for kind in Passage.Kind}
    return ItemPage(
        item=item,
        state=SEEN[item.state],
        facts=tuple(_facts(item)),
        quotations=tuple(of_kind[Passage.Kind.QUOTATION]),
        points=tuple(_by_heading(of_kind[Passage.Kind.POINT])),
        statements=tuple(
            PassageGroup(heading, tuple(of_kind[Passage.Kind(kind)]))
            for kind, heading in STATEMENTS.items()
            if of_kind[Passage.Kind(kind)]
        ),
        footnotes=tuple(of_kind[Passage.Kind.FOOTNOTE]),
        text=paragraphs(item.text, [*_own_marks(item, passages), *_marks_of_others(quoted)]),
        quoted=tuple(quoted),
        history=tuple(history),
        readings=tuple(_readings(item)) if item.text else (),
        saved=tuple((one.card.technology.name, next_address(item, one.card_id)) for one in saved),
        when=item.changed_at,
    )


def item_url(key: str) -> str:
    return reverse("publishing:item-detail", kwargs={"key": key})


def anchor_of(key: str, position: int) -> str:
    """What a link to the quoted words ends in, on the page of the text they stand in."""
    return f"of-{key}-{position + 1}"


def _facts(item: Item) -> Iterable[tuple[str, str]]:
    yield "Kind", item.kind
    if item.authors:
        yield ("Authors" if len(item.authors) > 1 else "Author"), ", ".join(item.authors)
    if item.publisher:
        yield "Published by", item.publisher
    if item.published:
        yield "Published", item.published
    if item.accessed_on:
        yield "Read on", day_words(item.accessed_on)
    if item.licence:
        yield "Licence", item.licence


def _row(item: Item, passage: Passage) -> PassageRow:
    source = passage.source or item
    anchor = anchor_of(item.key, passage.position)
    place = "" if source == item else item_url(source.key)
    is_found = passage.anchor == Passage.Anchor.ANCHORED
    return PassageRow(
        anchor=f"passage-{passage.position + 1}",
        passage=passage,
        marks=tuple(_marks(passage.mark)),
        url=f"{place}#{anchor}" if is_found else place,
        source=source.name if passage.source else "",
        lost=passage.anchor == Passage.Anchor.LOST,
    )


def _marks(mark: str) -> list[str]:
    return [part.strip() for part in mark.split(",") if part.strip()]


def _by_heading(rows: Sequence[PassageRow]) -> Iterable[PassageGroup]:
    for heading, group in groupby(rows, key=lambda row: row.passage.heading):
        yield PassageGroup(heading, tuple(group))


def _own_marks(item: Item, passages: Iterable[Passage]) -> Iterable[Mark]:
    for one in passages:
        if one.start is not None and one.source_id in {None, item.pk}:
            number = one.position + 1
            place = Place(one.start, one.start + len(one.exact))
            yield Mark(
                place, anchor_of(item.key, one.position), f"#passage-{number}", f"Passage {number}"
            )


def _marks_of_others(quoted: Iterable[Quoted]) -> Iterable[Mark]:
    for one in quoted:
        if one.place is not None:
            url = f"{item_url(one.key)}#passage-{one.position + 1}"
            yield Mark(one.place, anchor_of(one.key, one.position), url, f"Quoted in {one.name}")


def _readings(item: Item) -> Iterable[NextStep]:
    """The forms that the text can be read as, the likeliest first, where the site has the page."""
    try:
        path = reverse("evidence:item-read", kwargs={"key": item.key})
    except NoReverseMatch:
        return
    card = reverse("assessments:issue-card", kwargs={"key": item.key})
    headed = dimensions_headed(item.text)
    why = f"{headed} of the six dimensions head lines of it" if headed else ""
    issue = NextStep("a newsletter issue with a card", card, why)
    steps = [
        NextStep(found.name, f"{path}?as={found.key}", found.why) for found in suggest(item.text)
    ]
    yield from [issue, *steps] if headed else [*steps, issue]
