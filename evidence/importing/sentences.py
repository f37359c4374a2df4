"""Where the sentences of a paragraph begin and end."""

import re

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\[\^?\d{1,3}\]|\s?\d{1,2}(?!\d))?(?=\s+\S|\s*$)")
_BEGIN = re.compile(r"\s+[\"'“‘(\[]*(?:[A-Z0-9À-ÖØ-Þ]|[^\x00-\x7f])")
_SHORTENED = frozenset(
    [
        "e.g",
        "i.e",
        "ex",
        "etc",
        "vs",
        "cf",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "no",
        "fig",
        "eq",
        "approx",
        "ca",
        "al",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "u.s",
        "u.k",
    ]
)
_LAST_WORD = re.compile(r"[\w.]+$")


def sentences_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of text[start:end], one a sentence, free of blanks around them.

    Nothing is cut within brackets, behind an abbreviation or an initial.
    """
    part = text[start:end]
    depths = _depths(part)
    cuts = [
        match.end()
        for match in _END.finditer(part)
        if depths[match.end()] == 0 and _is_end(part, match)
    ]
    spans = []
    for first, last in zip([0, *cuts], [*cuts, len(part)], strict=True):
        bare = part[first:last].strip()
        if bare:
            begins = start + first + part[first:last].index(bare[0])
            spans.append((begins, begins + len(bare)))
    return spans


def _is_end(part: str, match: re.Match[str]) -> bool:
    if not _BEGIN.match(part, match.end()):
        return False
    if not match.group().startswith("."):
        return True
    word = _LAST_WORD.search(part[max(0, match.start() - 20) : match.start()])
    last = word.group().casefold() if word else ""
    return last not in _SHORTENED and not (len(last) == 1 and last.isalpha() and last != "i")


def _depths(part: str) -> list[int]:
    """How many brackets are open before each character; those never closed do not count."""
    opens: list[int] = []
    depths = [0] * (len(part) + 1)
    change = [0] * (len(part) + 1)
    for place, letter in enumerate(part):
        if letter in "([":
            opens.append(place)
        elif letter in ")]" and opens:
            change[opens.pop()] += 1
            change[place] -= 1
    depth = 0
    for place in range(len(part) + 1):
        depths[place] = depth
        depth += change[place]
    return depths
