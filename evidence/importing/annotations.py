"""Annotations of the web: the model of the W3C, and the JSON of Hypothesis."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.importing.brought import (
    BroughtItem,
    OddRow,
    list_of,
    reference_of,
    refuse_many,
    refuse_strange,
    spelt,
    unknown,
)
from evidence.values.item import CONTEXT, ItemFacts, PassageFacts
from evidence.values.reference import plain_address
from intake.strict_json import loads
from record.canonical import digest

QUOTE = "TextQuoteSelector"
_KNOWN = frozenset(
    {
        *("id", "created", "updated", "modified", "user", "uri", "text", "tags", "target"),
        *("document", "body", "creator", "type", "@context", "motivation"),
        # Of Hypothesis itself: whose group, who may see it, what it answers.
        *("group", "permissions", "references", "links", "hidden", "flagged", "user_info"),
    }
)
# Any object of JSON-LD may have the others.
_OWN = frozenset({"uri", "text", "tags", "target", "document", "body"})
_ADDRESSES = ("id", "@id", "url")


@dataclass(frozen=True)
class _Annotation:
    """`uri` is empty where no page is named; it is known again by `name` then."""

    uri: str
    name: str
    title: str
    passages: tuple[PassageFacts, ...]
    words: str
    tags: tuple[str, ...]
    left: tuple[str, ...]


def read_annotations(text: str) -> list[BroughtItem]:
    """One item for each address, with what was marked in it as quotations; what an annotation
    says oddly stands in the notes. IntakeError for what is no JSON, or no list of annotations."""
    rows = _rows(loads(text))
    refuse_many(len(rows), "annotations")
    refuse_strange((row for _, row in rows), _OWN, "annotations")
    found: dict[str, list[tuple[str, _Annotation]]] = {}
    for pointer, row in rows:
        one = _annotation(row)
        found.setdefault(one.name, []).append((pointer, one))
    return [_item(group) for group in found.values()]


def _rows(value: object) -> list[tuple[str, object]]:
    """A list, one annotation, or the list inside a page of answers."""
    if isinstance(value, dict):
        for name in ("rows", "items", "annotations"):
            if isinstance(value.get(name), list):
                return [(f"/{name}/{place}", row) for place, row in enumerate(value[name])]
        return [("", value)]
    return [(f"/{place}", row) for place, row in enumerate(list_of(value, "The file"))]


def _annotation(value: object) -> _Annotation:
    row = OddRow(value)
    targets = list(_targets(row))
    uri = row.text("uri") or next((source for source, _ in targets if source), "")
    quotes = [found for _, found in targets if found]
    tags = [row.plain(tag, f"tags {place + 1}") for place, tag in enumerate(row.listed("tags"))]
    words = row.text("text")
    body_tags, body_words = _bodies(row)
    said = [part for part in (words, *body_words) if part]
    comment = "\n\n".join([*said, *_writers(row)])
    title = _title(row)
    name = plain_address(uri) if uri else ""
    if not uri:
        row.left.append("uri: none is given, so it is known again by all that it says")
        name = f"no page: {digest(spelt(value).encode())}"
    return _Annotation(
        uri=uri,
        name=name,
        title=title,
        # Of several quotations the first one carries what was said of them.
        passages=tuple(
            _passage(quote, "" if place else comment) for place, quote in enumerate(quotes)
        ),
        words="" if quotes else comment,
        tags=tuple(dict.fromkeys([*filter(None, tags), *body_tags])),
        left=(*row.left, *unknown(row.said, _KNOWN)),
    )


def _writers(row: OddRow) -> list[str]:
    """Who wrote it: the user of Hypothesis, or the creators of the W3C's model."""
    user = row.text("user")
    creators = [one if isinstance(one, str) else spelt(one) for one in row.listed("creator")]
    lines = [*([f"user: {user}"] if user else []), *(f"creator: {one}" for one in creators)]
    return ["\n".join(lines)] if lines else []


