"""Which technologies are compared: two to five, named in the address by slug or by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from assessments.selectors import PublishedCard
from intake.errors import IntakeError
from intake.text import clean_text
from publishing.pages.published import Published
from publishing.wording import counted, in_words

LEAST, MOST = 2, 5
LONGEST_NAME = 200


@dataclass(frozen=True)
class NameField:
    """One field of the form that chooses: what was typed, and what is wrong with it."""

    words: str = ""
    error: str = ""


@dataclass(frozen=True)
class Choice:
    """`cards` are those that were found, each once and in the order named. `trouble` says why
    they are not compared; it is empty while nothing was chosen yet."""

    cards: tuple[PublishedCard, ...]
    fields: tuple[NameField, ...]
    trouble: str = ""
    status: int = 200

    @property
    def is_complete(self) -> bool:
        return not self.trouble and LEAST <= len(self.cards) <= MOST

    @property
    def query(self) -> str:
        return query_of(card.slug for card in self.cards)


def query_of(slugs: Iterable[str]) -> str:
    return urlencode([("t", slug) for slug in slugs])


def compare_url(slugs: Iterable[str]) -> str:
    return f"{reverse('publishing:compare')}?{query_of(slugs)}"


def choose(named: Iterable[str], published: Published, *, most: int = MOST) -> Choice:
    """Empty names are passed over; one more than `most` is refused with all others kept."""
    typed = [words for words in named if words.strip()]
    found: list[PublishedCard] = []
    fields, status = [], 200
    for words in typed[: most + 1]:
        card, error = _look_up(words, published)
        status = 404 if error else status
        if card is None:
            fields.append(NameField(words[:LONGEST_NAME], error))
        elif card not in found:
            found.append(card)
            fields.append(NameField(card.technology["name"]))
    trouble = ""
    if len(typed) > most and len(fields) > most:
        trouble = f"{len(typed)} technologies are named. Name at most {in_words(most)}."
        return Choice(tuple(found[:most]), tuple(fields[:most]), trouble, 400)
    if status == 404:
        missing = sum(bool(field.error) for field in fields)
        trouble = f"{counted(missing, 'name').capitalize()} below cannot be found."
    elif len(found) == 1 and most == MOST:
        trouble = f"One technology is named. Name {in_words(LEAST)} to {in_words(most)}."
    return Choice(tuple(found), tuple(fields), trouble, status)


def _look_up(words: str, published: Published) -> tuple[PublishedCard | None, str]:
    try:
        name = clean_text(words, multiline=False, field="The name", max_length=LONGEST_NAME)
    except IntakeError as error:
        return None, str(error)
    card = published.lead(name) or _by_name(name.casefold(), published)
    return card, "" if card else f"No published technology is called “{name}”."


def _by_name(name: str, published: Published) -> PublishedCard | None:
    leads = published.leads
    for card in leads:
        if card.technology["name"].casefold() == name:
            return card
    return next(
        (
            card
            for card in leads
            if name in {alias.casefold() for alias in card.technology["aliases"]}
        ),
        None,
    )
