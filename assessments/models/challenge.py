"""Corrections from readers: what they claim, what was answered, and who sent it, kept apart."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.review import Publication
from assessments.models.technology import Technology
from assessments.querysets import ChallengeQuerySet
from evidence.models import Item
from record import append_only
from record.clock import now

DIMENSIONS = ["viability", "drivers", "novelty", "diffusion", "impact", "timing"]


@append_only.register
class Challenge(models.Model):
    """What a reader says is wrong, as it came. Its state follows from its events."""

    class Origin(models.TextChoices):
        FORM = "form"
        MAILBAG = "mailbag"

    key = models.CharField(max_length=100, unique=True)
    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="challenges")
    dimension = models.CharField(max_length=10, blank=True)
    claim = models.TextField()
    evidence = models.TextField(blank=True)
    evidence_url = models.CharField(max_length=2000, blank=True)
    origin = models.CharField(max_length=10, choices=Origin)
    source = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    # A digest of the letter as it stands in the source, so that the same letter is one challenge.
    letter = models.CharField(max_length=64, blank=True, default="")
    said_on = models.DateField()
    received_at = models.DateTimeField(default=now, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(claim=""), name="challenge_claims_something"),
            models.UniqueConstraint(
                fields=["source", "letter"], condition=~Q(letter=""), name="one_challenge_a_letter"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=["", *DIMENSIONS]), name="challenge_dimension_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["form", "mailbag"]), name="challenge_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ChallengeSender(models.Model):
    """Who sent it: never shown, and erased when they ask. `credit` is what they want printed."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="sender")
    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    credit = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"sender of {self.challenge_id}"


@append_only.register
class ChallengeEvent(models.Model):
    """A step on the way of a challenge, by somebody of the team."""

    class Kind(models.TextChoices):
        SHOWN = "shown"
        HIDDEN = "hidden"
        REPLIED = "replied"
        ACCEPTED = "accepted"
        PARTLY = "partly accepted"
        DECLINED = "declined"
        REOPENED = "reopened"

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.TextField(blank=True)
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "shown",
                        "hidden",
                        "replied",
                        "accepted",
                        "partly accepted",
                        "declined",
                        "reopened",
                    ]
                ),
                name="challenge_step_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="shown") | ~Q(note=""), name="challenge_step_says_why"
            ),
            models.CheckConstraint(
                condition=Q(publication=None) | Q(kind__in=["accepted", "partly accepted"]),
                name="challenge_change_of_what_was_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge}: {self.kind}"
