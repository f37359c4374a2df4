"""Recording and withdrawing what one person says of a prediction."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Forecast, Prediction
from assessments.predictions import closes_at, is_withdrawn
from assessments.services.predictions import Shown
from assessments.signals import forecast_recorded
from assessments.values.forecast import Opinion, wrong_opinion
from assessments.values.prediction import Kind
from record.clock import now
from record.errors import DomainError, NotAllowed
from record.services import log_change


@transaction.atomic
def record_forecast(
    *, prediction: Prediction, opinion: Opinion, by: User, demonstration: Shown | None = None
) -> Forecast:
    """The opinion stands from now on in place of the person's last one.

    Said twice on one day it is kept once; said again on a later day it is news, because it is
    fresh then.
    """
    made_at = demonstration.made_at if demonstration else now()
    if demonstration is None:
        _check_forecaster(prediction, by)
    wrong = wrong_opinion(Kind(prediction.kind), opinion)
    if wrong:
        raise DomainError(wrong[0].message, field=wrong[0].field)
    _check_time(prediction, opinion, made_at)
    row = _row(prediction, opinion, by)
    row.made_at, row.is_demonstration = made_at, demonstration is not None
    last = _last(prediction, by)
    if last is not None and _says_the_same(last, row):
        return last
    row.save(force_insert=True)
    _log(row, "forecast.recorded")
    return row


@transaction.atomic
def withdraw_forecast(*, prediction: Prediction, by: User, note: str = "") -> Forecast:
    """The person says nothing of the prediction any more; what was said before stays on record."""
    _check_forecaster(prediction, by)
    at = now()
    _check_open(prediction, at)
    last = _last(prediction, by)
    if last is None or last.is_withdrawal or _is_over(last, at.date()):
        raise DomainError(f"No forecast of yours stands on {prediction.key}.")
    row = Forecast(
        prediction=prediction,
        forecaster=by,
        made_at=at,
        is_withdrawal=True,
        note=note.strip(),
        is_demonstration=last.is_demonstration,
    )
    row.save(force_insert=True)
    _log(row, "forecast.withdrawn")
    return row


def _check_forecaster(prediction: Prediction, by: User) -> None:
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can forecast.")
    if is_withdrawn(prediction):
        raise DomainError(f"{prediction.key} is withdrawn and takes no forecasts.")


def _check_time(prediction: Prediction, opinion: Opinion, made_at: datetime) -> None:
    _check_open(prediction, made_at)
    if made_at < prediction.made_at:
        raise DomainError("A forecast cannot be older than its prediction.")
    expires = opinion.expires_on
    if expires is not None and not made_at.date() <= expires <= prediction.deadline:
        raise DomainError(
            f"The forecast expires on {expires.isoformat()}. Give a day from"
            f" {made_at.date().isoformat()} to the deadline, {prediction.deadline.isoformat()}, or"
            " none.",
            field="expires_on",
        )


def _check_open(prediction: Prediction, at: datetime) -> None:
    if at >= closes_at(prediction):
        raise DomainError(
            f"{prediction.key} is closed, so it takes no forecasts any more. What was said until"
            " then is on record."
        )


def _row(prediction: Prediction, opinion: Opinion, by: User) -> Forecast:
    points = opinion.points
    never = opinion.p_never
    if prediction.kind == Kind.DATE and never is None:
        never = 0.0
    return Forecast(
        prediction=prediction,
        forecaster=by,
        p=opinion.p,
        lowest=points.lowest if points else None,
        best=points.best if points else None,
        highest=points.highest if points else None,
        confidence=points.confidence if points else None,
        p_never=never,
        expires_on=opinion.expires_on,
        note=opinion.note.strip(),
    )


def _last(prediction: Prediction, by: User) -> Forecast | None:
    rows = Forecast.objects.filter(prediction=prediction, forecaster=by)
    return rows.order_by("-made_at", "-id").first()


_SAID = ("p", "lowest", "best", "highest", "confidence", "p_never", "expires_on", "note")


def _says_the_same(last: Forecast, row: Forecast) -> bool:
    is_same_day = last.made_at.date() == row.made_at.date() and not last.is_withdrawal
    return is_same_day and all(getattr(last, name) == getattr(row, name) for name in _SAID)


def _is_over(row: Forecast, day: date) -> bool:
    return row.expires_on is not None and row.expires_on < day


def _log(row: Forecast, kind: str) -> None:
    # Not what was said: the log must not tell what the prediction hides.
    log_change(
        kind=kind,
        subject_kind="prediction",
        subject_key=row.prediction.key,
        actor_id=row.forecaster_id,
    )
    forecast_recorded.send(sender=None, prediction=row.prediction)
