"""Marks that people and pages put into plain text: bullets, numbers, addresses, tags, dates."""

import re
from dataclasses import dataclass
from datetime import date

from evidence.importing.reading import TextLine

BULLET = re.compile(r"[•◦▪‣●○·*–-]\s+(?=\S)")
NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}“”]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(
    r"(?<![\w@/.-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,12}/[^\s<>\"\\^`{|}“”]+", re.IGNORECASE
)
_AFTER_ADDRESS = ".,;:!?)]}’'…"
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(["sept", *(f"{name}|{name[:3]}" for name in _MONTHS)])
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d{2})"
# The fuller ones first: a month and a year stand in every date that has a day.
_DATES = (
    re.compile(rf"{_YEAR}-(?P<m>\d{{2}})(?:-(?P<d>\d{{2}}))?"),
    re.compile(rf"{_DAY}\s+(?P<n>{_MONTH})\.?,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<n>{_MONTH})\.?,?\s+(?:{_DAY},?\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(_YEAR),
)
_ENDS_SENTENCE = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_WHOLE_QUOTE = re.compile(r"[“\"«„](.+)[”\"»“]", re.DOTALL)
_HASHTAGS = re.compile(r"#[^\s#][^#\n]*")
_HASHTAG_WORDS = 5


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    text: str


def addresses_in(text: str, start: int = 0) -> list[Found]:
    """The web addresses of a line that begins at `start`, without the sentence's own marks."""
    found = []
    for match in ADDRESS.finditer(text):
        address = _without_marks(match.group())
        found.append(Found(start + match.start(), start + match.start() + len(address), address))
    return found


def bare_addresses_in(text: str, start: int = 0) -> list[Found]:
    """Those written without https://, with it put before them."""
    found = []
    for match in _BARE_ADDRESS.finditer(text):
        bare = _without_marks(match.group())
        begins = start + match.start()
        found.append(Found(begins, begins + len(bare), f"https://{bare}"))
    return found


def _without_marks(address: str) -> str:
    bare = address.rstrip(_AFTER_ADDRESS)
    # A bracket that was opened inside the address belongs to it.
    is_open = bare.count("(") > bare.count(")") and address[len(bare) :].startswith(")")
    return f"{bare})" if is_open else bare


def host_of(address: str) -> str:
    """Who stands behind the address, as one says it."""
    return address.partition("://")[2].partition("/")[0].casefold().removeprefix("www.")


def date_in(text: str) -> str:
    """The first date of the text as YYYY-MM-DD, or as much as it says; empty without one."""
    for pattern in _DATES:
        match = pattern.search(text)
        if match:
            return _spelt(match.groupdict())
    return ""


def is_date(text: str) -> bool:
    """Whether the text is a date and nothing else."""
    return any(pattern.fullmatch(text.strip(" .,")) for pattern in _DATES)


def _spelt(parts: dict[str, str | None]) -> str:
    year, day = int(parts["y"] or 0), int(parts.get("d") or 0)
    name = (parts.get("n") or "")[:3].casefold()
    short = [month[:3] for month in _MONTHS]
    month = short.index(name) + 1 if name else int(parts.get("m") or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return str(year)
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])


def ends_sentence(text: str) -> bool:
    return bool(_ENDS_SENTENCE.search(text))


def words_in(text: str) -> int:
    return len(text.split())


def is_short(line: TextLine, words: int = 12) -> bool:
    """Like a heading: few words, and no mark that ends a sentence."""
    return words_in(line.text) <= words and not ends_sentence(line.text)


def is_decoration(line: TextLine) -> bool:
    return not _WORD.search(line.text)


def quoted_whole(text: str) -> str:
    """The words between the quotation marks that enclose the whole text; empty without."""
    match = _WHOLE_QUOTE.fullmatch(text.strip())
    inside = match.group(1).strip() if match else ""
    return "" if re.search("[“«„]", inside) and "”" in inside else inside


def is_hashtags(text: str) -> bool:
    """Whether it is a row of #tags and nothing else."""
    tags = _HASHTAGS.findall(text)
    return (
        text.startswith("#")
        and len(tags) > 0
        and (len(tags) > 1 or words_in(text) <= _HASHTAG_WORDS)
        and all(words_in(tag) <= _HASHTAG_WORDS for tag in tags)
    )


def hashtags(text: str) -> tuple[str, ...]:
    return split_tags(text, "#")


def split_tags(text: str, mark: str = ",") -> tuple[str, ...]:
    """The names between the marks, each once."""
    parts = re.split("[,;]", text) if mark == "," else text.split(mark)
    names = (" ".join(part.split()).strip(" .·|;") for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))
