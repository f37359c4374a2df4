"""Tries the description of the API against a running site: as anybody, then once for each scope.

    python -m tests.rest.schemathesis_runs --examples 200

starts a site of its own and prints what each run came to. schemathesis.toml names the answers
that are right and that no description can foresee.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.env import PROJECT
from tests.site import Site, start_site

PHASES = "examples,coverage,fuzzing,stateful"
# The demonstration account whose role allows the scope.
OWNERS = {"review": "editor", "resolve": "editor"}


@dataclass(frozen=True)
class Run:
    """Calls by nobody where there are no scopes."""

    scopes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.scopes) or "anybody"


SCOPES = (
    *("read:public", "read:drafts", "write:cards", "review"),
    *("predict", "resolve", "write:evidence", "export"),
)
EACH = tuple(Run((scope,)) for scope in SCOPES)
RUNS = (Run(), *EACH, Run(("read:drafts", "write:cards", "review")))


def token_of(run: Run, site: Site) -> str:
    """A token with the scopes of the run, of a demonstration account that may give them."""
    if not run.scopes:
        return ""
    owner = "editor" if set(run.scopes) & set(OWNERS) else "analyst"
    scopes = [argument for scope in run.scopes for argument in ("--scope", scope)]
    left_out = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    printed = subprocess.run(
        [sys.executable, "manage.py", "create_token", owner, *scopes],
        cwd=PROJECT,
        env=inherited | {"VAR_DIR": str(site.var_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"bw_[\w-]+", printed.stdout)
    assert found, printed.stdout
    return found[0]


def tried(
    url: str, token: str, *, examples: int, phases: str = PHASES, more: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    header = ["--header", f"Authorization: Bearer {token}"] if token else []
    program = Path(sys.executable).with_name("schemathesis")
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            [
                *(str(program), "--config-file", str(PROJECT / "schemathesis.toml")),
                *("run", f"{url.rstrip('/')}/api/v1/schema/", "--no-color"),
                *("--max-examples", str(examples), "--phases", phases, "--workers", "2"),
                *header,
                *more,
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--only", default="", help="scopes of one run, joined by blanks")
    options = parser.parse_args(arguments)
    wanted = [run for run in RUNS if not options.only or str(run) == options.only]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        site = start_site(Path(folder) / "var", API_CALLS_A_MINUTE="0")
        try:
            for run in wanted:
                outcome = tried(site.url, token_of(run, site), examples=options.examples)
                failed += outcome.returncode != 0
                print(f"{run}: {_totals(outcome.stdout)}", flush=True)  # noqa: T201
                if outcome.returncode:
                    print(outcome.stdout[-6000:])  # noqa: T201
        finally:
            site.stop()
    return 1 if failed else 0


def _totals(output: str) -> str:
    found = re.search(r"Test cases:\s+(.+)", output)
    return found[1] if found else "no result"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
