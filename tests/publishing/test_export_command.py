import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.assessments.factories import published

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_an_export_says_what_it_wrote_and_stands_the_check(tmp_path: Path) -> None:
    published()
    out, err = run("export_map", str(tmp_path / "map"))
    assert "files," in out
    assert "change 1," in out
    assert err == "1 of 1 technologies\n"
    assert "as the manifest says, change 1." in run("verify_map", str(tmp_path / "map"))[0]


def test_an_altered_map_is_told_from_a_whole_one(tmp_path: Path) -> None:
    run("export_map", str(tmp_path / "map"))
    (tmp_path / "map" / "index.html").write_text("no")
    err = io.StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("verify_map", str(tmp_path / "map"), stdout=io.StringIO(), stderr=err)
    assert exit_.value.code == 1
    assert "index.html: has 2 bytes" in err.getvalue()


def test_an_empty_record_has_a_map_too(tmp_path: Path) -> None:
    run("export_map", str(tmp_path / "map"))
    assert "Nothing is published yet." in (tmp_path / "map" / "index.html").read_text()
    assert json.loads((tmp_path / "map" / "manifest.json").read_text())["change"] == 0


@pytest.mark.parametrize("name", ["export_map", "verify_map"])
def test_a_folder_of_something_else_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match=str(tmp_path)):
        run(name, str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("address", ["map.example", "ftp://map.example/", "https://x/?a=b"])
def test_an_address_that_is_none_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="write a whole address"):
        run("export_map", str(tmp_path / "map"), "--base-url", address)
    assert list(tmp_path.iterdir()) == []


@override_settings(PUBLIC_MAP_URL="https://map.example", PUBLISHER="Anna & Ben <desk>")
def test_settings_say_whose_it_is_and_where_it_will_lie(tmp_path: Path) -> None:
    published()
    run("export_map", str(tmp_path / "map"))
    html = (tmp_path / "map" / "index.html").read_text()
    assert '<link rel="canonical" href="https://map.example/">' in html
    assert "Anna &amp; Ben &lt;desk&gt;" in html
    assert 'name: "Anna & Ben <desk>"' in (tmp_path / "map" / "CITATION.cff").read_text()


def test_the_same_state_gives_the_same_map_on_another_day(tmp_path: Path) -> None:
    published()
    run("export_map", str(tmp_path / "one"))
    with override_settings(BELLWETHER_TODAY=date(2031, 1, 1)):
        run("export_map", str(tmp_path / "two"))
    one, two = ((tmp_path / name / "manifest.json").read_text() for name in ("one", "two"))
    assert one == two
