import hashlib
import json
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"
PACKAGES = json.loads((VENDOR / "manifest.json").read_text())["packages"]


def test_every_vendored_file_is_the_one_in_the_manifest() -> None:
    listed = {name: digest for package in PACKAGES for name, digest in package["files"].items()}
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == listed


def test_every_package_names_its_version_and_ships_its_licence() -> None:
    for package in PACKAGES:
        assert package["version"].count(".") == 2, package["name"]
        assert package["licence"], package["name"]
        assert any(name.endswith("/LICENSE") for name in package["files"]), package["name"]
