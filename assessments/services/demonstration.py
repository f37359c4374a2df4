"""The demonstration that ships: the project's own cards, marked as such everywhere."""

import json
import secrets
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import create_demonstration_user
from assessments.importing.cards_file import Refusal, read_cards_file
from assessments.models import Link, Technology
from assessments.selectors import has_demonstration
from assessments.services.demonstration_challenges import load_challenges
from assessments.services.demonstration_predictions import load_predictions
from assessments.services.imports import CardImport, Hands, ImportReport
from assessments.services.technologies import (
    Facts,
    create_technology,
    record_opening,
    set_links,
)
from assessments.signals import demonstration_loaded
from evidence.services import load_demonstration_indicators, load_demonstration_items
from record.clock import today
from record.errors import DomainError

FOLDER = Path(__file__).resolve().parent.parent / "demonstration"
AUTHORS = {"marta": "Marta", "jonas": "Jonas", "ilse": "Ilse"}
SECOND_EDITOR = "tariq"


@transaction.atomic
def load_demonstration(*, editor: User) -> ImportReport:
    """The demonstration stands in the record, published; a second call changes nothing.

    What it says of days after today is left out, so that a moved day finds a record of its time.
    Its authors are names only: none of them can sign in once it is loaded.
    """
    if has_demonstration():
        return ImportReport()
    marta, *others = [_author(name, shown, "analyst") for name, shown in AUTHORS.items()]
    tariq = _author(SECOND_EDITOR, "Tariq", "editor")
    load_demonstration_indicators(by=marta)
    load_demonstration_items(by=marta)
    record = json.loads((FOLDER / "technologies.json").read_text())
    for entry in record["technologies"]:
        _add_technology(entry, by=marta, confirmed_by=tariq)
    _add_links(record["links"], by=marta)
    report = _add_cards(Hands(author=marta, approvers=(editor, tariq)))
    people = _by_name(marta, *others)
    load_predictions(people=people, author=marta.username, editor=tariq)
    load_challenges(people=people, editor=tariq)
    demonstration_loaded.send(sender=None, proposer=tariq, confirmer=editor)
    User.objects.filter(username__in=[*AUTHORS, SECOND_EDITOR]).update(is_active=False)
    return report


def _author(username: str, shown: str, role: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is not None and not found.is_demonstration:
        raise DomainError(
            f"{username} is somebody's account here, and the demonstration has an author of that"
            " name. Load it into an empty record."
        )
    return found or create_demonstration_user(
        username=username, role=role, password=secrets.token_urlsafe(24), display_name=shown
    )


def _by_name(*people: User) -> dict[str, User]:
    return {person.username: person for person in people}


def _add_technology(entry: dict[str, Any], *, by: User, confirmed_by: User) -> None:
    technology = create_technology(
        facts=Facts(
            slug=entry["slug"],
            name=entry["name"],
            aliases=tuple(entry["aliases"]),
            domains=tuple(entry["domains"]),
            variant_of=entry["variant_of"],
        ),
        by=by,
        is_demonstration=True,
        is_yardstick=entry["is_yardstick"],
    )
    if entry["open_since"] and entry["open_since"] <= today().year:
        record_opening(
            technology=technology,
            year=entry["open_since"],
            evidence="Demonstration: the year is common knowledge.",
            by=by,
            confirmed_by=confirmed_by,
        )


def _add_links(links: list[dict[str, str]], *, by: User) -> None:
    technologies = {row.slug: row for row in Technology.objects.all()}
    for slug, technology in technologies.items():
        rows = [
            Link(
                source=technology,
                target=technologies[link["to"]],
                kind=link["kind"],
                note=link["note"],
            )
            for link in links
            if link["from"] == slug
        ]
        if rows:
            set_links(technology=technology, links=rows, version=technology.version, by=by)


def _add_cards(hands: Hands) -> ImportReport:
    items = read_cards_file((FOLDER / "cards.json").read_bytes(), chain=True)
    past = [i for i in items if isinstance(i, Refusal) or i.document.as_of <= today()]
    report = CardImport(hands=hands, is_demonstration=True).run(past)
    if report.refused:
        raise DomainError(f"The demonstration cannot be loaded: {report.refused[0]}")
    return report
