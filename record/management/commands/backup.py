from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS

from intake.errors import IntakeError
from intake.text import clean_name
from record.backups.making import make_backup
from record.errors import DomainError


class Command(BaseCommand):
    help = "Writes the whole record into a new file while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file to make; one that exists is never overwritten")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = Path(clean_name(options["file"], field="The file", max_length=1000))
            manifest = make_backup(path=path, using=DEFAULT_DB_ALIAS)
        except (DomainError, IntakeError) as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"{path}: {manifest.rows} rows of {len(manifest.tables)} tables, up to public change"
            f" {manifest.newest_public_change}."
        )
