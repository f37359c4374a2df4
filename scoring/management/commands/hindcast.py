import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from record.errors import DomainError
from scoring.services.hindcasts import KINDS, HindcastQuestion, hindcast

BAR = 40
TOLD_WITHOUT_TERMINAL = 10


class Command(BaseCommand):
    help = "How the shipped forecasts would have done on the series of FILE; nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help="CSV: series or entity, year, value or share_pct",
        )
        parser.add_argument("--kind", choices=KINDS, required=True)
        parser.add_argument(
            "--progress",
            choices=("down", "up"),
            default="down",
            help="where the values of a cost or performance go as it gets better (down)",
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            question = HindcastQuestion(
                options["file"].read_bytes(), options["kind"], options["progress"]
            )
            table = hindcast(question=question, report=self._report)
        except OSError as error:
            raise CommandError(
                f"{options['file']} cannot be read: {error.strerror}. Name a file.", returncode=2
            ) from error
        except DomainError as error:
            raise CommandError(error.message, returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(table, ensure_ascii=False, indent=1))
            return
        for line in _lines(table):
            self.stdout.write(line)

    def _report(self, done: int, total: int) -> None:
        """A bar that moves on a terminal, a line for every tenth elsewhere."""
        steps = BAR if sys.stderr.isatty() else TOLD_WITHOUT_TERMINAL
        if done * steps // total == (done - 1) * steps // total:
            return
        filled = "#" * (BAR * done // total)
        ending = "\r" if sys.stderr.isatty() and done < total else "\n"
        self.stderr.write(f"[{filled:<{BAR}}] {done:,} of {total:,} forecasts", ending=ending)


def _lines(table: dict[str, Any]) -> list[str]:
    lines = [f"{table['series']} series; scores and errors in {table['scale']}, lower is better"]
    if table["left_out"]:
        families = sorted({family for each in table["left_out"].values() for family in each})
        lines.append(
            f"{len(table['left_out'])} of them are in the reference class themselves, and each is"
            f" forecast without its own family: {', '.join(families)}"
        )
    header = None
    for row in table["rows"]:
        unit = "%" if row["group"] == "cut at" else "years ahead"
        title = f"{row['group']}, {row['at']} {unit}"
        if title != header:
            lines.append(f"\n{title:<38} series windows    score    rmse  50/80/95 % held")
            header = title
        held = "/".join(f"{100 * row[key]:.0f}" for key in ("inside_50", "inside_80", "inside_95"))
        lines.append(
            f"{row['method']:<38} {row['series']:6} {row['windows']:7} {row['score']:8.4f}"
            f" {row['rmse']:7.3f}  {held}"
        )
    return lines
