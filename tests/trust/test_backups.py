"""A backup is what can be restored: the whole way, on the database at hand."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from accounts.models import User
from accounts.services import create_user
from assessments.models import Publication
from config.env import PROJECT
from jobs.models import JobResult
from record.append_only import lift_triggers, missing_triggers
from record.backups import making
from record.backups.archive import Member, write_table
from record.backups.tables import Table, tables
from record.canonical import canonical_json, digest
from record.models import Change
from record.services import log_change
from record.verification import verify
from tests.databases import OpenDatabase
from tests.trust.planting import plant

Rows = dict[str, list[list[Any]]]


@pytest.fixture(scope="module")
def kept(open_database: OpenDatabase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of a record with everything in it."""
    path = tmp_path_factory.mktemp("backups") / "kept.zip"
    with open_database("kept"):
        plant()
        run("backup", str(path))
        path.with_suffix(".json").write_text(json.dumps(all_rows()))
    return path


@pytest.fixture
def empty(open_database: OpenDatabase) -> Iterator[None]:
    """A fresh machine: migrated, and nothing else."""
    with open_database("fresh"):
        yield


def run(*words: str) -> str:
    output = io.StringIO()
    call_command(*words, stdout=output, stderr=output)
    return output.getvalue()


def refusal(*words: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*words)
    return str(caught.value)


def all_rows() -> Rows:
    return {table.name: list(table.rows("default")) for table in tables()}


def broken() -> list[str]:
    return [examined.row for finding in verify() for examined in finding.named]


def rewritten(path: Path, target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return target


def test_a_fresh_machine_holds_the_same_rows_and_every_hash(kept: Path, empty: None) -> None:
    told = run("restore", str(kept))
    assert "Run verify_record now" in told
    assert all_rows() == json.loads(kept.with_suffix(".json").read_text())
    findings = {finding.kind: finding for finding in verify()}
    assert [kind for kind, finding in findings.items() if finding.broken] == []
    for kind in ("revisions", "scores", "review events", "publications", "results", "jobs"):
        assert findings[kind].rows > 0, kind
    assert run("verify_record").count(", 0 broken") == len(findings)


def test_the_other_database_holds_the_same_and_gives_it_back(
    kept: Path, empty: None, tmp_path: Path
) -> None:
    """SQLite in a process of its own, whatever this one runs on."""
    there, back = tmp_path / "there.sqlite3", tmp_path / "back.zip"
    words = ["migrate"], ["restore", str(kept)], ["verify_record"], ["backup", str(back)]
    outcome = commanded(f"sqlite:///{there}", *words)
    assert outcome.returncode == 0, outcome.stderr
    run("restore", str(back))
    assert all_rows() == json.loads(kept.with_suffix(".json").read_text())
    assert broken() == []
    with zipfile.ZipFile(kept) as first, zipfile.ZipFile(back) as second:
        names = [name for name in first.namelist() if name != "manifest.json"]
        assert [name for name in names if first.read(name) != second.read(name)] == []


def commanded(database_url: str, *commands: list[str]) -> subprocess.CompletedProcess[str]:
    """The commands one after the other, up to one that fails."""
    program = "import django; django.setup(); from django.core.management import call_command\n"
    program += f"for words in {commands!r}: call_command(*words)"
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": database_url}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_restored_record_goes_on(kept: Path, empty: None) -> None:
    run("restore", str(kept))
    newest = Change.objects.order_by("-seq")[0].seq
    create_user(username="new", role="reader", password="four words in a row")
    change = log_change(kind="t", subject_kind="t", subject_key="1", actor_id=None, is_public=True)
    assert change.seq > newest
    assert missing_triggers() == []
    assert broken() == []


def test_a_full_house_is_left_alone_unless_asked(kept: Path, empty: None) -> None:
    create_user(username="first", role="admin", password="four words in a row")
    before = all_rows()
    assert "holds a record already" in refusal("restore", str(kept))
    assert all_rows() == before
    run("restore", str(kept), "--replace")
    assert not User.objects.filter(username="first").exists()
    run("restore", str(kept), "--replace")
    assert all_rows() == json.loads(kept.with_suffix(".json").read_text())
    assert missing_triggers() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_revision SET content = REPLACE(content, 'e', 'f') WHERE id = 3",
        "UPDATE assessments_publication SET body = REPLACE(body, 'a', 'b') WHERE seq = 2",
        "UPDATE assessments_publication SET body_hash = '0' WHERE seq = 1",
        "UPDATE assessments_score SET level = '2' WHERE id = 1",
        "UPDATE assessments_score SET certainty = NULL WHERE id = 6",
        "DELETE FROM assessments_score WHERE id = 2",
        "UPDATE assessments_revision SET as_of = '2019-01-01' WHERE id = 2",
        "UPDATE assessments_reviewevent SET content_hash = '0' WHERE id = 1",
        "DELETE FROM record_publicchange WHERE seq = 2",
        "UPDATE record_change SET is_public = NOT is_public WHERE seq = 1",
        "UPDATE jobs_job SET inputs = ' ' || inputs WHERE id = 1",
        "UPDATE jobs_jobresult SET headline = REPLACE(headline, '0', '1')",
    ],
)
def test_what_was_changed_behind_the_triggers_is_found(
    kept: Path, empty: None, statement: str
) -> None:
    run("restore", str(kept))
    with transaction.atomic(), connection.cursor() as cursor:
        lift_triggers("default")
        cursor.execute(statement)
        assert cursor.rowcount > 0
    output = io.StringIO()
    with pytest.raises(CommandError, match="Restore the last backup"):
        call_command("verify_record", stdout=output, stderr=output)
    found = [row for row in broken() if not row.startswith("table ")]
    assert found
    assert all(f"{row}: " in output.getvalue() for row in found)


