"""Predictions that readers see, and those of which they must not learn."""

from accounts.models import User
from assessments.models import Prediction, Technology
from assessments.services.forecasts import record_forecast
from assessments.services.prediction_steps import publish_prediction, withdraw_prediction
from assessments.services.predictions import Overruled, PredictionDraft, make_prediction
from assessments.values.forecast import Opinion
from assessments.values.prediction import Kind, parse_spec
from scoring.services.resolutions import (
    Answer,
    Remark,
    confirm_resolution,
    propose_resolution,
)
from tests.assessments.predicted import spec_json
from tests.trust.words import Say, Words


def plant_predictions(shown: Words) -> None:
    """One that takes forecasts, one that hides them, one that came out."""
    predicted = _predicted("alpha", shown.under("prediction"))
    publish_prediction(prediction=predicted, by=_user("ben"))
    said = Opinion(p=0.3, note=shown.at("note of a forecast"))
    record_forecast(prediction=predicted, opinion=said, by=_user("otto"))
    blind = _predicted("gamma", shown.under("blind prediction"), hides_forecasts=True)
    publish_prediction(prediction=blind, by=_user("ben"))
    came = _predicted("alpha", shown.under("resolved prediction"))
    publish_prediction(prediction=came, by=_user("ben"))
    evidence = shown.at("evidence of a resolution")
    answer = Answer("yes", note=shown.at("note of a resolution"), evidence=evidence)
    propose_resolution(prediction=came, answer=answer, by=_user("ben"))
    remark = Remark(shown.at("note of a confirmation"))
    confirm_resolution(prediction=came, remark=remark, by=_user("ada"))


def plant_hidden_predictions(hidden_slug: str, hidden: Words) -> None:
    """Drafts, one that was withdrawn, and forecasts that wait until everybody has spoken."""
    blind = Prediction.objects.published().get(hides_forecasts=True)
    unseen = Opinion(p=0.66, note=hidden.at("note of a hidden forecast"))
    record_forecast(prediction=blind, opinion=unseen, by=_user("otto"))
    drafted = _predicted("alpha", hidden.under("drafted prediction"))
    said = Opinion(p=0.77, note=hidden.at("note of a forecast on a draft"))
    record_forecast(prediction=drafted, opinion=said, by=_user("anna"))
    withdrawn = _predicted("gamma", hidden.under("withdrawn prediction"))
    reason = hidden.at("reason of the withdrawal of a drafted prediction")
    withdraw_prediction(prediction=withdrawn, by=_user("anna"), reason=reason)
    _predicted(hidden_slug, hidden.under("prediction on what is drafted"))
    for row in Prediction.objects.filter(events=None):
        hidden.places[row.content_hash] = f"content hash of {row}"


def _predicted(slug: str, say: Say, *, hides_forecasts: bool = False) -> Prediction:
    texts = ("event", "resolution_rule", "definitions", "geography", "publisher", "cause")
    draft = PredictionDraft(
        technology=Technology.objects.get(slug=slug),
        kind=Kind.YES_NO,
        spec=parse_spec(spec_json(**{part: say(part) for part in texts})),
        hides_forecasts=hides_forecasts,
        original_wording=say("original wording"),
        overruled=(Overruled("no-counterfactual", f"{say('overruled')} is why."),),
    )
    return make_prediction(draft=draft, by=_user("anna"))


def _user(username: str) -> User:
    return User.objects.get(username=username)
