"""Runs: what was asked to be computed, when, from what, and the job that answers it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jobs.models import Job
from record import append_only
from record.clock import now


class RunKind(models.TextChoices):
    RANKING = "ranking"
    OUTLOOK = "outlook"


@append_only.register
class Run(models.Model):
    """The latest run of a kind is the one with the highest seq."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=RunKind)
    lens = models.CharField(max_length=40, blank=True)
    as_of = models.DateField()
    known_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    publication_seq = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField(default=now, editable=False)
    request_id = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="runs")

    class Meta:
        ordering = ["-seq"]
        indexes = [models.Index(fields=["kind", "lens", "seq"], name="run_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ranking", "outlook"]), name="run_kind_known"
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
