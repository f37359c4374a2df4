"""Annotations of the web: the model of the W3C, and the JSON of Hypothesis."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.importing.brought import (
    BroughtItem,
    list_of,
    object_of,
    reference_of,
    refuse_many,
    text_of,
    unknown,
)
from evidence.values.item import CONTEXT, ItemFacts, PassageFacts
from evidence.values.reference import plain_address
from intake.errors import IntakeError
from intake.strict_json import loads

QUOTE = "TextQuoteSelector"
_KNOWN = frozenset(
    {
        *("id", "created", "updated", "modified", "user", "uri", "text", "tags", "target"),
        *("document", "body", "creator", "type", "@context", "motivation"),
        # Of Hypothesis itself: whose group, who may see it, what it answers.
        *("group", "permissions", "references", "links", "hidden", "flagged", "user_info"),
    }
)


@dataclass(frozen=True)
class _Annotation:
    uri: str
    title: str
    passages: tuple[PassageFacts, ...]
    words: str
    tags: tuple[str, ...]
    left: tuple[str, ...]


def read_annotations(text: str) -> list[BroughtItem]:
    """One item for each address, with what was marked in it as quotations."""
    value = loads(text)
    rows = _rows(value)
    refuse_many(len(rows), "annotations")
    found: dict[str, list[tuple[str, _Annotation]]] = {}
    for pointer, row in rows:
        one = _annotation(object_of(row, pointer), pointer)
        found.setdefault(plain_address(one.uri), []).append((pointer, one))
    return [_item(group) for group in found.values()]


def _rows(value: object) -> list[tuple[str, object]]:
    """A list, one annotation, or the list inside a page of answers."""
    if isinstance(value, dict):
        for name in ("rows", "items", "annotations"):
            if isinstance(value.get(name), list):
                return [(f"/{name}/{place}", row) for place, row in enumerate(value[name])]
        return [("", value)]
    return [(f"/{place}", row) for place, row in enumerate(list_of(value, "The file"))]


def _annotation(row: Mapping[str, object], pointer: str) -> _Annotation:
    targets = _targets(row, pointer)
    uri = text_of(row.get("uri"), f"{pointer}/uri")
    uri = uri or next((source for source, _ in targets if source), "")
    if not uri:
        raise IntakeError(
            f"{pointer or 'The annotation'} names no page: give uri, or target with a source."
        )
    quotes = [found for _, found in targets if found]
    words = _comment(row, pointer)
    tags = [
        text_of(tag, f"{pointer}/tags/{place}")
        for place, tag in enumerate(list_of(row.get("tags"), f"{pointer}/tags"))
    ]
    body_tags, body_words = _bodies(row, pointer)
    comment = "\n\n".join(part for part in (words, *body_words) if part)
    return _Annotation(
        uri=uri,
        title=_title(row, pointer),
        # Of several quotations the first one carries what was said of them.
        passages=tuple(
            _passage(quote, "" if place else comment) for place, quote in enumerate(quotes)
        ),
        words="" if quotes else comment,
        tags=tuple(dict.fromkeys([*filter(None, tags), *body_tags])),
        left=unknown(row, _KNOWN),
    )


def _comment(row: Mapping[str, object], pointer: str) -> str:
    return text_of(row.get("text"), f"{pointer}/text")


def _targets(row: Mapping[str, object], pointer: str) -> list[tuple[str, Mapping[str, str] | None]]:
    value = row.get("target")
    listed = value if isinstance(value, list) else [] if value is None else [value]
    found: list[tuple[str, Mapping[str, str] | None]] = []
    for place, entry in enumerate(listed):
        where = f"{pointer}/target/{place}" if isinstance(value, list) else f"{pointer}/target"
        if isinstance(entry, str):
            found.append((entry, None))
            continue
        target = object_of(entry, where)
        source = text_of(target.get("source"), f"{where}/source")
        found.append((source, _quote(target.get("selector"), f"{where}/selector")))
    return found


def _quote(value: object, pointer: str) -> Mapping[str, str] | None:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    for place, entry in enumerate(listed):
        where = f"{pointer}/{place}" if isinstance(value, list) else pointer
        selector = object_of(entry, where)
        if selector.get("type") != QUOTE:
            continue
        exact = _verbatim(selector, "exact", where)
        if not exact.strip():
            raise IntakeError(f"{where}/exact is empty; a {QUOTE} quotes at least one word.")
        parts = {name: _verbatim(selector, name, where) for name in ("prefix", "suffix")}
        return {"exact": exact} | parts
    return None


def _verbatim(selector: Mapping[str, object], name: str, pointer: str) -> str:
    """The words with their blanks: they tell where a quotation begins."""
    value = selector.get(name)
    text_of(value, f"{pointer}/{name}")
    return str(value or "")


def _passage(quote: Mapping[str, str], comment: str) -> PassageFacts:
    return PassageFacts(
        kind="quotation",
        text=quote["exact"].strip(),
        comment=comment,
        exact=quote["exact"].strip(),
        prefix=quote["prefix"][-CONTEXT:],
        suffix=quote["suffix"][:CONTEXT],
    )


def _title(row: Mapping[str, object], pointer: str) -> str:
    document = row.get("document")
    if document is None:
        return ""
    title = object_of(document, f"{pointer}/document").get("title")
    first = title[0] if isinstance(title, list) and title else title
    return "" if isinstance(first, list) else text_of(first, f"{pointer}/document/title")


def _bodies(row: Mapping[str, object], pointer: str) -> tuple[list[str], list[str]]:
    """Tags and words out of the bodies that the W3C's model has."""
    value = row.get("body")
    listed = value if isinstance(value, list) else [] if value is None else [value]
    tags: list[str] = []
    words: list[str] = []
    for place, entry in enumerate(listed):
        where = f"{pointer}/body/{place}" if isinstance(value, list) else f"{pointer}/body"
        if isinstance(entry, str):
            words.append(entry)
            continue
        body = object_of(entry, where)
        said = text_of(body.get("value"), f"{where}/value")
        (tags if body.get("purpose") == "tagging" else words).append(said)
    return [tag for tag in tags if tag], [word for word in words if word]


def _item(group: list[tuple[str, _Annotation]]) -> BroughtItem:
    annotations = [one for _, one in group]
    first = annotations[0]
    found = {passage: pointer for pointer, one in reversed(group) for passage in one.passages}
    passages = _unique(passage for one in annotations for passage in one.passages)
    notes = [one.words for one in annotations if one.words]
    left = tuple(dict.fromkeys(line for one in annotations for line in one.left))
    if left:
        notes.append("\n".join(f"- {line}" for line in left))
    return BroughtItem(
        place=_place([pointer for pointer, _ in group]),
        reference=reference_of("annotation", plain_address(first.uri)),
        facts=ItemFacts(
            kind="quotation" if passages else "link",
            title=next((one.title for one in annotations if one.title), ""),
            url=first.uri if first.uri.casefold().startswith(("http://", "https://")) else "",
            tags=tuple(dict.fromkeys(tag for one in annotations for tag in one.tags)),
            notes="\n\n".join(notes if first.uri.startswith("http") else [first.uri, *notes]),
            passages=tuple(passages),
        ),
        left=left,
        places=tuple(found[passage] or "the annotation" for passage in passages),
    )


def _place(pointers: list[str]) -> str:
    named = pointers[0] or "the annotation"
    return named if len(pointers) == 1 else f"{named} and {len(pointers) - 1} more"


def _unique(passages: Iterable[PassageFacts]) -> list[PassageFacts]:
    return list(dict.fromkeys(passages))
