"""The file: a ZIP of one JSON Lines member a table, and a manifest that vouches for them."""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from record.backups.tables import Table
from record.canonical import canonical_json, digest
from record.errors import DomainError

FORMAT = "bellwether.backup/1"
MANIFEST = "manifest.json"
_LARGEST_MANIFEST_BYTES = 4 * 1024 * 1024
_LONGEST_LINE_BYTES = 256 * 1024 * 1024
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Member:
    """A table as the manifest describes it."""

    name: str
    columns: list[str]
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    schema: list[list[str]]
    made_at: str
    software: dict[str, str]
    newest_public_change: int
    tables: list[Member]

    @property
    def rows(self) -> int:
        return sum(member.rows for member in self.tables)

    def to_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}


@contextmanager
def new_file(path: Path) -> Iterator[zipfile.ZipFile]:
    """A file that appears whole or not at all, readable by its owner, and never over another."""
    if path.exists():
        raise DomainError(f"{path} exists. Name a file that does not; none is overwritten.")
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise DomainError(f"{path.parent} cannot be written ({error.strerror}).") from error
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        _place(Path(draft), path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    try:
        # A link, not a rename: it fails where somebody made the file in the meantime.
        path.hardlink_to(draft)
    except FileExistsError:
        raise DomainError(f"{path} was made by somebody else meanwhile; name another.") from None


def write_table(archive: zipfile.ZipFile, table: Table, using: str) -> Member:
    rows, length, checksum = 0, 0, hashlib.sha256()
    with archive.open(_entry(_member_name(table.name)), "w", force_zip64=True) as member:
        for row in table.rows(using):
            line = f"{canonical_json(row)}\n".encode()
            member.write(line)
            checksum.update(line)
            rows, length = rows + 1, length + len(line)
    return Member(table.name, table.columns, rows, length, checksum.hexdigest())


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    content = manifest.to_json()
    content["sha256"] = digest(canonical_json(content))
    archive.writestr(_entry(MANIFEST), json.dumps(content, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The file with its manifest, once every byte in it was held against the hashes."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            for member in manifest.tables:
                _check(archive, member)
            yield archive, manifest
    except OSError as error:
        raise DomainError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DomainError(f"{path} is no whole backup: {error}. Take another file.") from error


def rows_of(archive: zipfile.ZipFile, member: Member) -> Iterator[list[Any]]:
    with archive.open(_member_name(member.name)) as file:
        while line := file.readline(_LONGEST_LINE_BYTES):
            yield json.loads(line)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST_BYTES:
            raise DomainError("The manifest of this backup is too long to be one of ours.")
        content = json.loads(archive.read(MANIFEST))
        promised = content.pop("sha256")
        found = content.pop("format")
        tables = [Member(**member) for member in content.pop("tables")]
        manifest = Manifest(tables=tables, **content)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DomainError("This file holds no manifest of a backup. Take another file.") from error
    if found != FORMAT:
        raise DomainError(f"This backup is written as {found!r}; this code reads {FORMAT!r}.")
    if promised != digest(canonical_json(manifest.to_json())):
        raise DomainError("The manifest was changed after the backup was made. Take another file.")
    return manifest


def _check(archive: zipfile.ZipFile, member: Member) -> None:
    checksum, length = hashlib.sha256(), 0
    try:
        with archive.open(_member_name(member.name)) as file:
            while part := file.read(1024 * 1024):
                length += len(part)
                if length > member.bytes:
                    break
                checksum.update(part)
    except KeyError:
        raise DomainError(f"The backup lacks the table {member.name}. Take another file.") from None
    if (length, checksum.hexdigest()) != (member.bytes, member.sha256):
        raise DomainError(
            f"The table {member.name} is not what the manifest says: the file was damaged or"
            " changed. Take another file."
        )


def _member_name(table: str) -> str:
    return f"tables/{table}.jsonl"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
