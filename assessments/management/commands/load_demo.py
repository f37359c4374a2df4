import json
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.services import create_demonstration_user
from assessments.selectors import has_demonstration
from assessments.services.demonstration import load_demonstration

ACCOUNTS = {"analyst": "Analyst", "editor": "Editor"}


class Command(BaseCommand):
    help = "Put the demonstration into an empty record; a second time changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts", type=Path, help="file that receives the names and passwords"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if has_demonstration():
            self.stdout.write("The demonstration is loaded already.")
            return
        passwords = {name: secrets.token_urlsafe(9) for name in ACCOUNTS}
        with transaction.atomic():
            people = {
                name: create_demonstration_user(
                    username=name, role=name, password=passwords[name], display_name=shown
                )
                for name, shown in ACCOUNTS.items()
            }
            report = load_demonstration(editor=people["editor"])
            if options["accounts"]:
                _write(options["accounts"], passwords)
        self.stdout.write(f"{len(report.added)} demonstration cards added.")


def _write(path: Path, passwords: dict[str, str]) -> None:
    accounts = [
        {"username": name, "password": password, "role": name}
        for name, password in passwords.items()
    ]
    path.touch(mode=0o600)
    path.write_text(json.dumps(accounts))
