"""Files of words beside the pages: licence, citation, dictionary, and what crawlers read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from publishing.export.datasets import Dataset
from publishing.export.dictionary import COLUMNS
from publishing.export.frame import LICENCE, LICENCE_NAME, LICENCE_URL, Edition
from publishing.export.json_ld import ABOUT, KEYWORDS

DEMONSTRATION = (
    "Demonstration: these cards are the project's own examples. Judge the method by them, not the"
    " technologies.\n\n"
)


@dataclass(frozen=True)
class Notice:
    path: str
    text: str

    @property
    def content(self) -> bytes:
        return self.text.encode()


def notices(
    edition: Edition, pages: Sequence[str], datasets: Sequence[Dataset]
) -> tuple[Notice, ...]:
    """All of them; `pages` are the files that a crawler is told of."""
    return (
        Notice("LICENSE-DATA", _licence(edition)),
        Notice("CITATION.cff", _citation(edition)),
        Notice("robots.txt", _robots(edition)),
        Notice("sitemap.xml", _sitemap(edition, pages)),
        Notice("data/README.md", _readme(edition, datasets)),
    )


def _licence(edition: Edition) -> str:
    return f"""\
Data and texts of this map: {edition.publisher}.
State of the record: {edition.state.words}.

They are licensed under {LICENCE_NAME} ({LICENCE}).
The licence in full: {LICENCE_URL}legalcode

You may copy, change and pass them on, for money too, if you name the source, link to the licence
and say what you changed.

Name the source so: {edition.citation}

The figures in data/observations.csv and data/indicators.json are the work of those who measured
them, each under the licence that stands beside it. They are passed on as they were published.

The faces in assets/ are under the SIL Open Font License 1.1, which lies beside them.
"""


def _citation(edition: Edition) -> str:
    """CITATION.cff 1.2.0; a JSON string is a YAML string too."""
    said = json.dumps
    lines = [
        "cff-version: 1.2.0",
        f"message: {said('Cite the data by the state of the record that you used.')}",
        "type: dataset",
        f"title: {said(edition.title)}",
        f"abstract: {said(ABOUT)}",
        f"authors:\n  - name: {said(edition.publisher, ensure_ascii=False)}",
        f"version: {said(f'change {edition.state.seq}')}",
        f"date-released: {edition.state.day.isoformat()}",
        f"license: {LICENCE}",
        "keywords:",
        *(f"  - {said(word)}" for word in KEYWORDS),
    ]
    if edition.base_url:
        lines.append(f"url: {said(edition.base_url)}")
    return "\n".join(lines) + "\n"


def _robots(edition: Edition) -> str:
    """A sitemap is named by its whole address or not at all."""
    sitemap = edition.absolute("sitemap.xml")
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {sitemap}\n" if sitemap else "")


def _sitemap(edition: Edition, pages: Sequence[str]) -> str:
    """Whole addresses where it is known where the map will lie, else those within it."""
    entries = "".join(
        f"<url><loc>{escape(edition.absolute(page) or page)}</loc></url>\n" for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    )


def _readme(edition: Edition, datasets: Sequence[Dataset]) -> str:
    strip = DEMONSTRATION if edition.state.is_demonstration else ""
    subjects = "\n".join(_subject(dataset) for dataset in datasets)
    return f"""\
# {edition.title}: the data

{strip}State of the record: {edition.state.words}. By {edition.publisher}, under {LICENCE_NAME}
({LICENCE_URL}).

Cite as: {edition.citation}

The tables (.csv) are UTF-8 with a comma between cells and a head line; an empty cell is a value
that nobody gave. Missing is not zero. The files of JSON hold the same records with everything that
a table cannot: reasons, links, the run that ranked. `change` in them is the number of the last
public change that they contain. Levels are an order, 1 < 2 < 3 < 4 < 5, and for impact 5+ above 5;
do not average them.

{subjects}"""


def _subject(dataset: Dataset) -> str:
    rows = "".join(f"| `{name}` | {words} |\n" for name, words in COLUMNS[dataset.name].items())
    files = ", ".join(f"{dataset.name}.{kind}" for kind in dataset.kinds)
    return f"""\
## {files}

{dataset.words} {len(dataset.rows)} rows.

| column | meaning |
|---|---|
{rows}"""
