"""Indicators are mutable, with a version; their observations only ever gain rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.querysets import IndicatorQuerySet
from record import append_only
from record.clock import now

# Beyond what any figure is, and below what NaN is to a database that keeps it.
_LARGEST = 1e16


class Indicator(models.Model):
    """A measured series. The slug is permanent: it keys addresses, exports and random streams."""

    class Progress(models.TextChoices):
        UP = "up"
        DOWN = "down"

    class Kind(models.TextChoices):
        COST = "cost"
        PERFORMANCE = "performance"
        SHARE = "share"
        COUNT = "count"

    class Cadence(models.TextChoices):
        YEAR = "year"
        MONTH = "month"
        DAY = "day"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=80)
    progress = models.CharField(max_length=10, choices=Progress)
    kind = models.CharField(max_length=20, choices=Kind)
    cadence = models.CharField(max_length=10, choices=Cadence)
    geography = models.CharField(max_length=120, blank=True)
    publisher = models.CharField(max_length=120)
    source_url = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.CharField(max_length=500, blank=True)
    comparability = models.TextField(blank=True)
    ceiling_low = models.FloatField(null=True, blank=True)
    ceiling_high = models.FloatField(null=True, blank=True)
    release_lag_days = models.PositiveSmallIntegerField(default=0)
    is_snapshot = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="indicator_has_slug"),
            models.CheckConstraint(condition=~Q(name=""), name="indicator_has_name"),
            models.CheckConstraint(condition=~Q(unit=""), name="indicator_has_unit"),
            models.CheckConstraint(condition=~Q(publisher=""), name="indicator_has_publisher"),
            models.CheckConstraint(
                condition=Q(progress__in=["up", "down"]), name="indicator_progress_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["cost", "performance", "share", "count"]),
                name="indicator_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(cadence__in=["year", "month", "day"]), name="indicator_cadence_known"
            ),
            models.CheckConstraint(
                condition=Q(ceiling_low=None, ceiling_high=None)
                | Q(
                    kind="share",
                    ceiling_low__gt=0,
                    ceiling_high__gt=models.F("ceiling_low"),
                    ceiling_high__lte=100,
                ),
                name="indicator_ceiling_of_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@append_only.register
class Observation(models.Model):
    """One figure of one vintage. `correction` counts how often that vintage was typed anew."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    period = models.CharField(max_length=10, blank=True)
    time = models.FloatField(null=True)
    label = models.CharField(max_length=120, blank=True)
    value = models.FloatField()
    entered = models.CharField(max_length=60)
    vintage = models.DateField()
    correction = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "label", "vintage", "correction"],
                name="observation_once",
            ),
            models.CheckConstraint(
                condition=Q(period="", time=None) | (~Q(period="") & Q(time__isnull=False)),
                name="observation_time_of_its_period",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=-_LARGEST, value__lte=_LARGEST),
                name="observation_value_finite",
            ),
            models.CheckConstraint(condition=~Q(entered=""), name="observation_as_entered"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period or self.label}: {self.entered}"
