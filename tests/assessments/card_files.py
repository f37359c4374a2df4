"""import_cards and export_cards as a script calls them."""

import io
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command


def write(path: Path, *cards: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"format": "bellwether.cards/1", "cards": list(cards)}))
    return path


def run_import(path: Path, *options: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_cards", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def publish(path: Path) -> tuple[int, str, str]:
    return run_import(path, "--publish", "--author", "anna", "--approver", "ben")


def exported() -> str:
    out = io.StringIO()
    call_command("export_cards", stdout=out)
    return out.getvalue()
