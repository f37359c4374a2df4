"""How a market comes to be recorded as open: the test, the proposal, and what answered it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.technology import Opening, Technology
from record import append_only
from record.clock import now


@append_only.register
class OpeningTest(models.Model):
    """What has to be so for the market of a technology to count as open, from this version on.
    A technology without a row has the default test."""

    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, related_name="opening_tests"
    )
    version = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["technology", "version"], name="opening_test_has_one_line"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="opening_test_says_something"),
        ]

    def __str__(self) -> str:
        return f"test of {self.technology}, version {self.version}"


@append_only.register
class OpeningStep(models.Model):
    """A proposal, or the one answer to it. `opening` is the record that a confirmation made,
    `test` what stood as the test when it was proposed."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, related_name="opening_steps"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Opening.Status)
    year = models.PositiveSmallIntegerField()
    evidence = models.TextField()
    test = models.TextField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=now, editable=False)
    answers = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="answer"
    )
    opening = models.OneToOneField(
        Opening, null=True, on_delete=models.PROTECT, related_name="confirmation"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="proposed", answers=None, by=F("proposed_by"))
                | Q(kind="withdrawn", answers__isnull=False, by=F("proposed_by"))
                | (
                    Q(kind__in=["confirmed", "refused"], answers__isnull=False)
                    & ~Q(by=F("proposed_by"))
                ),
                name="opening_step_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(kind="confirmed", opening__isnull=False)
                | (~Q(kind="confirmed") & Q(opening=None)),
                name="opening_step_confirmed_makes_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "closed again"]), name="opening_step_status_known"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1800, year__lte=2200), name="opening_step_year_plausible"
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") & (~Q(kind="refused") | ~Q(note="")),
                name="opening_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technology}: {self.kind} {self.status} {self.year}"