def _targets(row: OddRow) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """The page of each target, and the words quoted from it."""
    for place, entry in enumerate(row.listed("target")):
        where = f"target {place + 1}"
        if isinstance(entry, str):
            yield entry.strip(), None
        elif isinstance(entry, dict):
            own = {name: entry[name] for name in _ADDRESSES if name in entry}
            page = _page(row, entry.get("source", own), f"{where}, source")
            yield page, _quote(row, entry.get("selector"), where)
            row.leave_others(where, entry, {"source", "selector", "type", *_ADDRESSES})
        else:
            row.leave(where, entry)


def _page(row: OddRow, source: object, where: str) -> str:
    """A page as its address, or as an object that has one."""
    if not isinstance(source, dict):
        return row.plain(source, where)
    named = (name for name in _ADDRESSES if isinstance(source.get(name), str))
    key = next((name for name in named if source[name].strip()), "")
    if not key:
        row.leave(where, source)
        return ""
    row.leave_others(where, source, {key, "type"})
    return str(source[key]).strip()


def _quote(row: OddRow, value: object, where: str) -> Mapping[str, str] | None:
    """The first quotation among the selectors and what refines them; another one is left."""
    found: Mapping[str, str] | None = None
    for selector in _selectors(value):
        if isinstance(selector, dict) and selector.get("type") != QUOTE:
            continue
        said = selector if isinstance(selector, dict) else {}
        parts = {name: said.get(name) or "" for name in ("exact", "prefix", "suffix")}
        words = {name: part for name, part in parts.items() if isinstance(part, str)}
        if found is None and len(words) == len(parts) and words["exact"].strip():
            found = words
        elif found != words:
            row.leave(f"{where}, selector", selector)
    return found


def _selectors(value: object) -> Iterator[object]:
    """Each selector, and behind it those that refine it."""
    for entry in value if isinstance(value, list) else () if value is None else (value,):
        yield entry
        if isinstance(entry, dict):
            yield from _selectors(entry.get("refinedBy"))


def _passage(quote: Mapping[str, str], comment: str) -> PassageFacts:
    return PassageFacts(
        kind="quotation",
        text=quote["exact"].strip(),
        comment=comment,
        exact=quote["exact"].strip(),
        prefix=quote["prefix"][-CONTEXT:],
        suffix=quote["suffix"][:CONTEXT],
    )


def _title(row: OddRow) -> str:
    document = row.said.get("document")
    if not isinstance(document, dict):
        row.leave("document", document)
        return ""
    title = document.get("title")
    first = title[0] if isinstance(title, list) and title else title
    return row.plain(first or None, "document, title")


def _bodies(row: OddRow) -> tuple[list[str], list[str]]:
    """Tags and words out of the bodies that the W3C's model has."""
    tags: list[str] = []
    words: list[str] = []
    for place, body in enumerate(row.listed("body")):
        if isinstance(body, str):
            words.append(body)
        elif isinstance(body, dict):
            said = row.text_in(body, "value", f"body {place + 1}, value")
            known = {"type", "value", "purpose", "format", "language"}
            row.leave_others(f"body {place + 1}", body, known if said else {"type", "value"})
            (tags if body.get("purpose") == "tagging" else words).append(said)
        else:
            row.leave(f"body {place + 1}", body)
    return [tag for tag in tags if tag], [word for word in words if word]


def _item(group: list[tuple[str, _Annotation]]) -> BroughtItem:
    annotations = [one for _, one in group]
    first = annotations[0]
    found = {passage: pointer for pointer, one in reversed(group) for passage in one.passages}
    passages = _unique(passage for one in annotations for passage in one.passages)
    notes = [one.words for one in annotations if one.words]
    left = tuple(dict.fromkeys(line for one in annotations for line in one.left))
    is_address = first.uri.casefold().startswith(("http://", "https://"))
    address = "" if is_address else first.uri
    if left:
        notes.append("\n".join(f"- {line}" for line in left))
    return BroughtItem(
        place=_place([pointer for pointer, _ in group]),
        reference=reference_of("annotation", first.name),
        facts=ItemFacts(
            kind="quotation" if passages else "link",
            title=next((one.title for one in annotations if one.title), ""),
            url=first.uri if is_address else "",
            tags=tuple(dict.fromkeys(tag for one in annotations for tag in one.tags)),
            notes="\n\n".join(filter(None, [address, *notes])),
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
