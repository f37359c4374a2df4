"""The public map: every file of it, from one state of the record, into a folder."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Template
from django.template.loader import get_template

from publishing.data import Record
from publishing.export.addresses import INDEX, Addresses
from publishing.export.assets import Asset, assets
from publishing.export.bundle import Bundle, Written
from publishing.export.datasets import Dataset, datasets
from publishing.export.frame import LICENCE_URL, POLICY, Edition
from publishing.export.json_ld import Files
from publishing.export.notices import notices
from publishing.export.pages import (
    CHANGES_A_PAGE,
    PICTURE,
    PREDICTIONS_A_PAGE,
    RANKS_A_PAGE,
    ExportPage,
    PageMaker,
)
from publishing.export.pictures import map_picture, printable, technology_picture
from publishing.export.state import ExportState, export_state
from publishing.pages.outlook import outlook_lines
from publishing.pages.prediction.chances import has_chances
from publishing.pages.predictions import entries_of
from publishing.pages.technology.page import TechnologyPage, crowd_of

FRAME = "publishing/export_base.html"
NOTICES = ("LICENSE-DATA", "CITATION.cff", "robots.txt", "sitemap.xml", "data/README.md")

INDENT = re.compile(r"\s*\n\s*")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Exported:
    files: int
    size: int
    words: str


def export_map(
    target: Path, *, publisher: str, base_url: str, progress: Progress | None = None
) -> Exported:
    """Writes the whole map into `target`, or leaves it as it was."""
    bundle = Bundle(target)
    try:
        edition = Edition(publisher, base_url, export_state())
        for done, total in _Export(edition, bundle).steps():
            if progress:
                progress(done, total)
        state = edition.state
        bundle.finish(
            {"change": state.seq, "as_of": state.day.isoformat()}
            | {"is_demonstration": state.is_demonstration}
        )
    finally:
        bundle.abandon()
    size = sum(row.size for row in bundle.files)
    return Exported(len(bundle.files), size, edition.state.words)


class _Export:
    """One export on its way."""

    def __init__(self, edition: Edition, bundle: Bundle) -> None:
        self.edition, self.bundle = edition, bundle
        self._assets: list[Asset] = assets()
        self._datasets = datasets(edition)
        self._templates: dict[str, Template] = {}
        self.addresses = addresses_of(edition.state, self._assets, self._datasets)

    def steps(self) -> Iterator[tuple[int, int]]:
        """Pages of technologies done, of how many."""
        for asset in self._assets:
            self.bundle.add(asset.path, asset.content)
        maker = self._maker(self._data())
        paths = []
        for page in maker.common_pages():
            paths.append(self._write(page))
            if page.path == INDEX:
                self.bundle.add(PICTURE, self._map_picture(page.page.headline))
        total = len(self.edition.state.published.leads)
        for done, (page, record) in enumerate(maker.technology_pages(), 1):
            paths.append(self._write(page))
            self.bundle.add(f"t/{record['slug']}/{PICTURE}", self._portrait(page.page, record))
            yield done, total
        for page in maker.prediction_pages():
            paths.append(self._write(page))
            for address, table in page.page.files:
                self.bundle.add(address.lstrip("/"), table.csv.encode())
        for notice in notices(self.edition, paths, self._datasets):
            self.bundle.add(notice.path, notice.content)

    def _data(self) -> list[Written]:
        return [
            self.bundle.add(f"data/{dataset.name}.{kind}", content)
            for dataset in self._datasets
            for kind, content in dataset.contents.items()
        ]

    def _maker(self, data: list[Written]) -> PageMaker:
        return PageMaker(self.edition, Files(self.edition, data), self._datasets, self.addresses)

    def _write(self, page: ExportPage) -> str:
        html = self._template(page.template).render(Context(self._context(page)))
        own = self.addresses.rewritten(closer(html), site_path=page.site_path, path=page.path)
        self.bundle.add(page.path, own.encode())
        return page.path

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = get_template(name).template  # type: ignore[attr-defined]
        return self._templates[name]

    def _context(self, page: ExportPage) -> dict[str, object]:
        return {
            "frame": FRAME,
            "is_export": True,
            "page": page.page,
            "beside": page.beside,
            "head": page.head,
            "edition": self.edition,
            "policy": POLICY,
            "licence_url": LICENCE_URL,
            "demonstration": self.edition.state.is_demonstration,
        }

    def _portrait(self, page: TechnologyPage, record: Record) -> bytes:
        scores = [
            (row.score.level, row.score.level_to, row.score.printed or row.score.unscored_reason)
            for row in page.scores
        ]
        timing = f"open since {page.opened}" if page.opened else page.timing.window.printed
        return technology_picture(
            printable(page.name) or page.slug,
            [printable(page.field.name), _standing_words(record)],
            [*scores, ("", "", timing)],
            self.edition.state.words,
            is_demonstration=self.edition.state.is_demonstration,
        )

    def _map_picture(self, headline: str) -> bytes:
        state = self.edition.state
        return map_picture(
            printable(headline),
            crowd_of(state.published),
            state.words,
            is_demonstration=state.is_demonstration,
        )


def closer(html: str) -> str:
    """The page without the indents of its templates; one that holds set lines stays as it is."""
    return html if "<pre" in html else INDENT.sub("\n", html)


def addresses_of(state: ExportState, files: list[Asset], found: tuple[Dataset, ...]) -> Addresses:
    """Where every page and file of the export of this state lies."""
    data = [f"data/{dataset.name}.{kind}" for dataset in found for kind in dataset.kinds]
    plain = {f"/{path}": path for path in (*data, *NOTICES, "manifest.json")}
    predicted = entries_of(state.published, state.predictions)
    longest = max(len(predicted), len(outlook_lines(state.published)))
    ranked = state.published.ranking.ranked if state.published.ranking else ()
    return Addresses(
        slugs=frozenset(card.slug for card in state.published.leads),
        keys=frozenset(facts.record.key for facts in state.foretold),
        pages={
            "/ranking/": _pages(len(ranked), RANKS_A_PAGE),
            "/changes/": _pages(len(state.changes), CHANGES_A_PAGE),
            "/predictions/": _pages(longest, PREDICTIONS_A_PAGE),
        },
        files=plain | _figures(state) | {asset.address: asset.path for asset in files},
    )


def _figures(state: ExportState) -> dict[str, str]:
    """The files beside the charts of predictions."""
    drawn = [facts.record.key for facts in state.foretold if facts.series and facts.series.times]
    moved = [facts.record.key for facts in state.foretold if has_chances(facts)]
    paths = [f"predictions/{key}/figures.csv" for key in drawn]
    paths += [f"predictions/{key}/chances.csv" for key in moved]
    return {f"/{path}": path for path in paths}


def _pages(rows: int, rows_a_page: int) -> int:
    return max(1, -(-rows // rows_a_page))


def _standing_words(record: Record) -> str:
    ranking = record["ranking"]
    if not ranking:
        return "Not ranked yet"
    if not ranking["is_ranked"]:
        return "Listed, not ranked"
    return (
        f"Band {ranking['band']}, expected rank {ranking['expected_rank']:.1f},"
        f" 90 of 100 draws {ranking['rank_low']} to {ranking['rank_high']}"
    )
