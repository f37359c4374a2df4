"""JSON from strangers: bounded before it is decoded, checked once it is."""

import json
import math
import re
from collections.abc import Iterator
from typing import NoReturn

from intake.errors import IntakeError
from intake.showing import shown

MAX_BYTES = 5_000_000
MAX_DEPTH = 60
MAX_DIGITS = 20
MAX_NUMBER_CHARACTERS = 40

# The closing quote is optional and the loops never give back, so that a text that is not
# JSON is scanned once from end to end, whatever it holds.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_LITERAL = re.compile(r'"(?:[^"\\]++|\\.)*+"?|-?[0-9A-Za-z][0-9A-Za-z.+-]*+', re.DOTALL)
_HIDDEN = re.compile("[\x00\ud800-\udfff]")
_MAY_HIDE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])|[\ud800-\udfff]")
_BYTE_ORDER_MARK = "\ufeff"


def loads(data: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> object:
    """The decoded value: dict, list, str, int, finite float, bool or None.

    Raises IntakeError for more than max_bytes, for what is not UTF-8 or not JSON, for NaN,
    Infinity, numbers beyond a float and integers of more than 20 digits, for nesting beyond
    max_depth, for a key given twice, and for NUL or a lone surrogate in any string.
    """
    text = _decoded(data, max_bytes)
    _refuse_depth(text, max_depth)
    try:
        value: object = json.loads(
            text,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise _not_json(error) from None
    except _Refused as refused:
        raise IntakeError(f"{_place_of(refused.literal, text)}{refused.words}") from None
    # Walking five megabytes to name a place is slow; only an escape can have hidden anything.
    if _MAY_HIDE.search(text):
        for place, string in _strings(value, ""):
            _refuse_hidden(place, string)
    return value


def _decoded(data: bytes | str, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise _too_big(len(data), max_bytes)
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise IntakeError(
                f"This is not UTF-8: byte {error.start} is 0x{data[error.start]:02X}."
                " Save the file as UTF-8 and send it again."
            ) from None
    else:
        text = data
        size = len(data.encode("utf-8", "surrogatepass"))
        if size > max_bytes:
            raise _too_big(size, max_bytes)
    return text.removeprefix(_BYTE_ORDER_MARK)


def _too_big(size: int, max_bytes: int) -> IntakeError:
    return IntakeError(
        f"This has {size:,} bytes; at most {max_bytes:,} are read. Split it and send the parts."
    )


def _refuse_depth(text: str, max_depth: int) -> None:
    # The decoder calls itself once a level, so depth has to be known before it starts.
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()[0]
        if mark in "[{":
            depth += 1
            if depth > max_depth:
                raise IntakeError(
                    f"This nests lists and objects more than {max_depth} deep, at character"
                    f" {token.start() + 1}. Flatten it."
                )
        elif mark in "]}":
            depth -= 1


def _not_json(error: json.JSONDecodeError) -> IntakeError:
    where = f"line {error.lineno}, column {error.colno}"
    if error.msg.startswith("Invalid control character"):
        return IntakeError(
            f"A text holds a control character at {where}. Take it out, or write a line break"
            " inside a text as \\n."
        )
    return IntakeError(
        f"This is not JSON: {where} cannot be read. Check the quotes, commas and brackets there."
    )


class _Refused(Exception):
    """A number that is none; the decoder does not say where it stood."""

    def __init__(self, literal: str, words: str) -> None:
        super().__init__(words)
        self.literal, self.words = literal, words


def _place_of(literal: str, text: str) -> str:
    """Line and column of the first such number outside of a text."""
    for found in _LITERAL.finditer(text):
        if found.group() == literal:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            return f"Line {line}, column {column}: "
    return ""


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise _Refused(
            digits,
            f"The number that begins {digits[:12]} has {len(digits.lstrip('-')):,} digits;"
            f" at most {MAX_DIGITS} are read. Give a number of that size or smaller.",
        )
    return int(digits)


def _float(digits: str) -> float:
    if len(digits) > MAX_NUMBER_CHARACTERS:
        raise _Refused(
            digits,
            f"The number that begins {digits[:12]} is {len(digits):,} characters long; at most"
            f" {MAX_NUMBER_CHARACTERS} are read. Round it.",
        )
    number = float(digits)
    if not math.isfinite(number):
        words = f"The number {digits} is too large to be kept. Give a finite number."
        raise _Refused(digits, words)
    return number


def _constant(name: str) -> NoReturn:
    raise _Refused(name, f"{name} is not a number in JSON. Give a finite number, or null.")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise IntakeError(f"The key {shown(key)} stands twice in one object. Keep one of them.")
        found[key] = value
    return found


def _strings(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _strings(item, f"{place}[{position}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            inside = f"{place}.{key}" if place else key
            yield f"the key {shown(key)}", key
            yield from _strings(item, inside)


def _refuse_hidden(place: str, string: str) -> None:
    found = _HIDDEN.search(string)
    if found is None:
        return
    what = "a NUL character" if found.group() == "\x00" else "half a character, a lone surrogate"
    where = place if place.startswith("the key ") else shown(place) if place else "the text"
    raise IntakeError(
        f"There is {what} (U+{ord(found.group()):04X}) in {where}. Take it out and send it again."
    )
