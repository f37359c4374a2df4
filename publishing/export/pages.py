"""The pages of the export: those of the site by the builders of the site, each with its head."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from publishing.data import Record
from publishing.explanations import Explained, reasons_of_all, steadiness_of
from publishing.export.addresses import INDEX, Addresses, from_page
from publishing.export.data_page import data_page
from publishing.export.datasets import Dataset
from publishing.export.finder import finder_of
from publishing.export.frame import Download, Edition, Head, described, navigation_at, script_json
from publishing.export.json_ld import Files, dataset_json_ld, technology_json_ld
from publishing.lens_standings import lens_standings
from publishing.pages.changes import change_list_page
from publishing.pages.map import map_page
from publishing.pages.method import method_page
from publishing.pages.prediction.page import prediction_page
from publishing.pages.predictions import PredictionWanted, prediction_list_page
from publishing.pages.ranking import ranking_page
from publishing.pages.technology.page import TechnologyPage, technology_page

CHANGES_A_PAGE = 200
RANKS_A_PAGE = 60
PREDICTIONS_A_PAGE = 60
PICTURE = "og.png"
MAP_PICTURE_WORDS = "Every technology by its impact and the year in which its market may open"


@dataclass(frozen=True)
class ExportPage:
    """`site_path` is where the site has the same page; `page` is what its template shows, and
    `beside` what the export adds to it."""

    path: str
    site_path: str
    template: str
    page: Any
    head: Head
    beside: Any = None


@dataclass(frozen=True)
class PageMaker:
    """Builds every page of one edition."""

    edition: Edition
    files: Files
    datasets: Sequence[Dataset]
    addresses: Addresses

    def common_pages(self) -> Iterator[ExportPage]:
        """All but those of the technologies."""
        yield self._map()
        yield from self._ranking()
        yield from self._predictions()
        yield self._method()
        yield from self._changes()
        yield self._data()

    def technology_pages(self) -> Iterator[tuple[ExportPage, Record]]:
        """Each with the record that its figures are checked against."""
        state = self.edition.state
        reasons = reasons_of_all(state.published.ranking)
        steadiness = steadiness_of(state.published.ranking)
        for record in self.datasets[0].document["technologies"]:
            slug = record["slug"]
            publications = state.publications.get(slug, [])
            why = Explained(reasons, lens_standings(slug), steadiness.get(slug))
            said = [one for one in state.challenges if one.slug == slug]
            page = technology_page(
                slug, state.published, publications, why, state.predictions, said
            )
            if page is not None:
                yield self._technology(page, record), record

    def prediction_pages(self) -> Iterator[ExportPage]:
        """Of those that are kept in parts; what a card words stands on the list alone."""
        for facts in self.edition.state.foretold:
            page, key = prediction_page(facts), facts.record.key
            path, site_path = f"predictions/{key}/{INDEX}", f"/predictions/{key}/"
            head = self._head(
                path,
                site_path,
                title=f"{page.headline} ({key})",
                description=page.description,
                downloads=_downloads("predictions"),
                kind="article",
            )
            yield ExportPage(path, site_path, "publishing/prediction_detail.html", page, head)

    def _map(self) -> ExportPage:
        page = map_page(self.edition.state.published)
        finder = finder_of(self.edition.state.published, self.addresses)
        head = self._head(
            INDEX,
            "/",
            title=self.edition.title,
            description=f"{page.headline} {''.join(page.lede)}",
            json_ld=dataset_json_ld(self.files, page=INDEX),
            downloads=_downloads("technologies"),
        )
        return ExportPage(INDEX, "/", "publishing/export_map.html", page, head, finder)

    def _ranking(self) -> Iterator[ExportPage]:
        for number in range(1, self.addresses.pages["/ranking/"] + 1):
            record = self.edition.state.published
            page = ranking_page(record, str(number), rows_a_page=RANKS_A_PAGE)
            path = numbered("ranking", number)
            head = self._head(
                path,
                "/ranking/",
                title=_numbered("Ranking of technologies with honest bands", number),
                description=f"{page.headline} {''.join(page.lede)}",
                downloads=_downloads("ranking"),
            )
            site_path = f"/ranking/?page={number}"
            yield ExportPage(path, site_path, "publishing/ranking_detail.html", page, head)

    def _predictions(self) -> Iterator[ExportPage]:
        published, number, last = self.edition.state.published, 1, 1
        while number <= last:
            wanted = PredictionWanted(str(number), str(number), PREDICTIONS_A_PAGE)
            found = self.edition.state.predictions
            page = prediction_list_page(published, wanted, found=found)
            last = max(page.predictions.paginator.num_pages, page.outlook.paginator.num_pages)
            path = numbered("predictions", number)
            head = self._head(
                path,
                "/predictions/",
                title=_numbered("Predictions and outlook to 2030", number),
                description=f"{page.headline} {''.join(page.lede)}",
                downloads=_downloads("predictions"),
            )
            template = "publishing/prediction_list.html"
            site_path = f"/predictions/?page={number}"
            yield ExportPage(path, site_path, template, page, head)
            number += 1

    def _method(self) -> ExportPage:
        path = f"method/{INDEX}"
        head = self._head(
            path,
            "/method/",
            title="How the numbers are made",
            description="The scale in its own words, and how levels become a ranking with bands"
            " and an outlook without claiming more than the cards know.",
        )
        page = method_page(self.edition.state.published)
        return ExportPage(path, "/method/", "publishing/method_detail.html", page, head)

    def _changes(self) -> Iterator[ExportPage]:
        state = self.edition.state
        paginator = Paginator(state.changes, CHANGES_A_PAGE)
        for listing in paginator:
            page = change_list_page(listing, state.published, state.standing)
            path = numbered("changes", listing.number)
            head = self._head(
                path,
                "/changes/",
                title=_numbered("What changed, and why", listing.number),
                description="Every public change of the record with its number, its date and the"
                " reason that was given for it.",
            )
            site_path = f"/changes/?page={listing.number}"
            yield ExportPage(path, site_path, "publishing/change_list.html", page, head)

    def _data(self) -> ExportPage:
        path = f"data/{INDEX}"
        head = self._head(
            path,
            "/data/",
            title="The data, their licence, and how to cite them",
            description="Technologies, ranking and predictions as CSV and JSON under CC BY 4.0,"
            " with the meaning of every column and the words to cite them by.",
            json_ld=dataset_json_ld(self.files, page=path),
        )
        page = data_page(self.edition, self.datasets, self.files.written)
        return ExportPage(path, "/data/", "publishing/export_data.html", page, head)

    def _technology(self, page: TechnologyPage, record: Record) -> ExportPage:
        folder, site_path = f"t/{page.slug}", f"/technologies/{page.slug}/"
        path = f"{folder}/{INDEX}"
        head = self._head(
            path,
            site_path,
            title=page.name,
            description=page.card["summary"],
            picture=f"{folder}/{PICTURE}",
            picture_words=f"{page.name}: {scores_in_words(record)}",
            json_ld=technology_json_ld(record, self.files, page=path),
            downloads=_downloads("technologies"),
            kind="article",
        )
        return ExportPage(path, site_path, "publishing/technology_detail.html", page, head)

    def _head(self, path: str, site_path: str, *, title: str, **given: Any) -> Head:
        """What is not given is that of the map."""
        picture = given.pop("picture", PICTURE)
        stated = given.pop("json_ld", None) or self._page_json_ld(path, title)
        words = given.pop("picture_words", MAP_PICTURE_WORDS)
        return Head(
            title=title if title == self.edition.title else f"{title} · {self.edition.title}",
            description=described(given.pop("description")),
            canonical=self.edition.absolute(path),
            picture=self.edition.absolute(picture) or from_page(picture, path),
            picture_words=words,
            json_ld=script_json(stated),
            navigation=navigation_at(site_path),
            **given,
        )

    def _page_json_ld(self, path: str, title: str) -> dict[str, Any]:
        whole = {"@type": "Dataset", "name": self.edition.title}
        return {
            "@context": "https://schema.org/",
            "@type": "WebPage",
            "name": title,
            "url": self.files.url(path, path),
            "isPartOf": whole | {"url": self.files.url(INDEX, path)},
        }


def numbered(folder: str, number: int) -> str:
    """The file of one page of a list."""
    return f"{folder}/{INDEX}" if number == 1 else f"{folder}/{number}/{INDEX}"


def scores_in_words(record: Record) -> str:
    """Viability 4, drivers 3/4, timing 2027 to 2031."""
    parts = [
        f"{name} {score['display'] or score['unscored_reason']}"
        for name, score in record["scores"].items()
    ]
    return ", ".join(parts)


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title}, page {number}"


def _downloads(name: str) -> tuple[Download, ...]:
    return tuple(
        Download(f"{name.capitalize()} as {kind.upper()}", f"/data/{name}.{kind}")
        for kind in ("csv", "json")
    )
