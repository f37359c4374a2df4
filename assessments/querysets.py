"""Permissions as querysets: what one may not see answers like what does not exist."""

from typing import Any

from django.apps import apps
from django.db import models

from accounts.roles import Role, has_role
from record.clock import today

_ANSWERS = ("accepted", "partly accepted", "declined", "reopened")


def _is_team(actor: Any) -> bool:
    return has_role(actor, Role.ANALYST)


def _in_force(key: str) -> models.QuerySet[Any, Any]:
    """The technologies or cards that readers see something of."""
    publications: PublicationQuerySet = apps.get_model("assessments", "Publication").objects.all()
    return publications.in_force().values(key)


class PublicationQuerySet(models.QuerySet[Any]):
    def in_force(self) -> "PublicationQuerySet":
        """The newest publication of each card, unless that withdrew it."""
        rows = apps.get_model("assessments", "Publication").objects
        newest = rows.filter(card=models.OuterRef("card")).order_by("-seq").values("seq")[:1]
        return self.filter(seq=models.Subquery(newest)).exclude(kind="withdrawal")

    def standing(self) -> "PublicationQuerySet":
        """All that readers may read, old and new: without withdrawals and what they took back."""
        withdrawals = apps.get_model("assessments", "Publication").objects.filter(kind="withdrawal")
        later = withdrawals.filter(card=models.OuterRef("card"), seq__gte=models.OuterRef("seq"))
        return self.exclude(models.Exists(later))


class TechnologyQuerySet(models.QuerySet[Any]):
    def published(self) -> "TechnologyQuerySet":
        return self.filter(pk__in=_in_force("technology"))

    def visible_to(self, actor: Any) -> "TechnologyQuerySet":
        return self if _is_team(actor) else self.published()


class CardQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "CardQuerySet":
        return self if _is_team(actor) else self.filter(pk__in=_in_force("card"))


class RevisionQuerySet(models.QuerySet[Any]):
    def standing(self) -> "RevisionQuerySet":
        """What was published and not withdrawn since."""
        rows: PublicationQuerySet = apps.get_model("assessments", "Publication").objects.all()
        return self.filter(pk__in=rows.standing().values("revision"))

    def handed_in(self) -> "RevisionQuerySet":
        """What its author sent to review at least once."""
        events = apps.get_model("assessments", "ReviewEvent").objects.filter(kind="submitted")
        return self.filter(models.Exists(events.filter(revision=models.OuterRef("pk"))))

    def visible_to(self, actor: Any) -> "RevisionQuerySet":
        """Readers see what stands. The team sees all but other people's second opinions on what
        one has handed in no opinion on; of those editors see what was sent to review."""
        if not _is_team(actor):
            return self.standing()
        rows: RevisionQuerySet = apps.get_model("assessments", "Revision").objects.all()
        spoken = rows.filter(author=actor).handed_in().values("card__technology")
        seen = ~models.Q(card__role="second opinion") | models.Q(card__owner=actor)
        seen |= models.Q(card__technology__in=spoken) | models.Q(pk__in=rows.standing())
        if has_role(actor, Role.EDITOR):
            seen |= models.Q(pk__in=rows.handed_in())
        return self.filter(seen)


class CommentQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "CommentQuerySet":
        """For the team alone, and for those who see the revision that it is about."""
        if not _is_team(actor):
            return self.none()
        rows: RevisionQuerySet = apps.get_model("assessments", "Revision").objects.all()
        return self.filter(revision__in=rows.visible_to(actor))

    def open(self) -> "CommentQuerySet":
        return self.filter(resolution=None)


class ReconciliationQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "ReconciliationQuerySet":
        """For the team alone, and for those who see every revision that it spoke of."""
        if not _is_team(actor):
            return self.none()
        rows: RevisionQuerySet = apps.get_model("assessments", "Revision").objects.all()
        spoken = apps.get_model("assessments", "ReconciledRevision").objects
        hidden = spoken.exclude(revision__in=rows.visible_to(actor))
        return self.exclude(pk__in=hidden.values("reconciliation"))


class ChallengeQuerySet(models.QuerySet[Any]):
    def with_state(self) -> "ChallengeQuerySet":
        """Each row with its last step of being shown, and of being answered."""
        steps = apps.get_model("assessments", "ChallengeEvent").objects
        rows = steps.filter(challenge=models.OuterRef("pk")).order_by("-id")
        showing = rows.filter(kind__in=["shown", "hidden"]).values("kind")[:1]
        answer = rows.filter(kind__in=_ANSWERS).values("kind")[:1]
        found: ChallengeQuerySet = self.annotate(
            showing=models.Subquery(showing), answer=models.Subquery(answer)
        )
        return found

    def shown(self) -> "ChallengeQuerySet":
        """What readers see: let through by an editor, on a technology that they see."""
        return self.with_state().filter(showing="shown", technology__in=_in_force("technology"))

    def waiting(self) -> "ChallengeQuerySet":
        """Those without an outcome that an editor did not put away."""
        is_open = models.Q(answer=None) | models.Q(answer="reopened")
        is_kept = models.Q(showing=None) | models.Q(showing="shown")
        return self.with_state().filter(is_open, is_kept)

    def visible_to(self, actor: Any) -> "ChallengeQuerySet":
        return self.with_state() if _is_team(actor) else self.shown()


class PredictionQuerySet(models.QuerySet[Any]):
    def with_state(self) -> "PredictionQuerySet":
        """Each row with the kind of its last event of publication, and of closing."""
        rows: PredictionQuerySet = self.annotate(
            publication=_last_event("published", "withdrawn"),
            closing=_last_event("closed", "opened again"),
        )
        return rows

    def published(self) -> "PredictionQuerySet":
        """What readers see: published, not withdrawn since, of a technology that they see."""
        kept = models.Q(publication="published", technology__in=_in_force("technology"))
        return self.with_state().filter(kept)

    def standing(self) -> "PredictionQuerySet":
        """Drafts and published ones, without those withdrawn."""
        kept = models.Q(publication=None) | models.Q(publication="published")
        return self.with_state().filter(kept)

    def closed(self) -> "PredictionQuerySet":
        """Those that take no more forecasts: their day is over, or somebody closed them."""
        over = models.Q(deadline__lt=today())
        return self.with_state().filter(over | models.Q(closing="closed"))

    def visible_to(self, actor: Any) -> "PredictionQuerySet":
        return self.with_state() if _is_team(actor) else self.published()


class ForecastQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "ForecastQuerySet":
        """Where a prediction hides forecasts, nobody sees any before giving one, or before it has
        closed; readers give none."""
        predictions: PredictionQuerySet = apps.get_model("assessments", "Prediction").objects.all()
        seen = self.filter(prediction__in=predictions.visible_to(actor).values("pk"))
        own = models.Q(pk__in=[])
        if _is_team(actor):
            mine = apps.get_model("assessments", "Forecast").objects.filter(forecaster=actor)
            own = models.Q(prediction__in=mine.filter(is_withdrawal=False).values("prediction"))
        is_open = models.Q(prediction__hides_forecasts=False)
        is_closed = models.Q(prediction__in=predictions.closed().values("pk"))
        return seen.filter(is_open | is_closed | own)


def _last_event(*kinds: str) -> models.Subquery:
    events = apps.get_model("assessments", "PredictionEvent").objects
    rows = events.filter(prediction=models.OuterRef("pk"), kind__in=kinds)
    return models.Subquery(rows.order_by("-id").values("kind")[:1])
