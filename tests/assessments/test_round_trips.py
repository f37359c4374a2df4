"""Export, import into an empty record, export: the same bytes."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assessments.models import Score
from assessments.services.drafting import Save, save_revision
from evidence.models import Item
from tests.assessments.card_files import exported, publish
from tests.assessments.cited import QUOTE, citation, item, retracted
from tests.assessments.factories import document, person, published, score
from tests.databases import Template, connected_to

FIELD_DATA = Path(os.environ.get("FIELD_DATA", "../shared")) / "data/cards"


def test_a_round_trip_through_an_empty_record_comes_back_byte_for_byte(
    committed_db: str, template_database: Template, tmp_path: Path
) -> None:
    first = published(text="ein ß, 漢字 and \u05d0", companies=[company("Example")])
    returned = save_revision(
        card=first.card,
        document=document(parent=first.revision.content_hash, text="Never published."),
        save=Save(by=person("anna")),
    )
    published(parent=returned.content_hash, viability=score("4", level_to="5"), reason="Sold.")
    published("fusion", author="dora", role="second opinion", impact=score("5", level_to="5+"))
    before = exported()
    path = tmp_path / "cards.json"
    path.write_text(before)
    with connected_to(template_database.copy("empty")):
        assert publish(path)[0] == 0
        assert exported() == before


def test_citations_make_a_round_trip_through_an_empty_record(
    committed_db: str, template_database: Template, tmp_path: Path
) -> None:
    cited, bare = item(notes="Never exported."), item("Without an address", url="")
    first = published(citations=[citation(cited, quote=QUOTE), citation(bare, "impact")])
    retracted(cited)
    published(
        parent=first.revision.content_hash, citations=[citation(bare)], reason="One was withdrawn."
    )
    before = exported()
    assert "Never exported" not in before
    path = tmp_path / "cards.json"
    path.write_text(before)
    with connected_to(template_database.copy("empty")):
        assert publish(path)[0] == 0
        assert exported() == before
        rows = Item.objects.order_by("key").values_list("key", "kind", "state", "title", "url")
        assert list(rows) == sorted(
            (one.key, "link", "inbox", one.title, one.url) for one in (cited, bare)
        )


def company(name: str) -> dict[str, Any]:
    return {"name": name, "note": "", "disclosure": None}


def test_the_cards_of_state_of_the_future_go_in_and_round(
    committed_db: str, template_database: Template, tmp_path: Path
) -> None:
    source = FIELD_DATA / "state_of_the_future.json"
    if not source.exists():
        pytest.skip(f"no field data at {source}; set FIELD_DATA to the folder that holds data/")
    code, out, err = publish(source)
    assert (code, out.split(",")[0]) == (0, "35 added"), err
    before = exported()
    path = tmp_path / "cards.json"
    path.write_text(before)
    with connected_to(template_database.copy("empty")):
        assert publish(path)[0] == 0
        assert exported() == before
        assert printed_levels(source) == stored_levels()


def printed_levels(source: Path) -> list[tuple[str, str, str, str]]:
    rows = []
    for card in json.loads(source.read_text()):
        for dimension, level in card["scores"].items():
            rows.append((card["slug"], card["edition"], dimension, level or ""))
    return sorted(rows)


def stored_levels() -> list[tuple[str, str, str, str]]:
    rows = []
    for row in Score.objects.exclude(dimension="timing").select_related("revision"):
        level = "/".join(filter(None, [row.level, row.level_to]))
        slug = row.revision.card.technology.slug
        rows.append((slug, row.revision.series, row.dimension, level))
    return sorted(rows)
