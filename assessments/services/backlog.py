"""A pasted list comes into the record whole or not at all."""

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.backlog import Fate, PastedRow, refusal_of, sort_list
from assessments.models import Technology
from assessments.services.technologies import Facts, create_technology
from record.errors import DomainError, NotAllowed


@transaction.atomic
def create_backlog(*, text: str, by: User) -> list[Technology]:
    """Every new name of the list is a technology without a card; those there are left alone."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can add technologies.")
    rows = _readable(text)
    return [
        create_technology(
            facts=Facts(slug=row.slug, name=row.name, domains=(row.field,) if row.field else ()),
            by=by,
        )
        for row in rows
        if row.fate is Fate.NEW
    ]


def _readable(text: str) -> tuple[PastedRow, ...]:
    refusal = refusal_of(text)
    if refusal:
        raise DomainError(refusal, field="names")
    rows = sort_list(text)
    broken = [row for row in rows if row.fate is Fate.UNREADABLE]
    if broken:
        first = broken[0]
        raise DomainError(f"Line {first.number}: {first.words}", field="names")
    return rows
