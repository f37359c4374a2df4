"""Whether the steps of every resolution are the one line that they were taken in."""

from collections.abc import Iterator

from record.verification import Check, Examined, register_check
from scoring.models import ResolutionEvent

CHUNK = 500
Step = ResolutionEvent.Kind
MAY_FOLLOW: dict[Step, set[Step | None]] = {
    Step.PROPOSED: {None, Step.REFUSED, Step.UNDONE},
    Step.CONFIRMED: {Step.PROPOSED, Step.CONFIRMED},
    Step.REFUSED: {Step.PROPOSED, Step.CONFIRMED},
    Step.UNDONE: {Step.PROPOSED, Step.CONFIRMED},
}


def register_checks() -> None:
    register_check(Check("resolutions", _resolutions))


def _resolutions() -> Iterator[Examined]:
    rows = ResolutionEvent.objects.select_related("answers").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield Examined(f"resolution event {row.pk}", _wrong_with(row))


def _wrong_with(row: ResolutionEvent) -> str:
    before = row.answers
    if before is not None and before.prediction_id != row.prediction_id:
        return "it answers an event of another prediction"
    if (Step(before.kind) if before else None) not in MAY_FOLLOW[Step(row.kind)]:
        return "it is no step that may follow the one before it"
    if row.kind == Step.PROPOSED or before is None:
        return ""
    said = (row.outcome, row.value, row.happened_on)
    if said != (before.outcome, before.value, before.happened_on):
        return "it answers another outcome than the one that it answers to"
    return ""
