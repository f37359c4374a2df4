"""Permissions as querysets: what one may not see answers like what does not exist."""

from typing import Any

from django.apps import apps
from django.db import models

from accounts.roles import Role, has_role


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
    def visible_to(self, actor: Any) -> "RevisionQuerySet":
        """Readers see what was published and not withdrawn since."""
        if _is_team(actor):
            return self
        rows: PublicationQuerySet = apps.get_model("assessments", "Publication").objects.all()
        return self.filter(pk__in=rows.standing().values("revision"))
