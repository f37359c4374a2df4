"""Cards and their immutable revisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.technology import Technology
from assessments.querysets import CardQuerySet, RevisionQuerySet
from record import append_only
from record.clock import now

LEVELS = ["1", "2", "3", "4", "5"]
JUDGED = ["viability", "drivers", "novelty", "diffusion", "impact"]
REASONS = ["not yet assessed", "looked and found nothing", "not applicable"]


class Card(models.Model):
    """One analyst's assessment of one technology; the lead card carries the texts."""

    class Role(models.TextChoices):
        LEAD = "lead"
        SECOND = "second opinion"

    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="cards")
    role = models.CharField(max_length=20, choices=Role)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cards"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["technology__name", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["technology"], condition=Q(role="lead"), name="one_lead_card"
            ),
            models.UniqueConstraint(
                fields=["technology", "owner"],
                condition=Q(role="second opinion"),
                name="one_second_opinion_each",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["lead", "second opinion"]), name="card_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technology} ({self.role})"


@append_only.register
class Revision(models.Model):
    """One saved state of a card. At most one revision builds on another, so none is lost."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    parent_hash = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions"
    )
    origin = models.CharField(max_length=20)
    series = models.CharField(max_length=80)
    detail = models.CharField(max_length=10)
    as_of = models.DateField()
    recorded_at = models.DateTimeField(default=now, editable=False)
    reason = models.TextField(blank=True)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["card", "number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["parent"], condition=Q(parent__isnull=False), name="one_child_each"
            ),
            models.UniqueConstraint(
                fields=["card"], condition=Q(parent__isnull=True), name="one_first_revision"
            ),
            models.UniqueConstraint(fields=["card", "content_hash"], name="revision_hash_once"),
            models.CheckConstraint(
                condition=Q(origin__in=["hand", "machine draft", "imported"]),
                name="revision_origin_known",
            ),
            models.CheckConstraint(
                condition=Q(detail__in=["sketch", "full"]), name="revision_detail_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card}, revision {self.number}"


@append_only.register
class Score(models.Model):
    """A revision's scores as rows, written from its content, for queries and constraints."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="scores")
    dimension = models.CharField(max_length=10)
    level = models.CharField(max_length=2, null=True)
    level_to = models.CharField(max_length=2, null=True)
    year_from = models.PositiveSmallIntegerField(null=True)
    year_to = models.PositiveSmallIntegerField(null=True)
    certainty = models.CharField(max_length=6, null=True)
    unscored_reason = models.CharField(max_length=30, null=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "dimension"], name="dimension_once"),
            models.CheckConstraint(
                condition=Q(dimension__in=[*JUDGED, "timing"]), name="dimension_known"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(level__in=LEVELS, dimension__in=JUDGED)
                | Q(level="5+", dimension="impact"),
                name="level_on_scale",
            ),
            models.CheckConstraint(
                condition=Q(level_to__isnull=True)
                | Q(level="1", level_to="2")
                | Q(level="2", level_to="3")
                | Q(level="3", level_to="4")
                | Q(level="4", level_to="5")
                | Q(level="5", level_to="5+", dimension="impact"),
                name="span_of_neighbours",
            ),
            models.CheckConstraint(
                condition=Q(dimension="timing") | Q(year_from__isnull=True, year_to__isnull=True),
                name="years_only_for_timing",
            ),
            models.CheckConstraint(
                condition=Q(year_to__isnull=True) | Q(year_to__gte=models.F("year_from")),
                name="window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(unscored_reason__isnull=True, level__isnull=False)
                | Q(unscored_reason__isnull=True, year_from__isnull=False)
                | Q(unscored_reason__in=REASONS, level__isnull=True, year_from__isnull=True),
                name="scored_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(certainty__isnull=True) | Q(certainty__in=["low", "medium", "high"]),
                name="certainty_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.dimension}"


class Buffer(models.Model):
    """What one person has typed on one card and not saved; never a revision."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="buffers"
    )
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="buffers")
    parent_hash = models.CharField(max_length=64, blank=True)
    fields = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "card"], name="one_buffer_each")]

    def __str__(self) -> str:
        return f"{self.user} on {self.card}"


class InternalNote(models.Model):
    """Thesis, terms, doubts: seen by the team, outside every publication."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_text")]

    def __str__(self) -> str:
        return f"note on {self.card}"
