import json
from pathlib import Path

import pytest

from publishing.export.bundle import Bundle, BundleError, faults_of


def write(target: Path, **files: str) -> None:
    bundle = Bundle(target)
    for name, content in files.items():
        bundle.add(f"pages/{name}.html", content.encode())
    bundle.finish({"change": 7})


def test_a_bundle_takes_the_place_of_an_older_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "map"
    write(target, a="1", b="2")
    write(target, a="3")
    names = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert names == {"manifest.json", "pages/a.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["map"]


def test_the_manifest_names_every_file_in_order(tmp_path: Path) -> None:
    write(tmp_path / "map", b="two", a="one")
    manifest = json.loads((tmp_path / "map" / "manifest.json").read_text())
    assert manifest["change"] == 7
    assert [(row["path"], row["bytes"]) for row in manifest["files"]] == [
        ("pages/a.html", 3),
        ("pages/b.html", 3),
    ]


def test_nothing_is_seen_of_a_bundle_that_was_abandoned(tmp_path: Path) -> None:
    bundle = Bundle(tmp_path / "map")
    bundle.add("index.html", b"half")
    bundle.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_foreign_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(BundleError, match=r"holds thesis\.txt, which no export wrote"):
        Bundle(tmp_path)
    write(tmp_path / "map", a="1")
    (tmp_path / "map" / "notes.txt").write_text("mine")
    with pytest.raises(BundleError, match=r"holds notes\.txt"):
        Bundle(tmp_path / "map")
    assert (tmp_path / "map" / "pages" / "a.html").read_text() == "1"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("mine")
    with pytest.raises(BundleError, match="is a file"):
        Bundle(tmp_path / "map")


def test_every_fault_of_a_bundle_is_told(tmp_path: Path) -> None:
    target = tmp_path / "map"
    write(target, a="1", b="2", c="3")
    assert faults_of(target) == []
    (target / "pages" / "a.html").write_text("9")
    (target / "pages" / "b.html").write_text("longer")
    (target / "pages" / "c.html").unlink()
    (target / "new.html").write_text("")
    assert faults_of(target) == [
        "new.html: is not in the manifest.",
        "pages/c.html: is missing.",
        "pages/a.html: its content was changed.",
        "pages/b.html: has 6 bytes, not 1.",
    ]


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/passwd", "pages/../../x"])
def test_a_manifest_reads_nothing_outside_of_its_folder(tmp_path: Path, path: str) -> None:
    target = tmp_path / "map"
    write(target, a="1")
    listed = {"path": path, "sha256": "0", "bytes": 1}
    manifest = {"format": "bellwether.map/1", "change": 1, "files": [listed]}
    (target / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="outside"):
        faults_of(target)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "bellwether.map/1", "files": [1]}'])
def test_a_manifest_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(BundleError, match=r"manifest\.json"):
        faults_of(tmp_path)
