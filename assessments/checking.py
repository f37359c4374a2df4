"""What a reviewer should look at in one revision, for the page and for programs."""

from datetime import date

from assessments.models import Prediction, Revision
from assessments.opinions import content_of
from assessments.values.checklist import Checklist, Known, checklist
from record.clock import today

_TARGET = date(2030, 12, 31)


def checklist_of(revision: Revision, published: Revision | None) -> Checklist:
    """What the revision lacks, seen from what readers see now."""
    technology, parent = revision.card.technology, revision.parent
    is_new = published is None or published.pk != revision.pk
    made = Prediction.objects.standing().filter(technology=technology, deadline=_TARGET)
    known = Known(
        today=today(),
        technology=technology.name,
        aliases=tuple(technology.aliases.values_list("name", flat=True)),
        published=content_of(published) if published and is_new else None,
        parent=content_of(parent) if parent else None,
        is_predicted=made.exists(),
    )
    return checklist(content_of(revision), known)
