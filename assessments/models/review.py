"""What happened to a revision, and the published record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.card import Card, Revision
from assessments.models.technology import Technology
from assessments.querysets import PublicationQuerySet
from record import append_only
from record.clock import now


@append_only.register
class ReviewEvent(models.Model):
    """A step in a revision's review; its state follows from these rows alone."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted"
        APPROVED = "approved"
        RETURNED = "returned"
        # Published at once because it touches no score; somebody looks at it afterwards.
        MINOR = "minor edit"
        CONFIRMED = "confirmed"
        TAKEN_BACK = "taken back"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=now, editable=False)
    content_hash = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "submitted",
                        "approved",
                        "returned",
                        "minor edit",
                        "confirmed",
                        "taken back",
                    ]
                ),
                name="review_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["approved", "confirmed", "taken back"])
                | ~Q(by=F("revision_author"))
                | ~Q(override_reason=""),
                name="approver_is_not_author",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["returned", "taken back"]) | ~Q(note=""),
                name="return_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.kind}"


@append_only.register
class Publication(models.Model):
    """The canonical JSON of a card with its technology's facts and links, as readers get it."""

    class Kind(models.TextChoices):
        CARD = "card"
        FACTS = "facts"
        WITHDRAWAL = "withdrawal"

    seq = models.BigAutoField(primary_key=True)
    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, related_name="publications"
    )
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=20, choices=Kind)
    as_of = models.DateField()
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    body_hash = models.CharField(max_length=64)
    oversight = models.TextField()
    reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["card", "seq"], name="publication_by_card")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["card", "facts", "withdrawal"]),
                name="publication_kind_known",
            ),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(kind="card"), name="revision_published_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="withdrawal") | ~Q(reason=""), name="withdrawal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.seq} of {self.revision}"
