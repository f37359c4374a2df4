"""What stands on a prediction's page for whoever may act on it: forecast, publish, withdraw."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.forms.forecast import ForecastForm
from assessments.forms.prediction_steps import PublishForm, WithdrawForm
from assessments.prediction_context import known_indicator
from assessments.predictions import (
    ForecastRecord,
    PredictionRecord,
    keys_hidden_from,
    prediction_record,
    visible_forecasts,
)
from assessments.values.prediction import Kind
from record.clock import now

STONES = 3


@dataclass(frozen=True)
class ForecastPanel:
    """The entry form of one person; `are_others_hidden` until they have spoken."""

    key: str
    statement: str
    form: ForecastForm
    standing: ForecastRecord | None
    are_others_hidden: bool
    closes: str


@dataclass(frozen=True)
class PredictionDoors:
    """The steps that the person may take; None where they may not."""

    key: str
    technology: str
    state: str
    publish: PublishForm | None
    withdraw: WithdrawForm | None
    can_replace: bool
    can_add_stone: bool
    stones: int


def forecast_panel(
    record: PredictionRecord, actor: Any, form: ForecastForm | None = None
) -> ForecastPanel | None:
    """None where the person cannot forecast: no analyst, withdrawn, or closed."""
    is_over = now() >= record.closes_at or record.state == "withdrawn"
    if is_over or not isinstance(actor, User) or not has_role(actor, Role.ANALYST):
        return None
    standing = standing_of(record.key, actor)
    return ForecastPanel(
        key=record.key,
        statement=record.statement,
        form=form or forecast_form(record, standing=standing),
        standing=standing,
        are_others_hidden=bool(keys_hidden_from([record.key], actor)),
        closes=f"{record.closes_at:%Y-%m-%d}",
    )


def standing_of(key: str, actor: User) -> ForecastRecord | None:
    """What the person says now."""
    own = [row for row in visible_forecasts(key, actor) if row.forecaster_id == actor.pk]
    return own[-1] if own and own[-1].stands_at(now()) else None


def forecast_form(
    record: PredictionRecord, data: Any = None, standing: ForecastRecord | None = None
) -> ForecastForm:
    indicator = known_indicator(record.indicator)
    unit = indicator.unit if indicator else record.spec.unit
    return ForecastForm(data, kind=Kind(record.kind), unit=unit, standing=standing)


def prediction_doors(record: PredictionRecord, actor: Any) -> PredictionDoors | None:
    """None for readers."""
    if not has_role(actor, Role.ANALYST):
        return None
    is_editor, is_draft = has_role(actor, Role.EDITOR), record.state == "draft"
    may_withdraw = is_editor or (is_draft and record.author_id == actor.pk)
    is_open = now() < record.closes_at and record.state != "withdrawn"
    return PredictionDoors(
        key=record.key,
        technology=record.technology_slug,
        state=record.state,
        publish=PublishForm() if is_editor and is_draft else None,
        withdraw=WithdrawForm() if may_withdraw and is_open else None,
        can_replace=_no_longer_stands(record) and not record.replaced_by,
        can_add_stone=is_open and record.parent_key is None and len(record.stones) < STONES,
        stones=len(record.stones),
    )


def _no_longer_stands(record: PredictionRecord) -> bool:
    """Withdrawn, or closed before its day; another may replace it then."""
    return record.state == "withdrawn" or record.closes_at.date() <= record.deadline


def record_to_show(key: str, actor: Any) -> PredictionRecord | None:
    """The prediction as far as the person may see it: drafts are for the team."""
    record = prediction_record(key)
    if record is None or record.is_public or has_role(actor, Role.ANALYST):
        return record
    return None
