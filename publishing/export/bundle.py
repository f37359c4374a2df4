"""A folder of files that is there whole or not at all, with a manifest that proves it."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from intake import strict_json
from intake.errors import IntakeError

MANIFEST = "manifest.json"
FORMAT = "bellwether.map/1"


class BundleError(Exception):
    """What stands in the way of a bundle, in a sentence."""


@dataclass(frozen=True)
class Written:
    path: str
    sha256: str
    size: int


class Bundle:
    """Files on their way into `target`; nothing is seen there before `finish`."""

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        refuse_foreign(self.target)
        self._files: dict[str, Written] = {}
        self._new = self._beside("new")
        try:
            self._new.mkdir(parents=True)
        except OSError as error:
            raise BundleError(
                f"{self.target}: cannot be written here, {error.strerror}."
            ) from error

    def add(self, path: str, content: bytes) -> Written:
        place = self._new / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        written = Written(path, hashlib.sha256(content).hexdigest(), len(content))
        self._files[path] = written
        return written

    @property
    def files(self) -> list[Written]:
        return [self._files[path] for path in sorted(self._files)]

    def finish(self, facts: dict[str, Any]) -> None:
        """Writes the manifest and puts the folder where it belongs, in place of an older one."""
        listed = [{"path": row.path, "sha256": row.sha256, "bytes": row.size} for row in self.files]
        manifest = {"format": FORMAT, **facts, "files": listed}
        (self._new / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        try:
            self._swap()
        except OSError as error:
            raise BundleError(f"{self.target}: cannot be replaced, {error.strerror}.") from error

    def abandon(self) -> None:
        """Leaves nothing behind of a bundle that was not finished."""
        shutil.rmtree(self._new, ignore_errors=True)

    def _beside(self, what: str) -> Path:
        return self.target.with_name(f".{self.target.name}.{what}-{secrets.token_hex(4)}")

    def _swap(self) -> None:
        if not self.target.exists():
            self._new.rename(self.target)
            return
        old = self._beside("old")
        self.target.rename(old)
        try:
            self._new.rename(self.target)
        except OSError:
            old.rename(self.target)
            raise
        shutil.rmtree(old)


def refuse_foreign(target: Path) -> None:
    """Refuses a folder with anything in it that an export did not write."""
    if not target.exists():
        return
    if not target.is_dir():
        raise BundleError(f"{target} is a file. Name a folder.")
    found = sorted(_files_in(target))
    if not found:
        return
    known = {MANIFEST, *(row.path for row in _listed(target))} if MANIFEST in found else set()
    foreign = [path for path in found if path not in known]
    if foreign:
        others = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise BundleError(
            f"{target} holds {foreign[0]}{others}, which no export wrote."
            " Name a new folder, or move what is in this one."
        )


def faults_of(folder: Path) -> list[str]:
    """What in the folder differs from its manifest, a sentence each; empty for a whole bundle."""
    if not (folder / MANIFEST).is_file():
        raise BundleError(f"{folder} has no {MANIFEST}, so it is no exported map.")
    listed = {row.path: row for row in _listed(folder)}
    found = set(_files_in(folder)) - {MANIFEST}
    faults = [f"{path}: is not in the manifest." for path in sorted(found - listed.keys())]
    faults += [f"{path}: is missing." for path in sorted(listed.keys() - found)]
    for path in sorted(found & listed.keys()):
        content = (folder / path).read_bytes()
        if len(content) != listed[path].size:
            faults.append(f"{path}: has {len(content)} bytes, not {listed[path].size}.")
        elif hashlib.sha256(content).hexdigest() != listed[path].sha256:
            faults.append(f"{path}: its content was changed.")
    return faults


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a bundle, refused when it is none of ours."""
    try:
        manifest = strict_json.loads((folder / MANIFEST).read_bytes())
    except (IntakeError, OSError) as error:
        raise BundleError(f"{folder / MANIFEST} cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BundleError(f"{folder / MANIFEST} is no manifest of an exported map.")
    return manifest


def _listed(folder: Path) -> list[Written]:
    rows = manifest_of(folder).get("files")
    try:
        return [Written(_inside(row["path"]), row["sha256"], row["bytes"]) for row in rows or ()]
    except (KeyError, TypeError) as error:
        raise BundleError(f"{folder / MANIFEST} does not list path, sha256 and bytes.") from error


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts:
        raise BundleError(f"{MANIFEST} names {path}, which lies outside of the folder.")
    return path


def _files_in(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()
