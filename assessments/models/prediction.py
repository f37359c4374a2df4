"""Predictions and what people say of their chances: all of it append-only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.technology import Technology
from assessments.querysets import ForecastQuerySet, PredictionQuerySet
from record import append_only
from record.clock import now, today

# 0 and 1 would leave nothing to learn, and cost without bound when they are wrong.
LEAST, MOST = 0.01, 0.99


@append_only.register
class Prediction(models.Model):
    """A checkable statement as it was made; it is never edited, and another may replace it."""

    class Kind(models.TextChoices):
        YES_NO = "yes or no"
        NUMBER = "number"
        DATE = "date"

    key = models.SlugField(max_length=120, unique=True)
    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="predictions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="predictions"
    )
    made_at = models.DateTimeField(default=now, editable=False)
    as_of = models.DateField(default=today)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="stones"
    )
    statement = models.TextField()
    spec = models.TextField()
    content_hash = models.CharField(max_length=64)
    deadline = models.DateField()
    indicator = models.CharField(max_length=80, blank=True)
    hides_forecasts = models.BooleanField(default=False)
    original_wording = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    overruled = models.JSONField(default=list)
    is_demonstration = models.BooleanField(default=False)

    objects = PredictionQuerySet.as_manager()

    class Meta:
        ordering = ["deadline", "key"]
        indexes = [
            models.Index(fields=["technology", "deadline"], name="prediction_by_technology"),
            models.Index(fields=["indicator"], name="prediction_by_indicator"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["yes or no", "number", "date"]), name="prediction_kind_known"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="prediction_has_statement"),
            models.CheckConstraint(
                condition=Q(deadline__gte=F("as_of")), name="prediction_looks_ahead"
            ),
        ]

    def __str__(self) -> str:
        return self.key


@append_only.register
class PredictionEvent(models.Model):
    """A step in a prediction's life among people; what came true is recorded elsewhere."""

    class Kind(models.TextChoices):
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"
        CLOSED = "closed"
        OPENED_AGAIN = "opened again"

    prediction = models.ForeignKey(Prediction, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["published", "withdrawn", "closed", "opened again"]),
                name="prediction_event_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="published") | ~Q(reason=""), name="prediction_event_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prediction}: {self.kind}"


@append_only.register
class Forecast(models.Model):
    """What one person says from now on: a chance, four points, or nothing any more."""

    prediction = models.ForeignKey(Prediction, on_delete=models.PROTECT, related_name="forecasts")
    forecaster = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="forecasts"
    )
    made_at = models.DateTimeField(default=now, editable=False)
    p = models.FloatField(null=True, blank=True)
    lowest = models.FloatField(null=True, blank=True)
    best = models.FloatField(null=True, blank=True)
    highest = models.FloatField(null=True, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    p_never = models.FloatField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    is_withdrawal = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["prediction", "forecaster", "made_at"], name="forecast_by_person")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(p=None) | Q(p__gte=LEAST, p__lte=MOST), name="forecast_p_inside"
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gt=0, confidence__lt=1),
                name="forecast_confidence_inside",
            ),
            models.CheckConstraint(
                condition=Q(best=None) | Q(lowest__lte=F("best"), best__lte=F("highest")),
                name="forecast_points_in_order",
            ),
            models.CheckConstraint(
                condition=Q(p_never=None) | Q(p_never__gte=0, p_never__lte=MOST),
                name="forecast_p_never_inside",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawal=True, p=None, best=None)
                | Q(is_withdrawal=False, p=None, best__isnull=False, confidence__isnull=False)
                | Q(is_withdrawal=False, p__isnull=False, best=None),
                name="forecast_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prediction}: forecast {self.pk}"
