from collections.abc import Iterator

from django.db.models import Count, Max, QuerySet

from record.models import Change, PublicChange
from record.prepared import Prepared


def last_public_change() -> Change | None:
    newest = PublicChange.objects.select_related("change").order_by("-seq").first()
    return newest.change if newest else None


def newest_public_seq() -> int:
    """The number of the last public change, 0 in an empty record."""
    return PublicChange.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def newest_forgotten_seq() -> int:
    """The change by which a person was last forgotten, 0 when none was."""
    return max((seq for (seq,) in _FORGETTINGS.rows()), default=0)


def was_forgotten(*, person_id: int) -> bool:
    return _forgettings().filter(subject_key=str(person_id)).exists()


def _forgettings() -> QuerySet[Change]:
    return Change.objects.filter(subject_kind="person", kind="person.forgotten")


def log_moment() -> str:
    """Short text that changes with every change that stands in the log."""
    counted = Change.objects.aggregate(newest=Max("seq"), number=Count("seq"))
    return f"{counted['newest'] or 0}-{counted['number']}"


def public_changes_in_order() -> Iterator[PublicChange]:
    rows = PublicChange.objects.select_related("change").order_by("seq")
    return rows.iterator(chunk_size=1000)


def unnumbered_public_changes() -> QuerySet[Change]:
    """What should be empty."""
    return Change.objects.filter(is_public=True, public=None).order_by("seq")


def removed_public_numbers() -> set[int]:
    """Numbers of public changes that left with the demonstration, as the log of that says."""
    rows = Change.objects.filter(kind="demonstration.removed", is_public=True)
    return {
        number
        for row in rows
        for first, last in (row.after or {}).get("public_numbers", ())
        for number in range(first, last + 1)
    }


# Asked for in order, or for the greatest alone, the database goes through the whole log.
_FORGETTINGS = Prepared(lambda: _forgettings().order_by().values_list("seq"))
