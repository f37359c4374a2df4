from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from record.database_roles import apply_roles, creation, grants, known_tables, site_role
from record.errors import DomainError


class Command(BaseCommand):
    help = (
        "Prints the SQL of a role that serves the site and cannot change append-only tables;"
        " with --apply runs it as the owner, whom OWNER_DATABASE_URL names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="run it instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["apply"]:
            role = site_role() or "bellwether"
            self.stdout.write(";\n".join([creation(role), *grants(role, known_tables())]) + ";")
            return
        try:
            tables = apply_roles()
        except DomainError as error:
            raise CommandError(error.message) from error
        except DatabaseError as error:
            raise CommandError(
                f"The owner may not do this ({error}). Let a superuser of PostgreSQL run what this"
                " command prints without --apply."
            ) from error
        self.stdout.write(f"{site_role()} serves the site on {len(tables)} tables.")
