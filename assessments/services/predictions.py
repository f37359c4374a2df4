"""Making predictions. None is ever edited; another may replace it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Prediction, Technology
from assessments.prediction_context import context_of, known_indicator
from assessments.values.findings import Finding, Severity
from assessments.values.linting_parts import Stated, lint
from assessments.values.measures import KnownIndicator, measure_of
from assessments.values.prediction import Kind, Spec
from assessments.values.wording import resolution_rule, statement
from record.canonical import canonical_json, digest
from record.clock import now
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change

STONES = 3
STONE_MONTHS = 18


@dataclass(frozen=True)
class Overruled:
    """A warning of the linter that the author overrules, and why."""

    rule: str
    reason: str


@dataclass(frozen=True)
class PredictionDraft:
    """All that is said when a prediction is made."""

    technology: Technology
    kind: Kind
    spec: Spec
    as_of: date | None = None
    parent: Prediction | None = None
    replaces: Prediction | None = None
    hides_forecasts: bool = False
    original_wording: str = ""
    overruled: tuple[Overruled, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A prediction or forecast that only shows what one looks like, made at a time of its story."""

    made_at: datetime


@transaction.atomic
def make_prediction(
    *, draft: PredictionDraft, by: User, demonstration: Shown | None = None
) -> Prediction:
    """The prediction stands in the record as a draft, in the words that its parts give."""
    if not has_role(by, Role.ANALYST) and demonstration is None:
        raise NotAllowed("Only analysts and editors can make a prediction.")
    made_at = demonstration.made_at if demonstration else now()
    as_of = draft.as_of or made_at.date()
    indicator = _indicator(draft.spec)
    draft = replace(draft, spec=_with_facts(draft.spec, indicator))
    _check_days(draft, as_of, made_at)
    found = _findings(draft, indicator, made_at.date())
    _check_findings(found, draft.overruled)
    warned = {finding.rule for finding in found}
    kept = tuple(each for each in draft.overruled if each.rule in warned)
    draft = replace(draft, overruled=kept)
    _check_parent(draft, made_at)
    _check_replaced(draft)
    row = _row(draft, by, made_at, as_of)
    row.statement = statement(draft.kind, draft.spec, measure_of(draft.spec, indicator))
    row.content_hash = digest(hashed_content(row))
    row.is_demonstration = demonstration is not None
    _refuse_twin(row)
    _save_under_free_key(row)
    log_change(
        kind="prediction.made",
        subject_kind="prediction",
        subject_key=row.key,
        actor_id=by.pk,
        after={"technology": draft.technology.slug, "statement": row.statement},
    )
    return row


def _indicator(spec: Spec) -> KnownIndicator | None:
    found = known_indicator(spec.indicator)
    if spec.indicator and found is None:
        raise DomainError(
            f"There is no indicator “{spec.indicator}”. Choose one of the list, or describe the"
            " measure in words.",
            field="spec.indicator",
        )
    return found


def _with_facts(spec: Spec, indicator: KnownIndicator | None) -> Spec:
    """What an indicator says of itself fills what was left empty."""
    if indicator is None:
        return spec
    spec = replace(
        spec,
        unit=spec.unit or ("" if spec.is_change else indicator.unit),
        geography=spec.geography or indicator.geography,
        publisher=spec.publisher or indicator.publisher,
    )
    rule = spec.resolution_rule or resolution_rule(spec, measure_of(spec, indicator))
    return replace(spec, resolution_rule=rule)


def _findings(
    draft: PredictionDraft, indicator: KnownIndicator | None, made_on: date
) -> tuple[Finding, ...]:
    context = context_of(draft.technology, (indicator,) if indicator else ())
    return lint(Stated(draft.kind, draft.spec), replace(context, today=made_on))


def _check_findings(found: Sequence[Finding], overruled: Sequence[Overruled]) -> None:
    """An error is refused; a warning too, unless a reason overrules it."""
    reasons = {each.rule for each in overruled if each.reason.strip()}
    for finding in found:
        if finding.severity == Severity.ERROR:
            raise DomainError(f"{finding.wrong} {finding.instead}", field=finding.field)
        if finding.rule not in reasons:
            raise DomainError(
                f"{finding.wrong} {finding.instead} Or overrule the warning “{finding.rule}” with a"
                " reason.",
                field=finding.field,
            )


