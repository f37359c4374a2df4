"""What revisions take from the evidence library."""

from django.db import models
from django.db.models import Q

from assessments.models.card import JUDGED, Revision
from evidence.models import Item
from record import append_only


@append_only.register
class Citation(models.Model):
    """What a revision cites, as rows written from its content: so one finds, from an item, every
    score that rests on it."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="citations")
    dimension = models.CharField(max_length=10)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="citations")
    quote = models.TextField(blank=True)
    direction = models.CharField(max_length=10)
    strength = models.CharField(max_length=10)
    belief = models.TextField(blank=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dimension__in=[*JUDGED, "timing"]), name="cited_dimension_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["raises", "lowers", "supports"]),
                name="cited_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(strength__in=["weak", "moderate", "strong"]),
                name="cited_strength_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} on {self.dimension} of {self.revision}"
