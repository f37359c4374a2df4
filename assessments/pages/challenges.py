"""The ledger of challenges, one of them with its answers, and the form for readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.core.paginator import Page, Paginator

from accounts.roles import Role, has_role
from assessments.challenge_filters import OUTCOMES, ChallengeFilters
from assessments.challenges import ChallengeRecord, challenge_records, publications_since
from assessments.forms.challenge import AnswerForm, ChallengeForm
from assessments.models import Challenge, ChallengeSender, Publication

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class ChallengeListPage:
    heading: str
    rows: tuple[ChallengeRecord, ...]
    listing: "Page[ChallengeRecord]"
    outcomes: tuple[tuple[str, str, bool], ...]
    technology: str
    names: tuple[tuple[str, str], ...]
    errors: tuple[str, ...]
    pages: str

    @property
    def status(self) -> int:
        return 400 if self.errors else 200


@dataclass(frozen=True)
class ChallengePage:
    """`steps` are what this person may do now, as pairs of name and words; `sender` is for
    editors alone."""

    record: ChallengeRecord
    heading: str
    form: AnswerForm | None
    steps: tuple[tuple[str, str], ...]
    sender: ChallengeSender | None
    where: str
    is_team: bool


@dataclass(frozen=True)
class ChallengeFormPage:
    slug: str
    name: str
    form: ChallengeForm
    is_team: bool


def challenge_list_page(data: Mapping[str, Any], actor: Any) -> ChallengeListPage:
    records = challenge_records(Challenge.objects.visible_to(actor))
    filters = ChallengeFilters(data, records)
    values = filters.values
    listing = Paginator(list(filters.qs), ROWS_A_PAGE).get_page(data.get("page"))
    chosen = str(values.get("outcome", ""))
    technology = str(values.get("technology", ""))
    kept = "".join(f"{name}={value}&" for name, value in values.items())
    return ChallengeListPage(
        heading=_heading(records),
        rows=tuple(listing),
        listing=listing,
        outcomes=tuple(
            (one, "not answered yet" if one == "waiting" else one, one == chosen)
            for one in OUTCOMES
        ),
        technology=technology,
        names=tuple(sorted({(one.slug, one.name) for one in records}, key=lambda one: one[1])),
        errors=tuple(filters.sentences().values()),
        pages=f"?{kept}page=",
    )


def _heading(records: Sequence[ChallengeRecord]) -> str:
    if not records:
        return "Nobody has found a mistake yet."
    held = sum(one.outcome in {"accepted", "partly accepted"} for one in records)
    number = len(records)
    count = f"{apnumber(number)} correction{'' if number == 1 else 's'}".capitalize()
    was = (
        "none was right" if not held else f"{apnumber(held)} {'was' if held == 1 else 'were'} right"
    )
    return f"{count} from readers; {was}, in whole or in part."


def challenge_page(
    challenge: Challenge, record: ChallengeRecord, actor: Any, form: AnswerForm | None = None
) -> ChallengePage:
    """`form` is what was refused, with what was typed."""
    is_team, is_editor = has_role(actor, Role.ANALYST), has_role(actor, Role.EDITOR)
    sender = getattr(challenge, "sender", None) if is_editor else None
    return ChallengePage(
        record=record,
        heading=_answer_words(record),
        form=(form or AnswerForm(offered=offered_to(challenge))) if is_team else None,
        steps=tuple(_steps(record, is_editor=is_editor, has_sender=sender is not None))
        if is_team
        else (),
        sender=sender,
        where=challenge.source.name if is_team and challenge.source else "",
        is_team=is_team,
    )


def _answer_words(record: ChallengeRecord) -> str:
    words = {
        "accepted": "A reader was right",
        "partly accepted": "A reader was right in part",
        "declined": "A reader doubted it, and we stand by it",
    }
    return f"{words.get(record.outcome, 'A reader doubts it')}: {record.name}"


def _steps(record: ChallengeRecord, *, is_editor: bool, has_sender: bool) -> list[tuple[str, str]]:
    """What can be done next, as the button says it."""
    steps = [("reply", "Reply")]
    if not is_editor:
        return steps
    if record.is_waiting:
        steps += [
            ("accepted", "Accept"),
            ("partly accepted", "Accept in part"),
            ("declined", "Decline"),
        ]
    else:
        steps.append(("reopen", "Open again"))
    steps.append(("hide", "Put away") if record.is_shown else ("show", "Show to readers"))
    if has_sender:
        steps.append(("forget", "Erase who sent it"))
    return steps


def offered_to(challenge: Challenge) -> list[tuple[str, str]]:
    return [(str(one.seq), _offered(one)) for one in publications_since(challenge)]


def _offered(publication: Publication) -> str:
    revision = publication.revision
    return (
        f"{revision.card.role} of {publication.at:%-d %B %Y}, revision {revision.number}"
        f" by {revision.author.get_username()}"
    )
