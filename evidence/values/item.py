"""What is known of an evidence item, and of the passages taken out of it."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from evidence.values.facts import clean_address
from intake.errors import IntakeError
from intake.showing import shown
from intake.text import clean_name, clean_text

KINDS = (
    "link",
    "quotation",
    "note",
    "digest",
    "paper",
    "news",
    "interview",
    "reader comment",
    "dataset",
)
PASSAGE_KINDS = ("quotation", "point", "observation", "opinion", "forecast", "footnote")
TITLE = 300
NAME = 200
ADDRESS = 500
REFERENCE = 200
HEADING = 500
MARK = 20
CONTEXT = 64
TAG = 60
TAG_SLUG = 80
TEXT = 200_000
NOTES = 50_000
PASSAGE = 20_000
MOST_AUTHORS = 50
MOST_TAGS = 40
MOST_PASSAGES = 2_000
_PARTIAL_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ItemInvalid(ValueError):
    """Each field that cannot stand, with the sentence that says why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True)
class PassageFacts:
    """`exact` with `prefix` and `suffix` finds it in the text of `source`, the key of another
    item, or in the text of its own item where that is empty."""

    kind: str
    text: str
    heading: str = ""
    mark: str = ""
    comment: str = ""
    source: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class ItemFacts:
    """`published` is a year, a month or a day, as far as it is known."""

    kind: str
    title: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    accessed_on: date | None = None
    via: str = ""
    via_url: str = ""
    licence: str = ""
    notes: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    passages: tuple[PassageFacts, ...] = ()


# What Markdown sets before a heading, a quotation or a point of a list.
_MARKS = re.compile(r"^(?:#{1,6}(?=\s)|>|[-*+](?=\s)|\s)+")


def name_of(title: str, text: str, url: str) -> str:
    """The title; without one the first line of the text, or the address."""
    if title:
        return title
    lines = (_MARKS.sub("", line).strip("* ") for line in text.splitlines())
    words = (
        next((line for line in lines if any(map(str.isalnum, line))), "")
        or text.strip().partition("\n")[0]
        or url
    )
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"


def usual_kind(url: str) -> str:
    """Of an item whose kind nobody named."""
    return "link" if url.strip() else "note"


def item_json(facts: ItemFacts) -> dict[str, Any]:
    """The facts as JSON, for the log and for comparing two states."""
    said: dict[str, Any] = {field.name: getattr(facts, field.name) for field in fields(facts)}
    said["accessed_on"] = facts.accessed_on and facts.accessed_on.isoformat()
    said["authors"], said["tags"] = list(facts.authors), list(facts.tags)
    said["passages"] = [
        {field.name: getattr(passage, field.name) for field in fields(passage)}
        for passage in facts.passages
    ]
    return said


def item_from_json(said: Mapping[str, Any]) -> ItemFacts:
    """The facts that `item_json` spelt."""
    day, known = said["accessed_on"], {field.name for field in fields(PassageFacts)}
    return ItemFacts(
        **{field.name: said[field.name] for field in fields(ItemFacts)}
        | {
            "accessed_on": date.fromisoformat(day) if day else None,
            "authors": tuple(said["authors"]),
            "tags": tuple(said["tags"]),
            "passages": tuple(
                PassageFacts(**{name: one[name] for name in known & set(one)})
                for one in said["passages"]
            ),
        }
    )


def check_item(facts: ItemFacts) -> ItemFacts:
    """The facts with clean texts; ItemInvalid names every field that cannot stand."""
    faults: dict[str, str] = {}
    clean: dict[str, Any] = {}
    for name, check in _CHECKS.items():
        try:
            clean[name] = check(getattr(facts, name))
        except IntakeError as error:
            faults[name] = error.message
    clean["passages"] = _passages(facts.passages, faults)
    if not faults and not (clean["title"] or clean["url"] or clean["text"]):
        faults["title"] = "Give a title, an address or a text; one of them is enough."
    if faults:
        raise ItemInvalid(faults)
    return replace(facts, **clean)


