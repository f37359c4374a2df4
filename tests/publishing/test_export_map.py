"""The exported map as whoever downloads it finds it."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from pytest_django import DjangoDbBlocker

from benchmarks.installation import fill, finish_runs
from publishing.data import ranking_document, technology_records
from publishing.export.build import export_map
from publishing.export.dictionary import COLUMNS
from publishing.pages.published import Published
from publishing.selectors import published
from tests.assessments.factories import published as publish
from tests.assessments.factories import saved, score
from tests.databases import Template, connected_to
from tests.publishing.exported import Element, digests_of, elements, pages_of

BASE_URL = "https://map.example/deep-tech/"
TEXT = "[ranked](/ranking/), [run](/runs/1/), [there](//example.org/x), [draft](/technologies/no/)"
MARKUP = '</script><img src=x onerror="alert(1)">'
SECRET = "a doubt that nobody may read"


@dataclass(frozen=True)
class Export:
    folder: Path
    again: Path
    located: Path
    published: Published
    site: dict[str, str]

    def page(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def json(self, path: str) -> Any:
        return json.loads((self.folder / path).read_bytes())


@pytest.fixture(scope="module")
def export(
    template_database: Template,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Export:
    """One record exported, again after drafts were added, and with an address."""
    place = tmp_path_factory.mktemp("export")
    with django_db_blocker.unblock():
        name = template_database.copy("exported")
        with connected_to(name):
            fill(technologies=12, seed=1)
            first = publish(
                "hostile", text=TEXT, summary=MARKUP, impact=score("4", rationale=MARKUP)
            )
            finish_runs()
            made = published()
            export_map(place / "map", publisher="The house", base_url="")
            parent = first.revision.content_hash if first.revision else None
            saved("hostile", parent=parent, text=SECRET, reason=SECRET)
            saved("unseen", author="emil", summary=SECRET, text=SECRET)
            export_map(place / "again", publisher="The house", base_url="")
            export_map(place / "located", publisher="The house", base_url=BASE_URL)
            paths = ("/", "/ranking/", "/technologies/hostile/")
            site = {path: Client().get(path).content.decode() for path in paths}
        template_database.drop(name)
    return Export(place / "map", place / "again", place / "located", made, site)


def links(html: str) -> Iterator[tuple[Element, str]]:
    for element in elements(html):
        for name in ("href", "src"):
            if name in element.attributes:
                yield element, element.attributes[name]


def test_the_layout_is_the_one_of_the_contract(export: Export) -> None:
    slugs = [record["slug"] for record in technology_records(export.published)]
    wanted = {"index.html", "ranking/index.html", "predictions/index.html", "method/index.html"}
    wanted |= {"changes/index.html", "manifest.json", "LICENSE-DATA", "CITATION.cff"}
    wanted |= {"sitemap.xml", "robots.txt", "og.png", "data/README.md", "data/index.html"}
    names = ("technologies", "ranking", "predictions", "indicators", "scores")
    wanted |= {f"data/{name}.{kind}" for name in names for kind in ("csv", "json")}
    wanted |= {"data/observations.csv"}
    wanted |= {f"t/{slug}/{file}" for slug in slugs for file in ("index.html", "og.png")}
    found = set(digests_of(export.folder))
    assert len(slugs) == 13
    assert {path for path in found if not path.startswith("assets/")} == wanted


def test_the_same_state_gives_the_same_bytes_whatever_drafts_there_are(export: Export) -> None:
    assert digests_of(export.folder) == digests_of(export.again)


def test_the_manifest_names_what_lies_there_and_the_change_shown(export: Export) -> None:
    manifest = export.json("manifest.json")
    listed = {row["path"]: row["sha256"] for row in manifest["files"]}
    assert listed == {k: v for k, v in digests_of(export.folder).items() if k != "manifest.json"}
    assert manifest["change"] == export.published.seq
    assert f"change {manifest['change']}," in export.page("index.html")


def test_every_link_is_relative_and_leads_to_a_file_or_out(export: Export) -> None:
    files, out = set(digests_of(export.folder)), set()
    for path, html in pages_of(export.folder):
        names = {element.attributes.get("id") for element in elements(html)}
        for _, address in links(html):
            if re.match(r"https?:", address):
                out.add(address)
                continue
            assert not address.startswith(("/", "file:")), (path, address)
            target, _, fragment = address.partition("#")
            there = normpath(join(dirname(path), target)) if target else path
            assert there in files, (path, address)
            assert there.endswith("index.html") or "." in there or there == "LICENSE-DATA"
            if fragment and not target and "=" not in fragment:
                assert fragment in names, (path, address)
    assert {"https://example.org/x", "https://creativecommons.org/licenses/by/4.0/"} <= out


def classes_styled(style: str) -> set[str]:
    return set(re.findall(r"\.(-?[a-z][\w-]*)", re.sub(r'url\("[^"]*"\)', "", style)))


def test_the_stylesheet_keeps_what_the_pages_need(export: Export) -> None:
    (sheet,) = (export.folder / "assets").glob("app.*.css")
    kept = classes_styled(sheet.read_text("utf-8"))
    whole = classes_styled((settings.BASE_DIR / "static" / "css" / "app.css").read_text("utf-8"))
    used = {
        name
        for _, html in pages_of(export.folder)
        for element in elements(html)
        for name in element.attributes.get("class", "").split()
    }
    assert len(used & whole) > 80
    # A part that is alive on the site lies still in the export.
    assert used & whole - kept <= {"live"}


@pytest.mark.django_db
def test_long_lists_go_on_on_further_pages(tmp_path: Path) -> None:
    fill(technologies=70, seed=1)
    export_map(tmp_path / "map", publisher="The house", base_url="")
    found = published().ranking
    assert found
    ranked = {f"../{row.slug}" for row in found.ranked}
    shown: list[str] = []
    for path in ("ranking/index.html", "ranking/2/index.html"):
        html = (tmp_path / "map" / path).read_text("utf-8")
        rows = html.partition('id="table"')[2]
        shown += re.findall(r'<th scope="row"><a href="(?:\.\./)+t/([-\w]+)/index', rows)
    assert len(shown) == len(set(shown)) == len(ranked) > 50
    first = (tmp_path / "map" / "ranking" / "index.html").read_text("utf-8")
    assert 'href="../ranking/2/index.html"' in first
    assert (tmp_path / "map" / "predictions" / "2" / "index.html").is_file()


def test_only_what_people_typed_lost_its_link(export: Export) -> None:
    bare = {
        (path, element.text)
        for path, html in pages_of(export.folder)
        for element in elements(html)
        if element.name == "a" and "href" not in element.attributes
    }
    assert bare == {("t/hostile/index.html", "run"), ("t/hostile/index.html", "draft")}
    assert 'href="../../ranking/index.html"' in export.page("t/hostile/index.html")


def test_pages_ask_nobody_for_anything(export: Export) -> None:
    for path, html in pages_of(export.folder):
        assert "default-src 'none'; img-src 'self' data:; style-src 'self'" in html
        names = {name for element in elements(html) for name in element.attributes}
        assert not [name for name in names if re.match(r"hx-|style$|on|action$", name)]
        forms = [element for element in elements(html) if element.name == "form"]
        assert {form.attributes["id"] for form in forms} <= {"narrowing"}
        assert "plotly" not in html.lower(), path
        assert "csrf" not in html, path
        for element, address in links(html):
            if element.name in {"script", "img", "link"}:
                is_word = element.attributes.get("rel") in {"canonical", "license"}
                assert is_word or not re.match(r"\w+:|//", address), (path, address)


def test_what_people_type_ends_no_script_and_no_element(export: Export) -> None:
    html = export.page("t/hostile/index.html")
    assert "<img" not in html
    scripts = [element for element in elements(html) if element.name == "script"]
    (data,) = [element for element in scripts if "type" in element.attributes]
    assert json.loads(data.text)["description"] == MARKUP


def test_drafts_are_nowhere(export: Export) -> None:
    for path in export.again.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path
            assert b"unseen" not in path.read_bytes(), path


def heads(html: str) -> dict[str, str]:
    found = {}
    for element in elements(html):
        name = element.attributes.get("property") or element.attributes.get("name")
        if element.name == "meta" and name:
            found[name] = element.attributes["content"]
    titles = [element.text for element in elements(html) if element.name == "title"]
    return found | {"title": titles[0]}


def test_every_page_says_what_it_is_and_shows_a_picture(export: Export) -> None:
    titles = []
    for path, html in pages_of(export.folder):
        head = heads(html)
        titles.append(head["title"])
        assert head["description"] == head["og:description"]
        assert head["og:title"] == head["title"]
        assert "og:url" not in head
        picture = normpath(join(dirname(path), head["og:image"]))
        with Image.open(export.folder / picture) as image:
            assert image.size == (1200, 630)
    assert len(set(titles)) == len(titles)


def test_with_an_address_every_page_names_its_own(export: Export) -> None:
    for path, html in pages_of(export.located):
        own = BASE_URL + path.removesuffix("index.html")
        head = heads(html)
        assert head["og:url"] == own
        assert f'<link rel="canonical" href="{own}">' in html
        assert head["og:image"].startswith(BASE_URL)
    sitemap = (export.located / "sitemap.xml").read_text()
    assert sitemap.count(f"<loc>{BASE_URL}") == len(list(pages_of(export.located)))
    assert f"Sitemap: {BASE_URL}sitemap.xml" in (export.located / "robots.txt").read_text()


def json_ld(html: str) -> Any:
    (found,) = [
        element.text
        for element in elements(html)
        if element.attributes.get("type") == "application/ld+json"
    ]
    return json.loads(found)


def test_the_dataset_names_its_files_with_their_hashes(export: Export) -> None:
    hashes = digests_of(export.folder)
    for path in ("index.html", "data/index.html"):
        stated = json_ld(export.page(path))
        assert stated["@type"] == "Dataset"
        assert len(stated["variableMeasured"]) == 6
        assert len(stated["distribution"]) == 11
        for row in stated["distribution"]:
            file = normpath(join(dirname(path), row["contentUrl"]))
            assert hashes[file] == row["sha256"]
            assert row["contentSize"] == f"{(export.folder / file).stat().st_size} B"
    located = json_ld((export.located / "index.html").read_text())
    assert located["distribution"][0]["contentUrl"] == f"{BASE_URL}data/technologies.csv"


def test_data_are_spelt_as_everywhere(export: Export) -> None:
    records = technology_records(export.published)
    assert export.json("data/technologies.json")["technologies"] == json.loads(json.dumps(records))
    assert export.published.ranking
    document = json.loads(json.dumps(ranking_document(export.published.ranking)))
    found = export.json("data/ranking.json")
    assert found["technologies"] == document["technologies"]
    assert found["run"] == document["run"]


def table(folder: Path, name: str) -> dict[str, dict[str, str]]:
    with (folder / "data" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return {row["slug"]: row for row in csv.DictReader(file)}


def test_every_number_is_the_same_on_page_in_table_and_in_json_ld(export: Export) -> None:
    technologies, ranking = table(export.folder, "technologies"), table(export.folder, "ranking")
    pages = elements(export.page("ranking/index.html"))
    shown = {element.text for element in pages if element.name == "td"}
    for record in technology_records(export.published):
        slug, stated = record["slug"], json_ld(export.page(f"t/{record['slug']}/index.html"))
        values = {row["propertyID"]: row.get("value") for row in stated["variableMeasured"]}
        levels = [
            element.attributes["data-level"]
            for element in elements(export.page(f"t/{slug}/index.html"))
            if "data-level" in element.attributes
        ]
        for place, name in enumerate(("viability", "drivers", "novelty", "diffusion", "impact")):
            display = record["scores"][name]["display"]
            assert values[name] == display
            assert technologies[slug][f"{name}_display"] == (display or "")
            assert levels[place] == (display or "unscored")
        if record["ranking"] and record["ranking"]["is_ranked"]:
            expected = record["ranking"]["expected_rank"]
            assert values["expected_rank"] == expected == float(ranking[slug]["expected_rank"])
            assert any(text.endswith(f"{expected:.1f}") for text in shown)


def figures(html: str) -> list[str]:
    """Everything that is printed on drawings and in tables."""
    wanted = {"td", "text", "tspan"}
    return [" ".join(element.text.split()) for element in elements(html) if element.name in wanted]


@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("/", "index.html"),
        ("/ranking/", "ranking/index.html"),
        ("/technologies/hostile/", "t/hostile/index.html"),
    ],
)
def test_the_export_shows_the_figures_of_the_site(export: Export, site: str, path: str) -> None:
    assert len(figures(export.site[site])) > 20
    assert figures(export.page(path)) == figures(export.site[site])


def test_every_column_is_explained(export: Export) -> None:
    readme = export.page("data/README.md")
    for name in COLUMNS:
        with (export.folder / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            columns = next(csv.reader(file))
        assert columns
        assert [column for column in columns if f"| `{column}` |" not in readme] == []
