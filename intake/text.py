"""Every string that enters passes here once: NFC, line feeds, and nothing invisible."""

import re
import unicodedata

from intake.errors import IntakeError
from intake.showing import kind_of

NAME_CHARACTERS = 120
TEXT_CHARACTERS = 50_000

# Unicode's property Bidi_Control: each can make a reader see another text than was stored.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# The 66 code points that XML, and so every feed, may not carry.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_REFUSED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}{_NONCHARACTERS}]")
_BREAKS = re.compile("[\n\u2028\u2029]")
_BLANK_RUNS = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})


def clean_text(
    value: object, *, multiline: bool, field: str, max_length: int = TEXT_CHARACTERS
) -> str:
    """The text in NFC with line feeds, free of outer white space; it may be empty.

    `field` begins the sentence of a refusal ("The summary"). Raises IntakeError for what is
    not text, for NUL and other control characters, bidirectional controls, lone surrogates
    and noncharacters, for line breaks where multiline is False, and past `max_length`.
    """
    if not isinstance(value, str):
        raise IntakeError(f"{field} must be text, not {kind_of(value)}.")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    # As it was sent: a description of the API can tell nothing of blanks that will be taken off.
    if len(text) > max_length:
        raise _too_long(field, len(text), max_length)
    _refuse_hidden(text, field)
    text = unicodedata.normalize("NFC", text).strip()
    if not multiline and _BREAKS.search(text):
        raise IntakeError(f"{field} must be on one line; take the line break out.")
    if len(text) > max_length:
        raise _too_long(field, len(text), max_length)
    return text


def clean_name(value: object, *, field: str, max_length: int = NAME_CHARACTERS) -> str:
    """One line with single spaces and at least one character that can be seen."""
    text = clean_text(value, multiline=False, field=field, max_length=max_length)
    text = _BLANK_RUNS.sub(" ", text)
    if all(unicodedata.category(character) in _INVISIBLE for character in text):
        raise IntakeError(f"{field} is empty; fill it in.")
    return text


def _refuse_hidden(text: str, field: str) -> None:
    found = _REFUSED.search(text)
    if found is None:
        return
    code = ord(found.group())
    where = f"{_kind_of_hidden(code)} (U+{code:04X}) at character {found.start() + 1}"
    raise IntakeError(f"{field} holds {where}; take it out.")


def _kind_of_hidden(code: int) -> str:
    if code == 0:
        return "a NUL character"
    if code < 0xA0:
        return "a control character"
    if 0xD800 <= code <= 0xDFFF:
        return "half a character, a lone surrogate"
    if code >= 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "a code that is not a character"
    return "a character that reverses the reading direction"


def _too_long(field: str, length: int, max_length: int) -> IntakeError:
    return IntakeError(
        f"{field} has {length:,} characters; at most {max_length:,} are kept. Shorten it."
    )
