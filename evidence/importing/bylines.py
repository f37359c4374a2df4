"""Lines that say of a text who wrote it, where it stands, when it appeared, how it is tagged."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence.importing.marks import (
    addresses_in,
    bare_addresses_in,
    date_in,
    hashtags,
    is_date,
    is_hashtags,
    split_tags,
    words_in,
)
from evidence.importing.reading import TextLine

_NAMED = {
    "authors": r"authors?|written by|by",
    "published": r"published(?: on)?|date|posted(?: on)?|dated",
    "publisher": r"publisher|publication|site|published (?:by|in)",
    "url": r"source|url|link|address|original(?:ly)?(?: (?:at|from|post|published at))?",
    "via": r"via|hat tip|h/t|found (?:at|via|through)|shared by|recommended by|thanks to",
    "licence": r"licen[cs]e",
    "tags": r"tags?|topics?|keywords|labels|categories|filed under",
}
_KEYED = tuple(
    (place, re.compile(rf"(?:{pattern})\s*[:：]\s*(?P<value>\S.*)", re.IGNORECASE))
    for place, pattern in _NAMED.items()
)
_BY = re.compile(r"(?:written\s+|posted\s+|words\s+)?by\s+(?P<value>[^.!?:;]{2,80})", re.IGNORECASE)
_SHARED = re.compile(
    r"\(?(?P<how>shared by|via|h/t|hat tip(?: to)?|found (?:at|via|through)|recommended by)\s+"
    r"(?P<value>[^.!?;]{2,120}?)[\s·|.)]*",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r".{0,30}(?:summar(?:y|i[sz]ed?)|digest(?:ed)?|generated|powered)\s+(?:by|with)\s+"
    r"(?P<value>[^.!?:;]{2,60})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)\s|copyright\b|licensed under\b|cc[ -]by\b).{0,200}", re.IGNORECASE
)
_TAGGED = re.compile(
    r"(?:[\w’' ]{0,40}\b)?(?:tagged(?: (?:as|with|in))?|tags|filed under|topics|keywords)\b\s*:?\s*"
    r"(?P<value>\S.*)",
    re.IGNORECASE,
)
_ABOUT_SOURCE = re.compile(
    r"\b(?:curated|taken|excerpted|adapted|quoted|copied|originally|source|original|full)\b",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?:read|see|view|open|go to)\b.{0,30}\b(?:full|whole|original|complete)\b", re.IGNORECASE
)
_SEPARATORS = re.compile(r"\s+[|·•—–]\s+|\s+-\s+")
_LONGEST_LINE = 400
_LONGEST_TITLE = 1_000


@dataclass(frozen=True)
class Said:
    """`start` and `end` count from the beginning of the line."""

    place: str
    value: tuple[str, ...]
    why: str
    is_sure: bool = True
    start: int = 0
    end: int = 0


def said_in(line: TextLine) -> Said | None:
    """What the line says of the text, if that is all it does."""
    text = line.text
    if len(text) > _LONGEST_LINE and not is_hashtags(text):
        return None
    for read in _READERS:
        said = read(text)
        if said:
            return Said(
                said.place, said.value, f"{line.name.capitalize()}: {said.why}", said.is_sure
            )
    return None


def _hashtags(text: str) -> Said | None:
    if not is_hashtags(text):
        return None
    return Said("tags", hashtags(text), "words behind # are tags.")


def _keyed(text: str) -> Said | None:
    for place, pattern in _KEYED:
        match = pattern.fullmatch(text)
        if match:
            value = match["value"].strip()
            return _of(
                place, value, f"it names its value, “{text[: match.start('value')].strip()}”."
            )
    return None


def _of(place: str, value: str, why: str) -> Said | None:
    found = addresses_in(value) or bare_addresses_in(value)
    if place == "tags":
        return Said("tags", hashtags(value) if "#" in value else split_tags(value), why)
    if place == "published":
        return Said("published", (date_in(value),), why) if date_in(value) else None
    if place in {"url", "via"} and found:
        is_whole = found[0].text.casefold().endswith(value.casefold())
        return Said("via_url" if place == "via" else "url", (found[0].text,), why, is_whole)
    if place == "url":
        return None
    if place == "authors":
        return Said("authors", names_in(value), why)
    return Said(place, (value[:200].strip(),), why)


def _tagged(text: str) -> Said | None:
    match = _TAGGED.fullmatch(text)
    if not match or "," not in match["value"] or words_in(match["value"]) > 120:
        return None
    tags = split_tags(match["value"])
    if any(words_in(tag) > 5 for tag in tags):
        return None
    return Said("tags", tags, "a list with commas behind a word for tags.")


def _by(text: str) -> Said | None:
    parts = [part for part in _SEPARATORS.split(text) if part]
    match = _BY.fullmatch(parts[0]) if parts else None
    if not match or words_in(match["value"]) > 8 or len(parts) > 3:
        return None
    if any(not is_date(part) for part in parts[1:]):
        return None
    return Said("authors", names_in(match["value"]), "it begins with “by”.")


def _shared(text: str) -> Said | None:
    match = _SHARED.fullmatch(text)
    if not match or words_in(match["value"]) > 10:
        return None
    found = addresses_in(match["value"]) or bare_addresses_in(match["value"])
    why = f"it names who passed it on, “{match['how']}”."
    if found:
        return Said("via_url", (found[0].text,), why)
    return Said("via", (match["value"].strip(),), why)


def _made_by(text: str) -> Said | None:
    match = _MADE_BY.fullmatch(text)
    if not match or words_in(text) > 10:
        return None
    return Said(
        "publisher", (match["value"].strip(),), "it names who made the digest.", is_sure=False
    )


def _rights(text: str) -> Said | None:
    if not _RIGHTS.fullmatch(text):
        return None
    return Said("licence", (text[:200].strip(),), "it speaks of rights.", is_sure=False)


def _source(text: str) -> Said | None:
    written = addresses_in(text)
    found = written or bare_addresses_in(text)
    if len(found) != 1 or not _ABOUT_SOURCE.search(text) or words_in(text) > 20:
        return None
    way = "" if written else " It is written without https://, which was put before it."
    return Said("url", (found[0].text,), f"it names the address of the source.{way}", bool(written))


def _date(text: str) -> Said | None:
    return Said("published", (date_in(text),), "it is a date.") if is_date(text) else None


def _full(text: str) -> Said | None:
    if words_in(text) > 8 or addresses_in(text) or not _FULL.match(text):
        return None
    return Said("furniture", (), "a link of the page it came from.")


_READERS: Sequence[Callable[[str], Said | None]] = (
    _hashtags, _keyed, _tagged, _by, _shared, _made_by, _rights, _source, _date, _full
)  # fmt: skip


def names_in(text: str) -> tuple[str, ...]:
    """The people named, apart from a title or a date behind a mark."""
    names = re.split(r"\s*(?:,|;|&|\band\b)\s*", text.strip(" .,·|"))
    return tuple(dict.fromkeys(name for name in names if name and not is_date(name)))


def said_in_title(line: TextLine) -> list[Said]:
    """A page's title with author, date and site behind marks, taken apart.

    The parts cover the line; the first one is the title.
    """
    text = line.text
    short = text if len(text) <= _LONGEST_TITLE else ""
    cuts = [match.start() for match in re.finditer(r"\s+[|·]\s+", short)]
    if not cuts:
        return [Said("title", (text.strip("# "),), _first(line), end=len(text))]
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        words = text[start:end].strip(" |·\t")
        found.append(_part(words, line, start, end, is_first=start == 0))
    return found


def _part(words: str, line: TextLine, start: int, end: int, *, is_first: bool) -> Said:
    where = line.name.capitalize()
    match = _BY.fullmatch(words)
    if is_first:
        return Said("title", (words.lstrip("# "),), _first(line), start=start, end=end)
    if match:
        why = f"{where}: “by” behind the title."
        return Said("authors", names_in(match["value"]), why, start=start, end=end)
    if is_date(words):
        why = f"{where}: a date behind the title."
        return Said("published", (date_in(words),), why, start=start, end=end)
    why = f"{where}: behind the title, as pages name their site."
    return Said("publisher", (words,), why, is_sure=False, start=start, end=end)


def _first(line: TextLine) -> str:
    return f"{line.name.capitalize()} looks like a title."
