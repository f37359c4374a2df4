import hashlib
import json


def canonical_json(value: object) -> str:
    """The one spelling of a JSON value: sorted keys, no spaces, text unescaped.

    Raises TypeError for what JSON has no word for (keys that are not text included) and
    ValueError for numbers that are not finite.
    """
    _refuse_keys_that_are_not_text(value)
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(text: str | bytes) -> str:
    """The SHA-256 of the bytes, or of the text in UTF-8, in hexadecimal."""
    data = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()


def _refuse_keys_that_are_not_text(value: object) -> None:
    # json.dumps writes the keys 1 and "1" alike, so two values would share one spelling.
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"A JSON key must be text; {key!r} is {type(key).__name__}.")
            _refuse_keys_that_are_not_text(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_keys_that_are_not_text(item)
