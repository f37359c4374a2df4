"""What each method at the addresses of predictions does, as the documentation tells it."""

from assessments.api import prediction_shapes as shapes
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.shapes import page_shape

TAG = "Predictions"
LINT = {
    "POST": Operation(
        id="lintPrediction",
        tag=TAG,
        summary="What keeps a prediction from being checked",
        description="Reads a free sentence, or the parts of a prediction, and says what is missing,"
        " undefined or not to be shown by any series, and what to write instead. Of a claim that"
        " something moves a figure it offers two questions: the figure, and its cause as the"
        " judgement of a panel. Nothing is saved.",
        body=shapes.SENT_LINT,
        body_example={"text": "Tidal streams will cut power prices in Wales by 10 % by 2031."},
        answers={200: Answered("What was found.", shapes.LINT)},
    )
}
MAKE = Operation(
    id="makePrediction",
    tag=TAG,
    summary="Make a prediction",
    description="The sentence is written from the parts, and nothing of it can be edited later."
    " Every warning of the linter is refused unless `overruled` gives a reason for keeping it; an"
    " error, such as a missing deadline or rule, always is. It stands as a draft until another"
    " editor publishes it.",
    body=shapes.SENT_PREDICTION,
    body_example=shapes.EXAMPLE_PREDICTION,
    answers={201: Answered("The prediction.", shapes.MADE, headers=("Location",))},
    refusals=(409,),
)
FORECASTS = {
    "GET": Operation(
        id="listForecasts",
        tag=TAG,
        summary="Forecasts on a prediction, oldest first",
        description="All that the caller may see. Where a prediction hides forecasts, the list is"
        " empty until the caller has given one, or until the prediction closes.",
        answers={
            200: Answered(
                "A page of forecasts.",
                page_shape(shapes.FORECAST),
                OF_LISTS,
                ("ETag", "Last-Modified", "Link"),
            )
        },
    ),
    "POST": Operation(
        id="recordForecast",
        tag=TAG,
        summary="Say what you think of it",
        description="It stands from now on in place of the caller's last forecast, until its"
        " expiry, a withdrawal, the next one or the close. The same forecast again on one day is"
        " kept once: the answer is 200 with the one that stands. On a later day it is new, because"
        " its age counts in the pool.",
        body=shapes.SENT_FORECAST,
        body_example={"p": 0.35, "note": "Two of four farms have no grid connection."},
        answers={
            200: Answered("The same stands already.", shapes.FORECAST),
            201: Answered("The forecast.", shapes.FORECAST),
        },
        refusals=(409,),
    ),
}
FORECAST_FILE = {"GET": FORECASTS["GET"]}
_TAKEN = {200: Answered("Where the prediction stands now.", shapes.STEP_TAKEN)}
PUBLISH = {
    "POST": Operation(
        id="publishPrediction",
        tag=TAG,
        summary="Publish a draft",
        description="Readers see it and all that is forecast on it from now on. Nobody publishes"
        " what they made; an administrator may, with a reason that is printed.",
        body=shapes.SENT_STEP,
        is_body_optional=True,
        answers=_TAKEN,
        refusals=(404, 409, 422),
    )
}
WITHDRAW = {
    "POST": Operation(
        id="withdrawPrediction",
        tag=TAG,
        summary="Withdraw a prediction",
        description="It is no longer offered; the record keeps it with the reason. Once somebody"
        " forecast on a published one it can only be annulled: 409.",
        body=shapes.SENT_STEP,
        answers=_TAKEN,
        refusals=(404, 409, 422),
    )
}
