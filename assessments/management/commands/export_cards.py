from typing import Any

from django.core.management.base import BaseCommand

from assessments.exports import cards_file


class Command(BaseCommand):
    help = "Write all published cards to standard output, as import_cards reads them."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(cards_file(), ending="")
