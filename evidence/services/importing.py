"""A file's figures, with the indicator that they begin, or on one that is there."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from evidence.comparison import Comparison
from evidence.models import Indicator
from evidence.services.indicators import create_indicator
from evidence.services.observations import record_observations
from evidence.values import IndicatorFacts, Observed


@transaction.atomic
def import_series(
    *, facts: IndicatorFacts, observed: Sequence[Observed], by: User, reason: str
) -> tuple[Indicator, Comparison]:
    """The indicator of that slug holds the figures; neither is there without the other."""
    indicator = Indicator.objects.filter(slug=facts.slug).first()
    if indicator is None:
        indicator = create_indicator(facts=facts, by=by)
    outcome = record_observations(indicator=indicator, observed=observed, by=by, reason=reason)
    return indicator, outcome
