"""What the team said in a monthly round."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.card import Revision
from record import append_only
from record.clock import now, today


@append_only.register
class RoundAnswer(models.Model):
    """A person looked at a published revision again; nothing that readers see follows from it."""

    class Answer(models.TextChoices):
        STILL_RIGHT = "still right"
        OPEN = "open"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="round_answers")
    answer = models.CharField(max_length=20, choices=Answer)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(default=today, editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["as_of"], name="round_answer_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["still right", "open"]), name="round_answer_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.answer}"
