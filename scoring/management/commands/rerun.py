from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.models import Run
from scoring.services.repeats import Verdict, repeat_run, repeat_sensitivity


class Command(BaseCommand):
    help = "Compute a run again from its receipt and compare: 0 same bytes, 1 differs, 2 cannot."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", help="the number of the run")
        parser.add_argument(
            "--sensitivity",
            action="store_true",
            help="compute again what was computed beside it under other constants and scores",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text: str = options["run"]
        if not text.isascii() or not text.isdecimal() or len(text) > 18:
            raise CommandError(f"“{text[:40]}” is not the number of a run.", returncode=2)
        run = Run.objects.filter(seq=int(text)).select_related("job").first()
        if run is None:
            raise CommandError(
                f"There is no run {text}; see /runs/ for those there are.", returncode=2
            )
        repeat = (repeat_sensitivity if options["sensitivity"] else repeat_run)(run=run)
        self.stdout.write(repeat.sentence)
        if repeat.verdict is not Verdict.SAME:
            raise SystemExit(repeat.verdict.value)
