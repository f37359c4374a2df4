from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.scopes import SCOPES
from accounts.services import create_token
from intake.errors import IntakeError
from intake.numbers import parse_integer
from intake.text import clean_name
from record.errors import DomainError


class Command(BaseCommand):
    help = "Makes an API token for a person and prints it, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--scope", action="append", required=True, choices=list(SCOPES))
        parser.add_argument("--days", default="90", help="how long it lasts (default 90)")
        parser.add_argument("--name", default="command line", help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(_secret(options))
        except User.DoesNotExist as error:
            raise CommandError("No open account has this username. Make one first.") from error
        except (DomainError, IntakeError) as error:
            raise CommandError(error.message) from error


def _secret(options: dict[str, Any]) -> str:
    name = clean_name(options["username"], field="The username")
    token = create_token(
        user=User.objects.get(username=name.lower(), is_active=True),
        name=clean_name(options["name"], field="The name of the token", max_length=80),
        scopes=list(dict.fromkeys(options["scope"])),
        days=parse_integer(options["days"], 1, 366),
    )
    return token[1]
