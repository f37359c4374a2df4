from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from intake.errors import IntakeError
from intake.text import clean_name
from record.backups.restoring import restore_backup
from record.errors import DomainError


class Command(BaseCommand):
    help = "Puts a backup into an empty, migrated database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="what backup wrote")
        parser.add_argument(
            "--replace", action="store_true", help="lose the record that is here, for this one"
        )
        parser.add_argument(
            "--database",
            default=DEFAULT_DB_ALIAS,
            choices=list(connections),
            help="owner, where the tables belong to another role than the site's",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = Path(clean_name(options["file"], field="The file", max_length=1000))
            manifest = restore_backup(
                path=path, using=options["database"], is_replacing=options["replace"]
            )
        except (DomainError, IntakeError) as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"{manifest.rows} rows of {len(manifest.tables)} tables are restored, as of"
            f" {manifest.made_at}. Run verify_record now."
        )
