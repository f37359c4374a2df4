from typing import Any

from django.core.management.base import BaseCommand, CommandError

from record.verification import MOST_NAMED, Finding, verify


class Command(BaseCommand):
    help = "Recomputes every hash of the record. 1 when a row is not what it says, each named."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = sum(self._tell(finding) for finding in verify())
        if broken:
            raise CommandError(f"{broken} rows are broken. Restore the last backup that is whole.")

    def _tell(self, finding: Finding) -> int:
        self.stdout.write(f"{finding.kind}: {finding.rows} rows, {finding.broken} broken")
        for examined in finding.named:
            self.stderr.write(f"{examined.row}: {examined.wrong}.")
        if finding.broken > MOST_NAMED:
            self.stderr.write(f"... and {finding.broken - MOST_NAMED} more.")
        return finding.broken
