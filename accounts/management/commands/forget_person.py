from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.services import forget_person
from intake.errors import IntakeError
from intake.text import clean_name
from record.errors import DomainError

MOST_NAMED = 50


class Command(BaseCommand):
    help = (
        "Puts a pseudonym in the place of a person's names, for good. What they wrote stays, and"
        " texts that say a name are listed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name = clean_name(options["username"], field="The username")
            forgotten = forget_person(user=User.objects.get(username=name.lower()))
        except User.DoesNotExist as error:
            raise CommandError(
                "Nobody has this username, so nobody was forgotten now. Look at the list of people."
            ) from error
        except (DomainError, IntakeError) as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"This person is {forgotten.pseudonym} from now on.")
        self._tell(forgotten.mentions)

    def _tell(self, mentions: tuple[str, ...]) -> None:
        if not mentions:
            return
        self.stdout.write(
            f"{len(mentions)} texts still say one of the names; read them. A published text is not"
            " changed: publish a newer revision without the name, or withdraw the card."
        )
        for mention in mentions[:MOST_NAMED]:
            self.stdout.write(f"  {mention}")
        if len(mentions) > MOST_NAMED:
            self.stdout.write(f"  and {len(mentions) - MOST_NAMED} more")
