"""Which readers there are, and which of them a text looks like it was written for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from evidence.importing.bylines import said_in
from evidence.importing.digest import digest_parts, read_digest
from evidence.importing.essay import essay_parts, read_essay
from evidence.importing.labels import label_of
from evidence.importing.link_blog import read_link_blog
from evidence.importing.marks import addresses_in, is_hashtags
from evidence.importing.paragraphs import paragraphs_of
from evidence.importing.reading import MOST_CHARACTERS, ReadText
from evidence.importing.resource import read_resource

# The beginning and the end of a long text show how it is built.
_LOOKED_AT = 40_000
_COLON = re.compile(r":\s*[\"'”’)]*$")
_SPEAKER = re.compile(r"\bI\b|\bmy\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reader:
    """`name` is what it reads, as it is called on the page."""

    key: str
    name: str
    read: Callable[[str], ReadText]
    weigh: Callable[[str], "Weight"]


@dataclass(frozen=True)
class Weight:
    """`points` from 0 to 100, and what was seen that speaks for the reader."""

    points: int
    why: str


@dataclass(frozen=True)
class Suggestion:
    key: str
    name: str
    points: int
    why: str


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _weigh_resource(text: str) -> Weight:
    lines = paragraphs_of(text)
    labels = [label_of(line, "notes", "related", "legal", "page") for line in lines]
    title = any(line.text == other.text for line, other in pairwise(lines[:7]))
    tags = any(said is not None and said.place in {"tags", "url"} for said in map(said_in, lines))
    seen = [
        (35, _counted(sum(map(bool, labels)), "label of a page", "labels of a page"), any(labels)),
        (25, "a label for notes", "notes" in labels),
        (20, "a title that stands twice", title),
        (15, "a line of tags or of its source", tags),
    ]
    return _weight(seen)


def _weigh_digest(text: str) -> Weight:
    sections, questions, points = digest_parts(text)
    seen = [
        (45, _counted(sections, "numbered section"), sections > 0),
        (30, _counted(questions, "question"), questions > 1),
        (15, _counted(points, "point"), points > 2 and questions > 1),
    ]
    return _weight(seen)


def _weigh_link_blog(text: str) -> Weight:
    lines = paragraphs_of(text)
    links = sum(len(addresses_in(line.text)) == 1 and len(line.text) < 200 for line in lines)
    colons = sum(bool(_COLON.search(line.text)) and len(line.text) > 20 for line in lines)
    tags = any(is_hashtags(line.text) for line in lines)
    quoted = sum(line.text.startswith((">", "“")) and len(line.text) > 80 for line in lines)
    seen = [
        (25, _counted(colons, "paragraph that ends in a colon", "paragraphs that end in a colon"),
         colons > 1),
        (25, _counted(links, "link that stands alone", "links that stand alone"), 0 < links < 5),
        (20, "a row of #tags", tags),
        (15, _counted(quoted, "quoted paragraph"), quoted > 0),
    ]  # fmt: skip
    return _weight(seen)


def _weigh_essay(text: str) -> Weight:
    headings, sentences, footnotes = essay_parts(text)
    speaks = len(_SPEAKER.findall(text)) > 3
    seen = [
        (40, _counted(headings, "marked heading"), headings > 1),
        (30, _counted(footnotes, "footnote"), footnotes > 0),
        (15, _counted(sentences, "paragraph"), sentences > 4),
        (10, "an author who says “I”", speaks),
    ]
    return _weight(seen)


def _weight(seen: list[tuple[int, str, bool]]) -> Weight:
    there = [(points, words) for points, words, is_there in seen if is_there]
    return Weight(sum(points for points, _ in there), ", ".join(words for _, words in there))


READERS: dict[str, Reader] = {
    reader.key: reader
    for reader in (
        Reader("resource", "a resource with notes and tags", read_resource, _weigh_resource),
        Reader("digest", "a digest of questions and answers", read_digest, _weigh_digest),
        Reader("link-blog", "quotations with commentary", read_link_blog, _weigh_link_blog),
        Reader("essay", "an essay of statements", read_essay, _weigh_essay),
    )
}


def suggest(text: str) -> list[Suggestion]:
    """Every reader, the likeliest first, with what speaks for it."""
    if len(text) > MOST_CHARACTERS:
        return []
    whole = len(text) <= _LOOKED_AT
    sample = text if whole else f"{text[: _LOOKED_AT // 2]}\n{text[-_LOOKED_AT // 2 :]}"
    weights = {reader.key: reader.weigh(sample) for reader in READERS.values()}
    ranked = sorted(READERS.values(), key=lambda reader: -weights[reader.key].points)
    return [
        Suggestion(reader.key, reader.name, weights[reader.key].points, weights[reader.key].why)
        for reader in ranked
    ]
