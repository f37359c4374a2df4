"""Permissions as querysets: what one may not see answers like what does not exist."""

from typing import Any

from django.db import models

from accounts.roles import Role, has_role


class IndicatorQuerySet(models.QuerySet[Any]):
    def public(self) -> "IndicatorQuerySet":
        return self.filter(is_public=True)

    def visible_to(self, actor: Any) -> "IndicatorQuerySet":
        return self if has_role(actor, Role.ANALYST) else self.public()


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "ItemQuerySet":
        """The library is the team's; readers see what a publication cites, in the publication."""
        return self if has_role(actor, Role.ANALYST) else self.none()
