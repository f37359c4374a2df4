"""What the team says about a revision part by part, and about opinions that differ."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.card import Revision
from assessments.models.technology import Technology
from assessments.querysets import CommentQuerySet, ReconciliationQuerySet
from assessments.values.commented import PARTS
from record import append_only
from record.clock import now


@append_only.register
class ReviewComment(models.Model):
    """One remark on one part of a revision, for its author; never published."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    part = models.CharField(max_length=20)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=list(PARTS)), name="comment_part_known"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
        ]

    def __str__(self) -> str:
        return f"comment on the {self.part} of {self.revision}"


@append_only.register
class CommentResolution(models.Model):
    """The comment is dealt with; who still doubts writes another."""

    comment = models.OneToOneField(
        ReviewComment, on_delete=models.PROTECT, related_name="resolution"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"{self.comment}, resolved"


@append_only.register
class Reconciliation(models.Model):
    """What the team made of opinions that differ: nobody has to give in."""

    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, related_name="reconciliations"
    )
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reconciliation_has_text")
        ]

    def __str__(self) -> str:
        return f"note on the opinions on {self.technology}"


@append_only.register
class ReconciledRevision(models.Model):
    """One of the revisions that a note spoke of."""

    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.PROTECT, related_name="spoken_of"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="reconciled")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reconciliation", "revision"], name="reconciled_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reconciliation}: {self.revision}"
