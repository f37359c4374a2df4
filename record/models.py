from django.db import models

from record.append_only import register
from record.clock import now


@register
class Change(models.Model):
    """One line of the record: who changed what, when and why. The actor is a bare id."""

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=200)
    is_public = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["is_public", "seq"], name="change_public"),
            models.Index(fields=["subject_kind", "subject_key"], name="change_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject_kind} {self.subject_key}"


@register
class PublicChange(models.Model):
    """A change that readers may see. Its own numbers have no gaps, so they tell nothing of the
    other changes, and no smaller one becomes visible after a greater."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="public")

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"public change {self.seq}"
