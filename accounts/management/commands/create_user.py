import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts.models import USERNAME_LENGTH
from accounts.passwords import LONGEST, generated_password
from accounts.roles import Role
from accounts.services import create_user, invite
from intake.errors import IntakeError
from intake.text import clean_name
from record.errors import DomainError


class Command(BaseCommand):
    help = (
        "Makes an account. Prints a password for it, this once; or takes one from standard input;"
        " or prints the path of an invitation, where the person chooses one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--display-name", default="", help="stands beside what they write")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--password-stdin", action="store_true", help="its first line")
        way.add_argument("--invite", action="store_true", help="print a link instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(_printed_once(options))
        except (DomainError, IntakeError) as error:
            raise CommandError(error.message) from error


def _printed_once(options: dict[str, Any]) -> str:
    """What the person needs in order to sign in."""
    name = clean_name(options["username"], field="The username", max_length=USERNAME_LENGTH)
    if options["invite"]:
        secret = invite(username=name, role=options["role"])[1]
        return reverse("accounts:invitation-accept", args=[secret])
    given = sys.stdin.readline(4 * LONGEST).rstrip("\r\n") if options["password_stdin"] else None
    password = generated_password() if given is None else given
    shown = options["display_name"]
    create_user(
        username=name,
        role=options["role"],
        password=password,
        display_name=clean_name(shown, field="The display name") if shown else "",
    )
    return f"{name} may sign in." if given is not None else password
