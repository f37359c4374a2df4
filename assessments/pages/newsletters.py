"""A newsletter issue on its way to a card: which technology, the filled editor, what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from assessments.forms.card import CardEditor, editor_of
from assessments.forms.newsletter import (
    DIRECTIONS,
    IN_SOURCE,
    NEITHER,
    PLACES,
    STRENGTHS,
    LetterForm,
    TechnologyForm,
    answer_name,
    cite_names,
    ids_of,
    may_stay_open,
    place_name,
)
from assessments.importing.newsletter.filling import filled_card
from assessments.importing.newsletter.issue import Ask, Letter, Quoted, ReadIssue, ReadPart
from assessments.models import Buffer, Challenge, Revision, Technology
from assessments.newsletters import IssuePart, names_issue, saved_from, typed_elsewhere
from assessments.pages.editor import EditorPage, editor_page
from assessments.values import limits
from assessments.values.challenge import Claim
from assessments.values.scale import Dimension, Origin
from evidence.foreseen import origin_of, said_in
from evidence.models import Item

MOST_OFFERED = 5
_LONGEST_QUOTE = 200


@dataclass(frozen=True)
class AskOption:
    value: str
    words: str
    quotes: tuple[str, ...]
    is_chosen: bool


@dataclass(frozen=True)
class AskBox:
    """A question that has to be answered before the card is sent to review."""

    name: str
    legend: str
    why: str
    quotes: tuple[str, ...]
    options: tuple[AskOption, ...]


@dataclass(frozen=True)
class Found:
    """What of the issue stands behind the fields of one part of the page."""

    place: str
    quotes: tuple[str, ...]
    asks: tuple[AskBox, ...]
    note: str = ""
    cite: "CiteBox | None" = None


@dataclass(frozen=True)
class CiteBox:
    """Whether the issue is cited on a dimension, which a person says; each choice with its name,
    and its values with their words."""

    dimension: str
    direction: str
    directions: tuple[tuple[str, str, bool], ...]
    strength: str
    strengths: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Unplaced:
    """A passage that no field took, and where it may go."""

    name: str
    number: int
    words: str
    places: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class IssuePage(EditorPage):
    """The card editor with what the issue says beside each field."""

    part: IssuePart
    findings: tuple[Found, ...]
    unplaced: tuple[Unplaced, ...]
    other_role: str
    other_address: str
    elsewhere: Buffer | None

    @property
    def item(self) -> Item:
        return self.part.item

    @property
    def gaps(self) -> tuple[str, ...]:
        return self.part.read.gaps

    @property
    def hints(self) -> tuple[str, ...]:
        """What the issue tells of its day, where it does not give it."""
        words = [quote.words for quote in self.part.issue.date_hints]
        return (*([self.item.published] if self.item.published else []), *words)

    @property
    def has_day(self) -> bool:
        return self.part.issue.dated is not None

    @property
    def asked(self) -> int:
        return sum(len(found.asks) for found in self.findings)


@dataclass(frozen=True)
class PartChoice:
    """A technology of the issue, and those of the record that it may be."""

    place: int
    read: ReadPart
    form: TechnologyForm
    offered: tuple[tuple[str, str], ...]
    unknown: str

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def scores(self) -> str:
        """What was read of each dimension, in a line."""
        words = []
        for dimension, score in self.read.scores.items():
            value = score.value.printed if score.value else "to be settled"
            words.append(f"{dimension} {value}")
        return "; ".join(words)


@dataclass(frozen=True)
class ChoicePage:
    item: Item
    issue: ReadIssue
    parts: tuple[PartChoice, ...]
    names: tuple[str, ...]
    saved: tuple[tuple[str, str], ...]

    @property
    def heading(self) -> str:
        if not self.item.text:
            return "This item keeps no text that could be read."
        if not self.issue.is_understood:
            return "No assessment was found in this text."
        if len(self.parts) == 1:
            return "Which technology does this issue assess?"
        return f"This issue assesses {len(self.parts)} technologies. Which is which?"


@dataclass(frozen=True)
class LetterPart:
    """A letter of the mailbag; `known` is the challenge that it became."""

    number: int
    letter: Letter
    form: LetterForm
    known: Challenge | None


@dataclass(frozen=True)
class NextPage:
    """What else the issue holds, once its card is saved."""

    item: Item
    revision: Revision | None
    predictions: tuple[tuple[str, str], ...]
    letters: tuple[LetterPart, ...]
    others: tuple[ReadPart, ...]
    own: LetterForm


def choice_page(
    item: Item, issue: ReadIssue, sent: tuple[int, TechnologyForm, str] | None = None
) -> ChoicePage:
    names = tuple(Technology.objects.order_by("name").values_list("name", flat=True))
    parts = tuple(_part_choice(place, part, sent) for place, part in enumerate(issue.parts))
    saved = tuple(
        (one.card.technology.name, next_address(item, one.card_id)) for one in saved_from(item)
    )
    return ChoicePage(item, issue, parts, names, saved)


def next_address(item: Item, card: int) -> str:
    """Where the mailbag and the prediction of the issue wait, once that card was saved."""
    return f"{reverse('assessments:issue-next', args=[item.key])}?{urlencode({'card': card})}"


def _part_choice(
    place: int, part: ReadPart, sent: tuple[int, TechnologyForm, str] | None
) -> PartChoice:
    form, unknown = TechnologyForm(initial={"name": part.name[: limits.NAME]}), ""
    if sent is not None and sent[0] == place:
        _, form, unknown = sent
    known = [(one.name, one.quote.words) for one in part.candidates if one.slug]
    return PartChoice(place, part, form, tuple(known[:MOST_OFFERED]), unknown)


def issue_page(
    part: IssuePart, editor: CardEditor, sent: Mapping[str, Any], kept: Buffer | None = None
) -> IssuePage:
    """`sent` are the fields as they came, so that every answer is found again."""
    page = editor_page(part.opinion, editor, kept)
    other_role, other_address = _other_role(part)
    told = vars(page) | {"action": address_of(part)}
    return IssuePage(
        **told,
        part=part,
        findings=tuple(_findings(part.read, sent)),
        unplaced=tuple(_unplaced(part.unplaced, sent)),
        other_role=other_role,
        other_address=other_address,
        elsewhere=typed_elsewhere(part),
    )


def address_of(part: IssuePart, *, role: str = "") -> str:
    asked = {
        "technology": part.opinion.technology.slug,
        "part": part.place + 1,
        "role": role or part.opinion.role,
    }
    return f"{reverse('assessments:issue-card', args=[part.item.key])}?{urlencode(asked)}"


def _other_role(part: IssuePart) -> tuple[str, str]:
    """Where somebody else wrote the lead card, there are two ways to go."""
    if part.opinion.is_second:
        return "new revision of the lead card", address_of(part, role="lead")
    head = part.opinion.head
    if head is not None and head.author_id != part.opinion.author.pk:
        return "second opinion", address_of(part, role="second opinion")
    return "", ""


def begun(part: IssuePart) -> CardEditor:
    """The editor as the issue fills it."""
    item = part.item
    accessed = item.accessed_on and item.accessed_on.isoformat()
    source = {"title": item.name, "url": item.url or None, "accessed_on": accessed}
    editor = editor_of(filled_card(part.read, base=part.opinion.content(), source=source))
    dated = part.issue.dated or _day_given(part)
    editor.card.initial["as_of"] = dated.isoformat() if dated else ""
    if part.opinion.head is not None:
        editor.card.initial["reason"] = f"Read in “{item.name}”."
    return editor


def _day_given(part: IssuePart) -> date | None:
    """The day that somebody gave the issue when a card was first read from it."""
    if part.opinion.card is None:
        return None
    for revision in part.opinion.card.revisions.filter(origin=Origin.IMPORTED).order_by("number"):
        if names_issue(revision, part.item):
            as_of: date = revision.as_of
            return as_of
    return None


def _findings(part: ReadPart, sent: Mapping[str, Any]) -> Iterator[Found]:
    asks = {ask.key: _ask_box(ask, sent) for ask in part.asks}
    for dimension in Dimension:
        own = tuple(box for key, box in asks.items() if key.partition(" ")[0] == dimension.value)
        score = part.scores.get(dimension)
        quotes = tuple(quote.words for quote in score.quotes) if score else ()
        is_ours = score is not None and score.is_rationale_ours
        note = (
            "The issue gives no reason of its own here; the one below is ours." if is_ours else ""
        )
        yield Found(dimension.value, quotes, own, note, _cite_box(dimension, sent))
    yield Found("words", _words(part.summary_quote, part.text_quote), ())
    rating = (part.rating.quote,) if part.rating else ()
    yield Found(
        "rating", _words(*rating), tuple(box for key, box in asks.items() if key == "rating")
    )
    for key, quotes in _listed(part):
        yield Found(key, quotes, tuple(box for name, box in asks.items() if f"{name}s" == key))


def _cite_box(dimension: Dimension, sent: Mapping[str, Any]) -> CiteBox:
    direction, strength = cite_names(dimension)
    chosen = [str(sent.get(name, "")) for name in (direction, strength)]
    return CiteBox(
        dimension.value,
        direction,
        tuple((value, words, value == chosen[0]) for value, words in DIRECTIONS),
        strength,
        tuple((value, words, value == chosen[1]) for value, words in STRENGTHS),
    )


def _listed(part: ReadPart) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "scenarios", _words(*(one.quote for one in part.scenarios))
    yield "companies", _words(*dict.fromkeys(one.quote for one in part.companies))
    yield "tripwires", _words(*part.tripwires)
    yield "open_questions", _words(*part.questions)
    worded = [quote for one in part.predictions for quote in (one.quote, *one.others)]
    yield "predictions", _words(*worded)
    yield "sources", _words(*(one.quote for one in part.sources))


def _words(*quotes: Quoted | None) -> tuple[str, ...]:
    return tuple(_short(quote.words) for quote in quotes if quote)


def _short(words: str) -> str:
    bare = " ".join(words.split())
    return bare if len(bare) <= _LONGEST_QUOTE else f"{bare[:_LONGEST_QUOTE].rstrip()}…"


def _ask_box(ask: Ask, sent: Mapping[str, Any]) -> AskBox:
    name = answer_name(ask)
    chosen = str(sent.get(name, ""))
    # What one line leaves open stands above all of its answers, and not beside each again.
    each = [set(option.quotes) for option in ask.options]
    above = set.intersection(*each) if each and ask.key != "prediction" else set()
    options = [
        AskOption(
            str(number),
            option.printed,
            _words(*(quote for quote in option.quotes if quote not in above)),
            chosen == str(number),
        )
        for number, option in enumerate(ask.options)
    ]
    if may_stay_open(ask):
        options.append(
            AskOption(NEITHER, _NEITHER.get(ask.key, "leave it unsaid"), (), chosen == NEITHER)
        )
    quotes = () if ask.options else _words(*ask.quotes)
    return AskBox(name, f"What holds for {ask.key}?", ask.why, quotes, tuple(options))


_NEITHER = {"prediction": "none of them", "rating": "not rated"}


def _unplaced(passages: tuple[Quoted, ...], sent: Mapping[str, Any]) -> Iterator[Unplaced]:
    for number, quote in enumerate(passages):
        name = place_name(number)
        chosen = sent.get(name, IN_SOURCE)
        places = tuple((value, words, value == chosen) for value, words in PLACES)
        yield Unplaced(name, number + 1, quote.words, places)


def next_page(
    item: Item,
    issue: ReadIssue,
    revision: Revision | None,
    place: int,
    sent: tuple[int, LetterForm] | None = None,
) -> NextPage:
    technology = revision.card.technology if revision else None
    known = {"technology": technology.slug} if technology else {}
    predictions = []
    for one in issue.parts[place].predictions:
        origin = origin_of(item.name, "", item.published, item.url)
        words = {"sentence": one.quote.words, "definitions": said_in(origin, one.quote.words)}
        asked = urlencode(known | words)
        predictions.append((one.quote.words, f"{reverse('assessments:prediction-create')}?{asked}"))
    others = tuple(part for number, part in enumerate(issue.parts) if number != place)
    is_own = sent is not None and not 0 < sent[0] <= len(issue.letters)
    own = sent[1] if sent and is_own else LetterForm(auto_id=ids_of(0))
    return NextPage(
        item, revision, tuple(predictions), tuple(_letters(item, issue, sent)), others, own
    )


def _letters(
    item: Item, issue: ReadIssue, sent: tuple[int, LetterForm] | None
) -> Iterator[LetterPart]:
    """Each letter with its form, or with the challenge that was made of it."""
    known = {one.letter or one.claim: one for one in Challenge.objects.filter(source=item)}
    for number, letter in enumerate(issue.letters, start=1):
        is_sent = sent is not None and sent[0] == number
        form = sent[1] if sent and is_sent else LetterForm.of(number, letter, issue.dated)
        words = letter.claim.words
        found = known.get(Claim("", letter=words).letter_digest) or known.get(words.strip())
        yield LetterPart(number, letter, form, found)
