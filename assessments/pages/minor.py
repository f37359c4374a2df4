"""One minor edit that readers see already, with what it changed for them."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.forms.review import ConfirmForm, TakeBackForm
from assessments.minor import MinorEdit, may_end
from assessments.opinions import content_of
from assessments.pages.differences import Difference, Version, differences


@dataclass(frozen=True)
class MinorPage:
    """The forms are there for those who may end it; `why_not` tells the other editors."""

    one: MinorEdit
    name: str
    by: str
    differences: tuple[Difference, ...]
    confirm_form: ConfirmForm | None
    take_back_form: TakeBackForm | None
    why_not: str

    @property
    def standing(self) -> str:
        one = self.one
        if one.end is not None:
            return f"{one.end.kind} by {one.end.by.get_username()}"
        if one.is_overdue:
            return f"overdue since {one.due.day} {one.due:%B %Y}"
        days = "1 day" if one.days_left == 1 else f"{one.days_left} days"
        return f"to be looked at within {days}" if one.days_left else "to be looked at today"


def minor_page(
    one: MinorEdit,
    actor: User,
    confirm_form: ConfirmForm | None = None,
    take_back_form: TakeBackForm | None = None,
) -> MinorPage:
    before, after = one.before, one.revision
    is_mine = has_role(actor, Role.EDITOR) and may_end(one, actor)
    is_kept_out = one.end is None and not is_mine and has_role(actor, Role.EDITOR)
    return MinorPage(
        one=one,
        name=after.card.technology.name,
        by=one.event.by.get_username(),
        differences=differences(
            Version(f"Before: revision {before.number}", content_of(before)),
            Version(f"Since: revision {after.number}", content_of(after)),
        ),
        confirm_form=(confirm_form or ConfirmForm()) if is_mine else None,
        take_back_form=(take_back_form or TakeBackForm()) if is_mine else None,
        why_not="You wrote part of it, so another editor looks at it." if is_kept_out else "",
    )
