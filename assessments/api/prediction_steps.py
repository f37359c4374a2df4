"""Publishing and withdrawing a prediction: one step each, with a reason."""

from typing import Any

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from accounts.models import User
from assessments.api import prediction_operations as operations
from assessments.api.predictions import KEY_PARAMETER, told
from assessments.api.reading import read_words
from assessments.api.sight import predictions_seen
from assessments.models import Prediction
from assessments.services.prediction_steps import publish_prediction, withdraw_prediction
from rest.callers import person_of
from rest.endpoints import Endpoint


class PredictionStep(Endpoint):
    """Subclasses take the step."""

    path_parameters = KEY_PARAMETER
    state = ""

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        by = person_of(request)
        seen = predictions_seen(request).select_related("technology", "parent")
        prediction = seen.filter(key=self.kwargs["key"]).first()
        if prediction is None:
            raise Http404
        reason = read_words(request.data, required=(), optional=("reason",))["reason"]
        with told():
            self.take(prediction, by, reason)
        answer = {
            "id": prediction.key,
            "statement": prediction.statement,
            "state": self.state,
            "content_hash": prediction.content_hash,
        }
        return self.json(answer)

    def take(self, prediction: Prediction, by: User, reason: str) -> None:
        raise NotImplementedError


class PredictionPublish(PredictionStep):
    operations = operations.PUBLISH
    state = "published"

    def take(self, prediction: Prediction, by: User, reason: str) -> None:
        publish_prediction(prediction=prediction, by=by, reason=reason)


class PredictionWithdraw(PredictionStep):
    operations = operations.WITHDRAW
    state = "withdrawn"

    def take(self, prediction: Prediction, by: User, reason: str) -> None:
        withdraw_prediction(prediction=prediction, by=by, reason=reason)
