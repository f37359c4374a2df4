"""Values that nobody means, as bytes that stand in a form, an address or a header."""

from urllib.parse import quote

from django.test import Client

FORM = "application/x-www-form-urlencoded"
LONG = 100_000

# By name; percent-encoded, because some are no text in any encoding.
VALUES: dict[str, str] = {
    "NUL": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "not UTF-8": "%FF%FE",
    "bidi override": quote("abc\u202edef"),
    "control character": "a%08b",
    "line break": "a%0D%0Ab",
    "5,000 digits": "9" * 5_000,
    "beyond a float": "1e400",
    "not a number": "NaN",
    "infinity": "Infinity",
    "full-width digits": quote("２０３０"),
    "Arabic digits": quote("٢٠٣٠"),
    "underscores": "2_030",
    "100,000 characters": "x" * LONG,
    "markup": quote("<script>alert(1)</script>"),
    "nothing to see": quote("\u200b\u00a0"),
    "negative": "-1",
    "nothing": "",
}


def send(client: Client, address: str, parts: list[tuple[str, str]]) -> object:
    """Sends the fields as they are written here, already percent-encoded."""
    body = "&".join(f"{name}={value}" for name, value in parts)
    return client.generic("POST", address, body.encode(), content_type=FORM)
