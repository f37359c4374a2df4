from assessments.models.card import Buffer, Card, InternalNote, Revision, Score
from assessments.models.review import Publication, ReviewEvent
from assessments.models.round import RoundAnswer
from assessments.models.technology import Alias, Domain, Link, Opening, Technology

__all__ = [
    "Alias",
    "Buffer",
    "Card",
    "Domain",
    "InternalNote",
    "Link",
    "Opening",
    "Publication",
    "ReviewEvent",
    "Revision",
    "RoundAnswer",
    "Score",
    "Technology",
]
