from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from assessments.importing.cards_file import read_cards_file
from assessments.services.imports import CardImport, Hands, ImportReport, person_for_import
from intake import strict_json
from intake.errors import IntakeError
from intake.text import clean_name
from record.errors import DomainError

IMPORTER = "importer"


class Command(BaseCommand):
    help = "Read cards from FILE as drafts, or publish them with an author and another approver."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="approve and publish them")
        parser.add_argument(
            "--merge",
            action="store_true",
            help="merge cards that somebody changed since their parent, where no field is the same",
        )
        parser.add_argument("--author", help="who the cards are from, where the file does not say")
        parser.add_argument("--approver", action="append", default=[], help="who approves them")
        parser.add_argument(
            "--same", type=Path, help="JSON object that maps one address to another it equals"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        same, data = self._mapping(options["same"]), _bytes_of(options["file"])
        try:
            # Before any account is made: a file that cannot be read leaves nothing behind.
            items = read_cards_file(data, same=same)
            report = CardImport(hands=self._hands(options)).run(items)
        except (IntakeError, DomainError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self._tell(report)
        if report.refused:
            raise SystemExit(1)

    def _hands(self, options: dict[str, Any]) -> Hands:
        if bool(options["approver"]) != options["publish"]:
            raise CommandError("--publish and --approver go together: name who approves the cards.")
        if options["publish"] and not options["author"]:
            raise CommandError("--publish needs --author: name who the cards are from.")
        if options["publish"] and options["merge"]:
            raise CommandError(
                "--publish and --merge do not go together: a merged card holds what others wrote"
                " and nobody has reviewed."
            )
        if options["author"] in options["approver"]:
            raise CommandError("The approver must be somebody else than the author.")
        author = self._person(options["author"] or IMPORTER, "analyst")
        approvers = tuple(self._person(name, "editor") for name in options["approver"])
        return Hands(author=author, approvers=approvers, merges=options["merge"])

    def _person(self, name: str, role: str) -> User:
        try:
            known = clean_name(name, field="The name of an account")
            person, is_new = person_for_import(name=known, role=role)
        except (DomainError, IntakeError) as error:
            raise CommandError(error.message) from error
        if is_new:
            self.stderr.write(f"{name} was not known: made as {role}, without a sign-in.")
        return person

    def _mapping(self, path: Path | None) -> dict[str, str]:
        if path is None:
            return {}
        try:
            mapping = strict_json.loads(_bytes_of(path))
        except IntakeError as error:
            raise CommandError(f"{path}: {error}") from error
        found = mapping.items() if isinstance(mapping, dict) else []
        addresses = {slug: other for slug, other in found if isinstance(other, str)}
        if mapping != addresses:
            raise CommandError(f'{path}: write an object of addresses, as {{"a": "b"}}.')
        return addresses

    def _tell(self, report: ImportReport) -> None:
        for refusal in report.refused:
            self.stderr.write(str(refusal))
        merged = f" {len(report.merged)} merged," if report.merged else ""
        self.stdout.write(
            f"{len(report.added)} added,{merged} {len(report.unchanged)} unchanged,"
            f" {len(report.published)} published, {len(report.refused)} left out."
        )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
