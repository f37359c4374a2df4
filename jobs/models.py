from django.db import models
from django.db.models.functions import Now

from record.append_only import register


class Job(models.Model):
    """A unique computation and how far it has come. All instants are of the database's clock.

    One that is cut has `parts`, jobs whose `whole` it is, and waits for them without a worker.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        WAITING = "waiting"
        DONE = "done"
        PARKED = "parked"

    kind = models.CharField(max_length=60)
    inputs_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=60)
    seed = models.BigIntegerField()
    inputs = models.TextField()
    queue = models.CharField(max_length=20)
    whole = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    parts_total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.PositiveIntegerField(default=0)
    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    error = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(null=True, db_default=Now())
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "due_at"], name="job_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "inputs_digest", "engine_version", "seed"],
                name="job_is_one_computation",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state="queued", lease_until=None, ended_at=None)
                    | models.Q(state="waiting", lease_until=None, ended_at=None)
                    & models.Q(parts_total__gt=0)
                    | models.Q(state="running", ended_at=None)
                    & models.Q(lease_until__isnull=False, started_at__isnull=False)
                    | models.Q(state="done", lease_until=None, ended_at__isnull=False, error="")
                    | models.Q(state="parked", lease_until=None, ended_at__isnull=False)
                    & ~models.Q(error="")
                ),
                name="job_state_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(progress_done__lte=models.F("progress_total")),
                name="job_progress_within_total",
            ),
            models.CheckConstraint(
                condition=models.Q(whole=None) | models.Q(parts_total=0),
                name="job_part_has_no_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_waited_for(self) -> bool:
        return not self.is_ended


ENDED = frozenset({Job.State.DONE, Job.State.PARKED})


@register
class JobResult(models.Model):
    """What a job computed, and the receipt by which anyone can compute it again."""

    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, primary_key=True, related_name="result"
    )
    headline = models.TextField()
    arrays = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64)
    receipt = models.JSONField()

    def __str__(self) -> str:
        return f"result of job {self.pk}"


class Intermediate(models.Model):
    """What a job in parts passes on: from its cut to its parts, and from each part to the end.

    No part of the record: with the job's own result in place the rows are deleted.
    """

    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, primary_key=True, related_name="intermediate"
    )
    content = models.BinaryField()
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"intermediate of job {self.pk}"
