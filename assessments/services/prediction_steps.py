"""Publishing, withdrawing and closing predictions: each is one more row, and a reason."""

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Prediction, PredictionEvent, Technology
from assessments.prediction_context import known_indicator
from assessments.signals import prediction_published
from record.clock import now
from record.errors import DomainError, NotAllowed
from record.services import log_change


@transaction.atomic
def publish_prediction(*, prediction: Prediction, by: User, reason: str = "") -> PredictionEvent:
    """Readers see the prediction and everything that is forecast on it from now on."""
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can publish a prediction.")
    lock(prediction)
    _require_draft(prediction)
    if not Technology.objects.published().filter(pk=prediction.technology_id).exists():
        raise DomainError(
            f"Readers do not see {prediction.technology.name} yet. Publish its card first."
        )
    indicator = known_indicator(prediction.indicator)
    if indicator is not None and not indicator.is_public:
        raise DomainError(f"Readers do not see the indicator {indicator.name}. Publish it first.")
    if prediction.parent and not _is_published(prediction.parent):
        raise DomainError(
            f"Readers do not see {prediction.parent.key} yet, above which this is a stepping"
            " stone. Publish that one first."
        )
    if by.pk == prediction.author_id and settings.TWO_EYES and not prediction.is_demonstration:
        _require_override(by, reason)
    event = _event(prediction, PredictionEvent.Kind.PUBLISHED, by, reason, is_public=True)
    prediction_published.send(sender=None, prediction=prediction)
    return event


def _require_override(by: User, reason: str) -> None:
    if not has_role(by, Role.ADMIN) or not reason.strip():
        raise NotAllowed(
            "You made this prediction, so another editor has to publish it. An administrator can"
            " publish it with a reason that is printed."
        )


@transaction.atomic
def withdraw_prediction(*, prediction: Prediction, by: User, reason: str) -> PredictionEvent:
    """The prediction is no longer offered; once somebody forecast on it, it can only be
    annulled."""
    lock(prediction)
    is_public = _is_published(prediction)
    if not has_role(by, Role.EDITOR) and (is_public or by.pk != prediction.author_id):
        raise NotAllowed(
            "A draft is withdrawn by its author or an editor, a published prediction by an editor."
        )
    _check_reason(reason, "why the prediction is withdrawn")
    if _state(prediction) == PredictionEvent.Kind.WITHDRAWN:
        raise DomainError(f"{prediction.key} is withdrawn already.")
    if _last_closing(prediction) == PredictionEvent.Kind.CLOSED:
        raise DomainError(
            f"{prediction.key} is answered, and an answer stays to be read. Where the answer is"
            " wrong, undo it."
        )
    if is_public and prediction.forecasts.exists():
        raise DomainError(
            f"Forecasts were made on {prediction.key}, so it cannot be withdrawn any more. Annul it"
            " with a reason: then all of it stays to be read."
        )
    return _event(prediction, PredictionEvent.Kind.WITHDRAWN, by, reason, is_public=is_public)


@transaction.atomic
def close_prediction(*, prediction: Prediction, by: User, reason: str) -> PredictionEvent:
    """No forecast is taken any more, because the answer is known or there will be none."""
    lock(prediction)
    if _last_closing(prediction) == PredictionEvent.Kind.CLOSED:
        raise DomainError(f"{prediction.key} is closed already.")
    _check_reason(reason, "why the prediction is closed")
    return _event(prediction, PredictionEvent.Kind.CLOSED, by, reason)


@transaction.atomic
def reopen_prediction(*, prediction: Prediction, by: User, reason: str) -> PredictionEvent:
    """Forecasts are taken again until the deadline, because the answer was undone."""
    lock(prediction)
    if _last_closing(prediction) != PredictionEvent.Kind.CLOSED:
        raise DomainError(f"{prediction.key} is not closed.")
    _check_reason(reason, "why the prediction is opened again")
    return _event(prediction, PredictionEvent.Kind.OPENED_AGAIN, by, reason)


def _check_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise DomainError(f"Say in a sentence {what}.", field="reason")


def _state(prediction: Prediction) -> str:
    kinds = prediction.events.filter(kind__in=["published", "withdrawn"]).order_by("-id")
    return kinds.values_list("kind", flat=True).first() or "draft"


def _is_published(prediction: Prediction) -> bool:
    return _state(prediction) == PredictionEvent.Kind.PUBLISHED


def _last_closing(prediction: Prediction) -> str:
    kinds = prediction.events.filter(kind__in=["closed", "opened again"]).order_by("-id")
    return kinds.values_list("kind", flat=True).first() or ""


def _require_draft(prediction: Prediction) -> None:
    state = _state(prediction)
    if state == PredictionEvent.Kind.WITHDRAWN:
        raise DomainError(f"{prediction.key} is withdrawn. Make a new one that replaces it.")
    if state == PredictionEvent.Kind.PUBLISHED:
        raise DomainError(f"{prediction.key} is published already.")


def lock(prediction: Prediction) -> None:
    """Whoever else writes on predictions of this technology waits until this is over. The row of
    the prediction itself cannot be locked: no role may change it."""
    Technology.objects.select_for_update().get(pk=prediction.technology_id)


def _event(
    prediction: Prediction, kind: str, by: User, reason: str, *, is_public: bool = False
) -> PredictionEvent:
    is_shown = prediction.is_demonstration and kind == PredictionEvent.Kind.PUBLISHED
    event = PredictionEvent.objects.create(
        prediction=prediction,
        kind=kind,
        by=by,
        at=prediction.made_at if is_shown else now(),
        reason=reason.strip(),
    )
    log_change(
        kind=f"prediction.{kind.replace(' ', '-')}",
        subject_kind="prediction",
        subject_key=prediction.key,
        actor_id=by.pk,
        reason=reason.strip(),
        is_public=is_public,
        after={"technology": prediction.technology.slug, "statement": prediction.statement},
    )
    return event
