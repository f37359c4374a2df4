"""What stands round every page of the export: who made it, what it may be used for, its head."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from publishing.export.state import ExportState

LICENCE = "CC-BY-4.0"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# Scripts of the page ask for nothing; connect-src lets a judge of the page read its robots.txt.
# Its quotes stay as they are: the attribute is in double ones.
POLICY = SafeString(
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self';"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
NAVIGATION = (
    ("Map", "/"),
    ("Ranking", "/ranking/"),
    ("Predictions", "/predictions/"),
    ("Method", "/method/"),
    ("Changes", "/changes/"),
    ("Data", "/data/"),
)
DESCRIPTION_LENGTH = 200


@dataclass(frozen=True)
class Edition:
    """Whose export it is and where it will lie; `base_url` is empty where that is open."""

    publisher: str
    base_url: str
    state: ExportState

    @property
    def title(self) -> str:
        return "Bellwether deep-tech map"

    @property
    def citation(self) -> str:
        """The sentence by which the export is cited."""
        where = f" {self.base_url}" if self.base_url else ""
        return (
            f"{self.publisher} ({self.state.day.year}). {self.title},"
            f" state of the record: {self.state.words}.{where} {LICENCE_NAME}."
        )

    @property
    def bibtex(self) -> str:
        day = self.state.day
        url = f"\n  url = {{{self.base_url}}}," if self.base_url else ""
        return (
            f"@misc{{bellwether-{self.state.seq},\n"
            f"  author = {{{{{self.publisher}}}}},\n"
            f"  title = {{{self.title}}},\n"
            f"  year = {{{day.year}}},\n"
            f"  month = {{{day.month}}},\n"
            f"  version = {{change {self.state.seq}}},{url}\n"
            f"  note = {{{LICENCE_NAME}}},\n}}"
        )

    def absolute(self, path: str) -> str:
        """The address of a file of the export, or nothing while that is open."""
        if not self.base_url:
            return ""
        return self.base_url + path.removesuffix("index.html")


@dataclass(frozen=True)
class NavEntry:
    words: str
    url: str
    current: str
    is_wide: bool


@dataclass(frozen=True)
class Download:
    words: str
    url: str


@dataclass(frozen=True)
class Head:
    """`picture` and `canonical` are addresses; `json_ld` is ready for its script element."""

    title: str
    description: str
    canonical: str
    picture: str
    picture_words: str
    json_ld: SafeString
    navigation: tuple[NavEntry, ...]
    downloads: tuple[Download, ...] = ()
    kind: str = "website"


def navigation_at(site_path: str) -> tuple[NavEntry, ...]:
    return tuple(
        NavEntry(words, url, _current(site_path, url), is_wide=place > 2)
        for place, (words, url) in enumerate(NAVIGATION)
    )


def _current(site_path: str, url: str) -> str:
    if site_path == url:
        return "page"
    is_within = url != "/" and site_path.startswith(url)
    return "true" if is_within or (url == "/" and site_path.startswith("/technologies/")) else ""


def described(words: str) -> str:
    """Words for a search engine: whole where they are short, else cut at a word."""
    flat = " ".join(words.split())
    if len(flat) <= DESCRIPTION_LENGTH:
        return flat
    return f"{flat[:DESCRIPTION_LENGTH].rpartition(' ')[0]} …"


def script_json(value: Mapping[str, Any]) -> SafeString:
    """JSON that no content can end the script element of."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return SafeString(text)