def _check_days(draft: PredictionDraft, as_of: date, made_at: datetime) -> None:
    made_on = made_at.date()
    if as_of > made_on:
        raise DomainError(
            f"The prediction speaks of {as_of.isoformat()}, which is in the future. Give"
            f" {made_on.isoformat()} or an earlier day.",
            field="as_of",
        )
    if draft.spec.deadline <= made_on:
        raise DomainError(
            f"The deadline, {draft.spec.deadline.isoformat()}, is not in the future. Give a day"
            f" after {made_on.isoformat()}.",
            field="spec.deadline",
        )


def last_day_of_stone(made_on: date) -> date:
    """The day 18 months on; a month too short for it ends a day early."""
    months = made_on.month - 1 + STONE_MONTHS
    first_after = date(made_on.year + (months + 1) // 12, (months + 1) % 12 + 1, 1)
    last = first_after - timedelta(days=1)
    return last.replace(day=min(made_on.day, last.day))


def _check_parent(draft: PredictionDraft, made_at: datetime) -> None:
    parent = draft.parent
    if parent is None:
        return
    if parent.parent_id is not None or parent.technology_id != draft.technology.pk:
        raise DomainError(
            "A stepping stone stands beneath a prediction of the same technology that is not a"
            " stepping stone itself.",
            field="parent",
        )
    last = last_day_of_stone(made_at.date())
    if draft.spec.deadline > last or draft.spec.deadline >= parent.deadline:
        latest = min(last, parent.deadline - timedelta(days=1)).isoformat()
        raise DomainError(
            f"A stepping stone is due within {STONE_MONTHS} months and before the prediction above"
            f" it. Give a deadline up to {latest}.",
            field="spec.deadline",
        )
    beneath = Prediction.objects.standing().filter(parent=parent)
    if draft.replaces is not None:
        beneath = beneath.exclude(pk=draft.replaces.pk)
    if beneath.count() >= STONES:
        raise DomainError(
            f"{parent.key} has {STONES} stepping stones already. Withdraw one of them first.",
            field="parent",
        )


def _check_replaced(draft: PredictionDraft) -> None:
    old = draft.replaces
    if old is None:
        return
    if old.technology_id != draft.technology.pk:
        raise DomainError("A prediction replaces one of the same technology.", field="replaces")
    if not old.events.filter(kind__in=["withdrawn", "closed"]).exists():
        raise DomainError(
            f"{old.key} still stands. Withdraw it, or have it annulled, before another replaces"
            " it.",
            field="replaces",
        )


def _row(draft: PredictionDraft, by: User, made_at: datetime, as_of: date) -> Prediction:
    spec = draft.spec
    return Prediction(
        technology=draft.technology,
        author=by,
        made_at=made_at,
        as_of=as_of,
        kind=draft.kind.value,
        parent=draft.parent,
        spec=canonical_json(spec.to_json()),
        deadline=spec.deadline,
        indicator=spec.indicator or "",
        hides_forecasts=draft.hides_forecasts,
        original_wording=draft.original_wording,
        replaces=draft.replaces,
        overruled=[{"rule": each.rule, "reason": each.reason} for each in draft.overruled],
    )


def hashed_content(row: Prediction) -> str:
    """What the hash of a prediction is taken of: all that it says, and no name of a person."""
    return canonical_json(
        {
            "technology": row.technology.slug,
            "kind": row.kind,
            "as_of": row.as_of.isoformat(),
            "parent": row.parent.key if row.parent else None,
            "statement": row.statement,
            "spec": row.spec,
            "hides_forecasts": row.hides_forecasts,
            "original_wording": row.original_wording,
            "replaces": row.replaces.key if row.replaces else None,
            "overruled": row.overruled,
        }
    )


def _refuse_twin(row: Prediction) -> None:
    twins = Prediction.objects.standing().filter(content_hash=row.content_hash)
    twin = twins.first()
    if twin is not None:
        raise Conflict(f"This prediction stands already, as {twin.key}. Nothing was added.")


def _save_under_free_key(row: Prediction) -> None:
    """The number at the end of the key is drawn from the content: counted up, it would tell
    readers how many drafts there are."""
    for length in range(3, 18):
        number = int(row.content_hash[:15], 16) % 10**length
        row.key = f"{row.technology.slug}-{row.deadline.year}-{number}"
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not Prediction.objects.filter(key=row.key).exists():
                raise
        else:
            return
    raise Conflict("This prediction was made before. Change what it says, and try again.")