def tag_slug(name: str) -> str:
    """The same for names that differ in case, accents' spelling or spaces alone."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    plain = folded.replace(" ", "-")
    if _PLAIN.fullmatch(plain):
        return plain
    letters = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40]
    return f"{letters}_{hashlib.sha256(folded.encode()).hexdigest()[:10]}"


def clean_tag(value: object) -> str:
    name = clean_name(value, field="The tag", max_length=TAG).removeprefix("#").strip()
    if not name or "," in name:
        raise IntakeError(f"The tag is {shown(value)}; a tag is a word or a few, without a comma.")
    return name


def clean_tags(values: Iterable[object]) -> tuple[str, ...]:
    """The names without repeats, each in its first spelling."""
    names = [clean_tag(value) for value in values]
    if len(names) > MOST_TAGS:
        raise IntakeError(f"There are {len(names)} tags; an item has at most {MOST_TAGS}.")
    return tuple({tag_slug(name): name for name in reversed(names)}.values())[::-1]


def clean_partial_day(value: object) -> str:
    text = clean_text(value, multiline=False, field="The date of publication", max_length=10)
    if not text:
        return ""
    found = _PARTIAL_DAY.fullmatch(text) if text.isascii() else None
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        date(year, month, day)
    except ValueError:
        raise IntakeError(
            f"The date of publication is {shown(text)}; write a year, a month or a day, such as"
            " 2023, 2023-05 or 2023-05-04."
        ) from None
    return text


def _one_of(values: tuple[str, ...], field: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in values:
            raise IntakeError(f"{field} is {shown(value)}; choose {', '.join(values)}.")
        return str(value)

    return check


def _line(field: str, length: int) -> Callable[[Any], str]:
    return lambda value: clean_text(value, multiline=False, field=field, max_length=length)


def _lines(field: str, length: int) -> Callable[[Any], str]:
    return lambda value: clean_text(value, multiline=True, field=field, max_length=length)


def _authors(values: Any) -> tuple[str, ...]:
    names = tuple(clean_name(one, field="An author", max_length=NAME) for one in values)
    if len(names) > MOST_AUTHORS:
        raise IntakeError(f"There are {len(names)} authors; an item names at most {MOST_AUTHORS}.")
    return names


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "kind": _one_of(KINDS, "The kind"),
    "title": _line("The title", TITLE),
    "url": lambda value: clean_address(value, "The address"),
    "authors": _authors,
    "publisher": _line("The publisher", NAME),
    "published": clean_partial_day,
    "via": _line("Via", NAME),
    "via_url": lambda value: clean_address(value, "The address of via"),
    "licence": _line("The licence", NAME),
    "notes": _lines("The notes", NOTES),
    "text": _lines("The text", TEXT),
    "tags": clean_tags,
}
_PASSAGE_CHECKS: dict[str, Callable[[Any], Any]] = {
    "kind": _one_of(PASSAGE_KINDS, "The kind of passage"),
    "text": _lines("The passage", PASSAGE),
    "heading": _line("The heading", HEADING),
    "mark": _line("The mark", MARK),
    "comment": _lines("The comment", PASSAGE),
    "source": _line("The source", TAG_SLUG),
    "exact": _lines("The quoted words", PASSAGE),
    "prefix": lambda value: _context(value, "The words before"),
    "suffix": lambda value: _context(value, "The words after"),
}


def _context(value: Any, field: str) -> str:
    # What stands around a quotation keeps its blanks: they tell where it begins.
    clean_text(value, multiline=True, field=field, max_length=CONTEXT)
    return str(value)


def _passages(
    passages: tuple[PassageFacts, ...], faults: dict[str, str]
) -> tuple[PassageFacts, ...]:
    if len(passages) > MOST_PASSAGES:
        faults["passages"] = (
            f"There are {len(passages):,} passages; an item has at most {MOST_PASSAGES:,}."
        )
        return ()
    return tuple(_passage(passage, place, faults) for place, passage in enumerate(passages))


def _passage(passage: PassageFacts, place: int, faults: dict[str, str]) -> PassageFacts:
    clean: dict[str, Any] = {}
    for name, check in _PASSAGE_CHECKS.items():
        try:
            clean[name] = check(getattr(passage, name))
        except IntakeError as error:
            faults[f"passages.{place}.{name}"] = f"Passage {place + 1}: {error.message}"
    if clean.get("text") == "":
        faults[f"passages.{place}.text"] = f"Passage {place + 1} has no words; fill it in."
    return replace(passage, **clean)
