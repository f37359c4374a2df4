"""The parts of a card that a reviewer can comment on, with the words that name them."""

from assessments.values.scale import Dimension

PARTS: dict[str, str] = {
    **{dimension.value: dimension.capitalize() for dimension in Dimension},
    "summary": "Summary",
    "text": "Text",
    "rating": "Rating",
    "scenarios": "Scenarios",
    "companies": "Companies",
    "prediction": "Prediction",
}
# Where a part stands on the page of a card; the others have their own name there.
PLACES = {"summary": "words", "text": "words", "prediction": "predictions"}


def place_of(part: str) -> str:
    """The part of the card's form in which the commented part stands."""
    return PLACES.get(part, part)
