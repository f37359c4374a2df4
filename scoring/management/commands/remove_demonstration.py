from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from record.errors import DomainError
from scoring.services.demonstration import (
    Holdings,
    demonstration_holdings,
    remove_demonstration,
)


class Command(BaseCommand):
    help = "Removes the demonstration for good; without --yes it only says what that would take."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="remove it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"]:
            self.stdout.write(f"It would take {_words(demonstration_holdings())}")
            self.stdout.write("Nothing was removed. Add --yes to remove it.")
            return
        try:
            gone = remove_demonstration(by=None)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Removed {_words(gone)}")


def _words(gone: Holdings) -> str:
    return (
        f"{gone.technologies} technologies with {gone.revisions} revisions of {gone.cards} cards,"
        f" {gone.publications} publications, {gone.indicators} indicators,"
        f" {gone.items} items of evidence,"
        f" {gone.runs} runs and {gone.changes} changes."
        f" {gone.kept_technologies} technologies of your own and {gone.kept_accounts} accounts"
        " stay."
    )
