"""A radar comes into the record whole or not at all."""

from dataclasses import dataclass, replace

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.importing.radars.radar import Radar
from assessments.models import Technology
from assessments.radars import Fate, RadarMapping, RadarRow, remembered_mapping, rows_of
from assessments.services.drafting import Save, save_revision
from assessments.services.starting import start_card
from assessments.services.technologies import Facts, create_technology
from record.errors import DomainError, NotAllowed
from record.services import log_change


@dataclass(frozen=True)
class Imported:
    """The rows with what became of each."""

    rows: tuple[RadarRow, ...]


@transaction.atomic
def import_radar(*, radar: Radar, mapping: RadarMapping, by: User) -> Imported:
    """Every entry that the record does not hold is a sketch; a second import changes nothing."""
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can add technologies.")
    rows = rows_of(radar, mapping, by)
    broken = next((row for row in rows if row.fate is Fate.UNREADABLE), None)
    if broken is not None:
        raise DomainError(f"{broken.place}, {broken.name}: {broken.words}", field="text")
    for row in rows:
        _write(row, by)
    _remember(mapping, by)
    return Imported(rows)


def _remember(mapping: RadarMapping, by: User) -> None:
    """What rings and sectors mean, for the next edition of the same radar."""
    before = remembered_mapping(mapping.name)
    rings, sectors = dict(mapping.rings), dict(mapping.sectors)
    if before is not None and (before.rings, before.sectors) == (rings, sectors):
        return
    log_change(
        kind="radar.imported",
        subject_kind="radar",
        subject_key=mapping.name,
        actor_id=by.pk,
        after={"rings": rings, "sectors": sectors},
    )


def _write(row: RadarRow, by: User) -> None:
    if row.document is None or row.fate in {Fate.SKIPPED, Fate.LEFT_OUT}:
        return
    document = replace(row.document, author=by.get_username())
    try:
        if row.fate is Fate.UPDATED and row.head is not None:
            document = replace(document, parent=row.head.content_hash)
            save_revision(card=row.head.card, document=document, save=Save(by=by))
        else:
            start_card(technology=row.technology or _created(row, by), document=document, by=by)
    except DomainError as error:
        raise DomainError(f"{row.place}, {row.name}: {error.message}", field="text") from error


def _created(row: RadarRow, by: User) -> Technology:
    domains = (row.field,) if row.field else ()
    return create_technology(facts=Facts(slug=row.slug, name=row.name, domains=domains), by=by)