def test_a_forged_body_with_its_own_hash_is_found(kept: Path, empty: None) -> None:
    run("restore", str(kept))
    row = Publication.objects.filter(kind="card").order_by("-seq")[0]
    body = json.loads(row.body)
    body["card"]["summary"] += " Not so."
    forged = canonical_json(body)
    with transaction.atomic():
        lift_triggers("default")
        Publication.objects.filter(pk=row.pk).update(body=forged, body_hash=digest(forged))
    assert broken()[-1] == f"publication {row.seq}"


def test_one_flipped_bit_in_numbers_is_found(kept: Path, empty: None) -> None:
    run("restore", str(kept))
    result = JobResult.objects.exclude(arrays=b"").order_by("pk")[0]
    arrays = bytearray(bytes(result.arrays))
    arrays[len(arrays) // 2] ^= 1
    with transaction.atomic():
        lift_triggers("default")
        JobResult.objects.filter(pk=result.pk).update(arrays=bytes(arrays))
    assert f"result of job {result.pk}" in broken()


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_damaged_file_is_refused(kept: Path, empty: None, tmp_path: Path, place: float) -> None:
    data = bytearray(kept.read_bytes())
    data[int(len(data) * place)] ^= 1
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(data)
    before = all_rows()
    assert "Take another file" in refusal("restore", str(damaged))
    assert all_rows() == before


def test_a_file_that_was_changed_with_care_is_refused(
    kept: Path, empty: None, tmp_path: Path
) -> None:
    with zipfile.ZipFile(kept) as archive:
        people = archive.read("tables/accounts_user.jsonl").replace(b"reader", b"admin")
        manifest = archive.read("manifest.json").replace(b'"rows": 1,', b'"rows": 2,')
    changed = {"tables/accounts_user.jsonl": people, "manifest.json": manifest}
    for number, (name, content) in enumerate(changed.items()):
        path = rewritten(kept, tmp_path / f"{number}.zip", name, content)
        assert "Take another file" in refusal("restore", str(path)), name


def test_what_is_no_backup_is_refused(empty: None, tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other.zip"
    text.write_text("hello")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", "[]")
    for path in (text, other, tmp_path / "none", tmp_path):
        assert len(refusal("restore", str(path)).split()) > 4


def test_another_schema_is_refused(kept: Path, empty: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('record', '9999_later', CURRENT_TIMESTAMP)"
        )
    assert "It lacks the migration record 9999_later" in refusal("restore", str(kept))
    assert "differ by 1 migrations (the first is record 9999_later)" in refusal(
        "backup", str(kept.with_name("other.zip"))
    )


def test_no_file_is_overwritten_and_none_is_left_half(
    kept: Path, empty: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()
    assert "exists" in refusal("backup", str(kept))
    assert kept.read_bytes() == before
    monkeypatch.setattr("record.backups.making.write_manifest", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("backup", str(tmp_path / "half.zip"))
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_reads_the_file(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_is_of_one_moment(
    committed_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes between two tables; neither waits, and the file knows nothing of it."""
    path = tmp_path / "moment.zip"
    create_user(username="early", role="reader", password="four words in a row")
    seconds: list[float] = []

    def interrupted(archive: zipfile.ZipFile, table: Table, using: str) -> Member:
        member = write_table(archive, table, using)
        if not seconds:
            seconds.append(_write_beside("late"))
        return member

    monkeypatch.setattr(making, "write_table", interrupted)
    run("backup", str(path))
    assert seconds[0] < 5
    assert User.objects.filter(username="late").exists()
    with zipfile.ZipFile(path) as archive:
        people = archive.read("tables/accounts_user.jsonl")
        changes = archive.read("tables/record_change.jsonl")
    assert b"early" in people
    assert b"late" not in people
    assert len(changes.splitlines()) == 1


def _write_beside(username: str) -> float:
    """How long another connection needed to make an account."""

    def write() -> None:
        create_user(username=username, role="reader", password="four words in a row")
        connection.close()

    begun = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(write).result(timeout=30)
    return time.monotonic() - begun
