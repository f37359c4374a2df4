from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.export.bundle import BundleError, faults_of, manifest_of


class Command(BaseCommand):
    help = "Tell whether the exported map in the folder DIR is whole and unaltered."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            faults = faults_of(options["folder"])
            manifest = manifest_of(options["folder"])
        except BundleError as error:
            raise CommandError(str(error)) from error
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise SystemExit(1)
        files = len(manifest["files"])
        self.stdout.write(f"{files:,} files as the manifest says, change {manifest['change']}.")
