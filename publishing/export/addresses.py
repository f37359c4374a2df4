"""Where a page of the site lies in the export: every address of the export is made here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

INDEX = "index.html"
# Pages of the site by where they lie; the list of technologies is the table of the map.
PAGES = {
    "/": INDEX,
    "/technologies/": f"{INDEX}#table",
    "/method/": f"method/{INDEX}",
    "/data/": f"data/{INDEX}",
}
LISTS = ("/ranking/", "/changes/", "/predictions/")
TECHNOLOGY = re.compile(r"/technologies/([-\w]+)/")
PREDICTION = re.compile(r"/predictions/([-\w]+)/")
# What the map of the export filters by, in the hash that its script reads.
FILTERS = ("q", "domain", "impact", "certainty", "rating", "window")
LINK = re.compile(r' (href|src)="([^"]*)"')
SCHEMES = frozenset({"http", "https", "mailto", "data"})


@dataclass(frozen=True)
class Addresses:
    """`pages` are how many each list has; `files` are the other files of the export by the
    address that templates use; `keys` are those of predictions."""

    slugs: frozenset[str]
    keys: frozenset[str]
    pages: Mapping[str, int]
    files: Mapping[str, str]
    _known: dict[tuple[str, int], str | None] = field(default_factory=dict)

    def place(self, address: str) -> str | None:
        """The file of the export, with its fragment, or None where the export has no such page."""
        parts = urlsplit(address)
        found = self._file(parts.path, parts.query)
        if found is None:
            return None
        path, _, own = found.partition("#")
        fragment = parts.fragment or own
        if path == INDEX and parts.query:
            asked = [pair for pair in parts.query.split("&") if pair.split("=")[0] in FILTERS]
            fragment = "&".join(asked) or fragment
        return f"{path}#{fragment}" if fragment else path

    def _file(self, path: str, query: str) -> str | None:
        if path in self.files:
            return self.files[path]
        if path in PAGES:
            return PAGES[path]
        if path in LISTS:
            return self._listed(path, query)
        technology, prediction = TECHNOLOGY.fullmatch(path), PREDICTION.fullmatch(path)
        if technology and technology[1] in self.slugs:
            return f"t/{technology[1]}/{INDEX}"
        if prediction and prediction[1] in self.keys:
            return f"predictions/{prediction[1]}/{INDEX}"
        return None

    def _listed(self, path: str, query: str) -> str | None:
        """The page of a list that the last number of the query asks for: the pager puts the one
        that changes last."""
        numbers = [value for _, value in parse_qsl(query) if value.isdecimal()]
        number = int(numbers[-1]) if numbers else 1
        if not 1 <= number <= self.pages[path]:
            return None
        return f"{path[1:]}{INDEX}" if number == 1 else f"{path[1:]}{number}/{INDEX}"

    def rewritten(self, html: str, *, site_path: str, path: str) -> str:
        """The page of the site at `site_path` with every address as it is from `path`; a link
        to what is not in the export is a link no more."""

        def replaced(found: re.Match[str]) -> str:
            address = self.relative(unescape(found[2]), site_path=site_path, path=path)
            return "" if address is None else f' {found[1]}="{escape(address)}"'

        return LINK.sub(replaced, html)

    def relative(self, address: str, *, site_path: str, path: str) -> str | None:
        """The address as it is from `path`, or None where the export has nothing like it."""
        if not address.startswith("/"):
            return self._relative(address, site_path, path)
        # The same addresses come back on every page.
        key = address, path.count("/")
        if key not in self._known:
            self._known[key] = self._relative(address, site_path, path)
        return self._known[key]

    def _relative(self, address: str, site_path: str, path: str) -> str | None:
        if address.startswith("#"):
            return address
        if address in self.files:
            return from_page(self.files[address], path)
        if address.startswith("//"):
            return f"https:{address}"
        try:
            scheme = urlsplit(address).scheme
            if scheme:
                return address if scheme in SCHEMES else None
            found = self.place(urljoin(site_path, address))
        except ValueError:  # What somebody typed need not be an address.
            return None
        return found and from_page(found, path)


def from_page(target: str, path: str) -> str:
    """The relative address of one file of the export from another."""
    return "../" * path.count("/") + target
