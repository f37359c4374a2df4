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
        """Readers see what was published of the cards that are published now."""
        if _is_team(actor):
            return self
        return self.filter(card__in=_in_force("card"), publications__isnull=False).distinct()
