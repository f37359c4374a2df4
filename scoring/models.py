"""Runs: what was asked to be computed, when, from what, and the job that answers it. And how
predictions were resolved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models import Prediction
from evidence.models import Observation
from jobs.models import Job
from record import append_only
from record.clock import now
from scoring.querysets import RunQuerySet


class RunKind(models.TextChoices):
    RANKING = "ranking"
    OUTLOOK = "outlook"
    FORECAST = "forecast"
    PREDICTION = "prediction"
    SCORES = "scores"
    LINKS = "links"


OF_THE_RECORD = (RunKind.RANKING, RunKind.OUTLOOK)
"""Computed from all that is published, so that each publication asks for one of each."""
OF_ONE_THING = (RunKind.FORECAST, RunKind.PREDICTION)
"""Of a single indicator or prediction, which the run names as its subject."""


@append_only.register
class Run(models.Model):
    """The latest run of a kind is the one with the highest seq; where its kind is of one thing,
    among those of the same subject: the slug of an indicator, the key of a prediction. `mark` is
    short text that tells what was known of the subject; another one now means another run."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=RunKind)
    subject = models.CharField(max_length=120, blank=True)
    lens = models.CharField(max_length=40, blank=True)
    as_of = models.DateField()
    known_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    publication_seq = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField(default=now, editable=False)
    request_id = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=80, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="runs")

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["kind", "lens", "seq"], name="run_by_kind"),
            models.Index(fields=["kind", "subject", "seq"], name="run_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ranking", "outlook", "scores", "links"], subject="")
                | Q(kind__in=["forecast", "prediction"]) & ~Q(subject=""),
                name="run_kind_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} run {self.seq}"


@append_only.register
class Sensitivity(models.Model):
    """The job that computes how far a ranking moves under other constants and single scores."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="sensitivity")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="sensitivities")

    def __str__(self) -> str:
        return f"sensitivity of run {self.run_id}"


@append_only.register
class LensVersion(models.Model):
    """A lens of the editors as it stands from one moment on; the version with the highest seq
    of a key is in force. `parent` is the seq of the version before it, 0 for the first."""

    seq = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    definition = models.TextField()
    parent = models.BigIntegerField(default=0)
    is_retired = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["key", "seq"], name="lens_by_key")]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="lens_has_a_key"),
            models.UniqueConstraint(fields=["key", "parent"], name="lens_has_one_line"),
            models.CheckConstraint(condition=~Q(name=""), name="lens_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"lens {self.key}, version {self.seq}"


@append_only.register
class ResolutionEvent(models.Model):
    """One step on the way from open to resolved. Each step answers the one before it and is
    answered at most once, so the steps of a prediction are one line whoever writes at the same
    time. `by` is null where the machine proposes, because an observation decided."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        UNDONE = "undone"

    class Outcome(models.TextChoices):
        YES = "yes"
        NO = "no"
        NUMBER = "number"
        DATE = "date"
        ANNULLED = "annulled"
        AMBIGUOUS = "ambiguous"

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="resolution_events")
    kind = models.CharField(max_length=20, choices=Kind)
    outcome = models.CharField(max_length=20, choices=Outcome)
    value = models.FloatField(null=True)
    happened_on = models.DateField(null=True)
    note = models.TextField()
    evidence = models.TextField(blank=True)
    observation = models.ForeignKey(Observation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["proposed", "confirmed", "refused", "undone"]),
                name="resolution_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["yes", "no", "annulled", "ambiguous"])
                | Q(outcome="number", value__isnull=False)
                | Q(outcome="date", happened_on__isnull=False),
                name="resolution_outcome_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(kind="proposed", observation__isnull=False),
                name="resolution_machine_only_proposes",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="resolution_has_a_note"),
            models.CheckConstraint(
                condition=Q(kind="proposed") | Q(answers__isnull=False),
                name="resolution_begins_with_a_proposal",
            ),
            models.UniqueConstraint(fields=["answers"], name="resolution_answered_once"),
            models.UniqueConstraint(
                fields=["prediction"], condition=Q(answers=None), name="resolution_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prediction}: {self.kind} {self.outcome}"
