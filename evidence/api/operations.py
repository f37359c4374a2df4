"""What the endpoints of indicators do, as the documentation tells it."""

from evidence.api.shapes import (
    INDICATOR,
    OBSERVATION,
    RECORDED,
    SENT_INDICATOR,
    SENT_OBSERVATIONS,
)
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.shapes import page_shape

TAG = "Indicators"
_OWN = ("is_demonstration", "version", "observations", "latest")
PLAIN_FACTS = tuple(
    name
    for name in INDICATOR.fields
    if name not in _OWN and name not in {"ceiling_low", "ceiling_high"}
)
COLUMNS = (
    *(name for name in INDICATOR.fields if name != "latest"),
    *("latest_period", "latest_value", "latest_vintage"),
)
_LISTED = ("ETag", "Link")
_LIST = Operation(
    id="listIndicators",
    tag=TAG,
    summary="Indicators, by slug",
    description="What is measured, with the latest figure of each.",
    answers={200: Answered("A page of indicators.", page_shape(INDICATOR), OF_LISTS, _LISTED)},
)
INDICATOR_FILE = {"GET": _LIST}
INDICATOR_LIST = {
    "GET": _LIST,
    "POST": Operation(
        id="startIndicator",
        tag=TAG,
        summary="Begin an indicator",
        description="The slug stays for ever. Unit, cadence and whether it is a snapshot stay from"
        " the first figure on.",
        body=SENT_INDICATOR,
        answers={
            201: Answered("The indicator as it is kept.", INDICATOR, headers=("ETag", "Location"))
        },
        refusals=(409,),
    ),
}
INDICATOR_DETAIL = {
    "GET": Operation(
        id="getIndicator",
        tag=TAG,
        summary="One indicator",
        description="What it measures and how, who publishes it, and the latest figure.",
        answers={200: Answered("The indicator.", INDICATOR, headers=_LISTED)},
    ),
    "PUT": Operation(
        id="changeIndicator",
        tag=TAG,
        summary="Change an indicator",
        description="All facts are replaced; what is left out is empty again.",
        body=SENT_INDICATOR,
        answers={200: Answered("The indicator as it is now.", INDICATOR, headers=("ETag",))},
        refusals=(409,),
        needs_match=True,
    ),
}
_OBSERVATIONS = Operation(
    id="listObservations",
    tag=TAG,
    summary="Figures of an indicator, by period",
    description="Those in force, or with vintages=true every one that was ever recorded.",
    answers={200: Answered("A page of figures.", page_shape(OBSERVATION), OF_LISTS, _LISTED)},
)
OBSERVATION_FILE = {"GET": _OBSERVATIONS}
OBSERVATION_LIST = {
    "GET": _OBSERVATIONS,
    "POST": Operation(
        id="recordObservations",
        tag=TAG,
        summary="Record figures",
        description="All of them or none. A revised figure has a later vintage; what is known"
        " already is left alone, so the same call twice is harmless.",
        body=SENT_OBSERVATIONS,
        answers={
            200: Answered("Everything was known already.", RECORDED),
            201: Answered("What became of the figures.", RECORDED),
        },
    ),
}
