"""Short lines by which pages name what stands below them, and what pages say of themselves."""

import re

from evidence.importing.marks import words_in
from evidence.importing.reading import TextLine

_HELP = re.compile(r"\s*\(\s*\?\s*\)\s*$|\s*[:›»>▾▼]\s*$")
_LABELS = {
    "notes": r"(?:(?:my|our|the|your)\s+)?(?:notes?|highlights|excerpts|annotations|comments?"
    r"|key points|takeaways|quotes?)",
    "related": r"(?:related(?:\s+\w+){0,2}|see also|further reading|read (?:next|more)"
    r"|more (?:like this|stuff i like)|you (?:may|might) also like|similar\s+\w+)",
    "abstract": r"(?:abstract|summary|overview|in short|tl;?dr|executive summary|synopsis)",
    "questions": r"(?:q\s*&\s*a|q\s*and\s*a|questions?(?:\s*(?:&|and)\s*answers?)?|faq)",
    "footnotes": r"(?:foot\s?notes?|end\s?notes?|notes|references)",
    "legal": r"(?:cookies?(?:\s+\w+){0,2}|privacy(?:\s+\w+){0,2}|terms(?:\s+\w+){0,3}|imprint)",
    "page": r"(?:curated\s+\w+|menu|share(?:\s+this)?|subscribe|sign (?:in|up)|log in|home"
    r"|search|contact|comments?|shared\s+\w+|bookmark|saved\s+\w+)",
}
_NAMED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _LABELS.items()}
_FURNITURE = re.compile(
    r"\bcookies?\b.{0,400}\b(?:browser|device|settings|consent|policy)\b"
    r"|\bprivacy policy\b|\ball rights reserved\b|^(?:skip|back|jump) to\b|^[←→↑↩«»‹›]"
    r"|^(?:subscribe|sign up|share this|log in|accept all)\b|\bunsubscribe\b",
    re.IGNORECASE | re.DOTALL,
)
_FURNITURE_END = re.compile(r"[←→↑↩»]")
_LEADING_SYMBOLS = re.compile(r"^[^\w\s\[(\"'“‘#•*>-]+\s*")
_LONGEST_LABEL = 5
# Longer ones are not looked through: a pattern that may begin anywhere is slow on them.
_LONGEST_LINE = 200


def label_of(line: TextLine, *names: str) -> str:
    """Which of those labels the line is; empty where it is none of them."""
    if len(line.text) > _LONGEST_LINE:
        return ""
    bare = _LEADING_SYMBOLS.sub("", _HELP.sub("", line.text)).strip()
    bare = bare.removesuffix(" #").strip("*_# ")
    if words_in(bare) > _LONGEST_LABEL:
        return ""
    return next((name for name in names if _NAMED[name].fullmatch(bare)), "")


def is_furniture(line: TextLine) -> bool:
    """What a page says of itself: cookies, rights, ways back."""
    return bool(_FURNITURE.search(line.text[:2000]) or _FURNITURE_END.search(line.text[-1:]))
