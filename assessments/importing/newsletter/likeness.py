"""How much a text looks like an issue that scores technologies."""

import re

from assessments.importing.newsletter.vocabulary import NAMES, QUESTIONS
from assessments.values.scale import Dimension

# Fewer could head the lines of any text.
_FEWEST = 3
_BEFORE = r"^(?:\s{0,12}<[^>\n]{1,80}>){0,4}[^\w\n]{0,12}(?:\d{1,2}[.):]\s*)?(?:\*\*|__)?"
_HEADED = [
    re.compile(rf"{_BEFORE}(?:(?:{NAMES[key]})\b|{QUESTIONS[key]})", re.IGNORECASE | re.MULTILINE)
    for key in Dimension
]


def dimensions_headed(text: str) -> int:
    """How many of the six dimensions begin a line; 0 for so few that it says nothing."""
    found = sum(bool(pattern.search(text)) for pattern in _HEADED)
    return found if found >= _FEWEST else 0
