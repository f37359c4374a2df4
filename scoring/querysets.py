"""Which runs a person may see: those of a single thing only where the thing itself is seen."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from assessments.models import Forecast, Prediction
from evidence.models import Indicator


class RunQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "RunQuerySet":
        """Inputs and result of a prediction's run hold its parts, the figures that it reads and
        what everybody said, so it is seen where all of these are."""
        forecasts = Q(kind="forecast", subject__in=_indicators(actor))
        predictions = Q(kind="prediction", subject__in=chances_visible_to(actor).values("key"))
        return self.filter(Q(subject="") | forecasts | predictions)

    def public(self) -> "RunQuerySet":
        return self.visible_to(AnonymousUser())


def _indicators(actor: Any) -> models.QuerySet[Any, Any]:
    return Indicator.objects.visible_to(actor).values("slug")


def chances_visible_to(actor: Any) -> models.QuerySet[Prediction]:
    """Predictions of which the person may see what was said and what was made of it."""
    rows = Prediction.objects.visible_to(actor)
    seen = rows.filter(Q(indicator="") | Q(indicator__in=_indicators(actor)))
    is_open = ~Q(pk__in=Prediction.objects.closed().values("pk"))
    hidden = Q(hides_forecasts=True) & is_open
    if getattr(actor, "is_authenticated", False):
        own = Forecast.objects.filter(forecaster=actor, is_withdrawal=False)
        hidden &= ~Q(pk__in=own.values("prediction"))
    found: models.QuerySet[Prediction] = seen.exclude(hidden)
    return found
