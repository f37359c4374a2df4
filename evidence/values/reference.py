"""How one thing is known again: the same address however it is spelt, the same text."""

from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from evidence.values.item import REFERENCE
from record.canonical import digest

_PORTS = {"http": 80, "https": 443}
# What tells a publisher where a reader came from, and nothing of what is read.
_TRACKERS = frozenset(
    {
        "dclid",
        "fbclid",
        "gclid",
        "gbraid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "twclid",
        "wbraid",
        "yclid",
        "_hsenc",
        "_hsmi",
    }
)
_KEPT = "/:@!$&'()*+,;=~-._%"


def url_reference(address: str) -> str:
    """Of an address; where it is too long to keep, of its digest."""
    plain = f"url:{plain_address(address)}"
    return plain if len(plain) <= REFERENCE else f"url:{digest(plain.encode())}"


def text_reference(text: str) -> str:
    return f"text:{digest(text.encode())}"


def bare_address(address: str) -> str:
    """The same with and without its scheme, www, fragment and last stroke."""
    bare = address.strip().split("://", 1)[-1].removeprefix("www.").partition("#")[0].rstrip("/")
    return bare.casefold()


def plain_address(address: str) -> str:
    """Scheme and host in small letters, without the usual port, the fragment and trackers."""
    try:
        parts = urlsplit(address.strip())
        host = _host(parts)
    except ValueError:
        return address.strip()
    path = quote(parts.path or "/", safe=_KEPT)
    return urlunsplit((parts.scheme.lower(), host, path, _query(parts.query), ""))


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    is_usual = parts.port is None or parts.port == _PORTS.get(parts.scheme.lower())
    return name if is_usual else f"{name}:{parts.port}"


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _is_tracker(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _is_tracker(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in _TRACKERS
