from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.links import sign_in_path
from accounts.selectors import demo_accounts
from intake.errors import IntakeError
from intake.text import clean_name


class Command(BaseCommand):
    help = "Prints the path that signs in as a demonstration account; it works for twelve hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name = clean_name(options["username"], field="The username")
        except IntakeError as error:
            raise CommandError(error.message) from error
        user = demo_accounts().filter(username=name).first()
        if user is None or not settings.DEMO:
            names = ", ".join(demo_accounts().values_list("username", flat=True)) or "none"
            raise CommandError(
                f"Only demonstration accounts, while DEMO is on, have such a link: {names}."
            )
        self.stdout.write(sign_in_path(user))
