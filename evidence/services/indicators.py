"""Writes on indicators. Each ends in the change log."""

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from evidence.models import Indicator
from evidence.selectors import facts_of, figures_in_force
from evidence.services.reasons import clean_reason
from evidence.signals import indicator_changed
from evidence.values.facts import FactsInvalid, IndicatorFacts, check_facts, facts_json
from evidence.values.observed import wrong_with_value
from record.errors import Conflict, DomainError
from record.services import log_change

_FIXED = ("unit", "cadence", "is_snapshot")


class IndicatorRefused(DomainError):
    """`faults` has a sentence for each field that cannot stand."""

    def __init__(self, faults: dict[str, str]) -> None:
        first = next(iter(faults))
        super().__init__(" ".join(faults.values()), field=first)
        self.faults = faults


@transaction.atomic
def create_indicator(
    *, facts: IndicatorFacts, by: User, is_demonstration: bool = False
) -> Indicator:
    facts = _checked(facts)
    try:
        with transaction.atomic():
            indicator = Indicator.objects.create(
                **facts_json(facts), created_by=by, is_demonstration=is_demonstration
            )
    except IntegrityError as error:
        raise Conflict(
            f"An indicator with the address “{facts.slug}” exists already. Open that one, or"
            " choose another address.",
            field="slug",
        ) from error
    log_change(
        kind="indicator.created",
        subject_kind="indicator",
        subject_key=indicator.slug,
        actor_id=by.pk,
        after=facts_json(facts),
    )
    indicator_changed.send(sender=None, indicator=indicator)
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, facts: IndicatorFacts, version: int, by: User, reason: str = ""
) -> Indicator:
    """The facts are replaced, unless somebody changed them since `version` was read."""
    reason = clean_reason(reason)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if indicator.version != version:
        raise Conflict(
            f"{indicator.name} was changed by somebody else while you edited it. Reload the page"
            " to see the newer facts, then make your change again."
        )
    before, facts = facts_of(indicator), _checked(facts)
    _refuse_other_measure(indicator, before, facts)
    if facts == before:
        return indicator
    Indicator.objects.filter(pk=indicator.pk).update(**facts_json(facts), version=F("version") + 1)
    indicator.refresh_from_db()
    log_change(
        kind="indicator.edited",
        subject_kind="indicator",
        subject_key=indicator.slug,
        actor_id=by.pk,
        before=facts_json(before),
        after=facts_json(facts),
        reason=reason,
    )
    indicator_changed.send(sender=None, indicator=indicator)
    return indicator


def _checked(facts: IndicatorFacts) -> IndicatorFacts:
    try:
        return check_facts(facts)
    except FactsInvalid as error:
        raise IndicatorRefused(error.faults) from error


def _refuse_other_measure(
    indicator: Indicator, before: IndicatorFacts, after: IndicatorFacts
) -> None:
    """What was measured stays what was measured."""
    if after.slug != before.slug:
        raise DomainError(
            f"The address “{before.slug}” is permanent: others refer to it.", field="slug"
        )
    rows = list(indicator.observations.all())
    moved = [name for name in _FIXED if getattr(before, name) != getattr(after, name)]
    if rows and moved:
        raise DomainError(
            f"{indicator.name} has observations, so its {moved[0].removeprefix('is_')} stays as it"
            " is. Make another indicator for figures of another measure.",
            field=moved[0],
        )
    for row in figures_in_force(rows, by_label=before.is_snapshot):
        wrong = wrong_with_value(row.value, after)
        if wrong:
            field = "kind" if after.kind != before.kind else "ceiling_high"
            raise DomainError(f"{row.period}: {wrong}", field=field)
