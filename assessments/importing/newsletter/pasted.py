"""An issue that was pasted as HTML, as the text that a reader of the page sees."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "figcaption", "figure", "footer", "form", "head", "header", "html", "main"),
        *("nav", "ol", "p", "pre", "section", "script", "style", "table", "title", "ul"),
    )
)
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_BOLD = {"b", "strong"}
_CELLS = {"td", "th"}
_TAG = re.compile(r"</(?:p|h[1-6]|div|li|ul|ol|td|tr|table|blockquote|body)\s*>", re.IGNORECASE)
_FEWEST, _LONGEST_ROW = 3, 4_000
_FEWEST_BARRED, _MOSTLY = 8, 0.7


def text_of(pasted: str) -> str:
    """The text as it is, or, where it is HTML, its words with the marks of headings, lists,
    tables, quotations and links in place of the tags. No word of it is left out."""
    pasted = pasted.replace("\r\n", "\n")
    if len(_TAG.findall(pasted)) < _FEWEST:
        return _unbarred(pasted)
    page = _Page()
    page.feed(pasted)
    page.close()
    return page.text()


def _unbarred(pasted: str) -> str:
    """A mail that was forwarded as a quotation, without the bar before each of its lines."""
    lines = [line for line in pasted.split("\n") if line.strip()]
    barred = [line for line in lines if line.startswith(">")]
    if len(barred) < max(_FEWEST_BARRED, _MOSTLY * len(lines)):
        return pasted
    return re.sub(r"(?m)^>[ \t]?", "", pasted)


class _Page(HTMLParser):
    """What the tags say of the lines between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._hrefs: list[str] = []
        self._row: list[int] = []

    def text(self) -> str:
        lines = "".join(self._parts).split("\n")
        spaced = [re.sub(r"[ \t]+", " ", line).strip() for line in lines]
        # The cells of a table that only lays out the page hold no word of their own.
        bare = "\n".join("" if line == "|" else line for line in spaced)
        return re.sub(r"\n{3,}", "\n\n", bare).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            # A table in a cell: the one around it only lays out the page.
            self._row = []
        if tag in _HEADINGS:
            self._parts.append(f"\n\n{'#' * _HEADINGS[tag]} ")
        elif tag in _BLOCKS or tag in {"br", "hr"}:
            self._parts.append("\n> " if tag == "blockquote" else "\n")
        elif tag == "li":
            self._parts.append("\n- ")
        elif tag == "tr":
            self._end_row()
            self._parts.append("\n")
        elif tag in _CELLS:
            self._row.append(len(self._parts))
            self._parts.append(" | ")
        elif tag in _BOLD:
            self._parts.append("**")
        elif tag == "a":
            href = told.get("href") or ""
            self._hrefs.append(href)
            self._parts.append("[" if href else "")
        elif tag == "img":
            self._parts.append(" ".join(told.get(key) or "" for key in ("alt", "src")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BOLD:
            self._parts.append("**")
        elif tag == "a" and self._hrefs:
            href = self._hrefs.pop()
            self._parts.append(f"]({href})" if href else "")
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            if tag == "table":
                self._end_row()
            self._parts.append("\n")
        elif tag == "tr":
            self._end_row()

    def _end_row(self) -> None:
        """The paragraphs of the cells of a row stand on its one line."""
        if len(self._row) > 1:
            cells = "".join(self._parts[self._row[0] :])
            if len(cells) <= _LONGEST_ROW and "\n\n#" not in cells:
                del self._parts[self._row[0] :]
                self._parts.append(re.sub(r"\s*\n\s*", " ", cells.rstrip()))
        self._row = []

    def handle_data(self, data: str) -> None:
        is_code = self.cdata_elem is not None
        self._parts.append(data if is_code else re.sub(r"\s*\n\s*", " ", data))

    def handle_comment(self, data: str) -> None:
        self._parts.append(f"\n{data}\n")

    def handle_decl(self, decl: str) -> None:
        self._parts.append(f"\n{decl}\n")

    def unknown_decl(self, data: str) -> None:
        self._parts.append(f"\n{data}\n")

    def handle_pi(self, data: str) -> None:
        self._parts.append(f"\n{data}\n")
