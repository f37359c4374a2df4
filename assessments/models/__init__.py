from assessments.models.card import Buffer, Card, InternalNote, Revision, Score
from assessments.models.challenge import Challenge, ChallengeEvent, ChallengeSender
from assessments.models.citation import Citation
from assessments.models.comment import (
    CommentResolution,
    ReconciledRevision,
    Reconciliation,
    ReviewComment,
)
from assessments.models.opening import OpeningStep, OpeningTest
from assessments.models.prediction import Forecast, Prediction, PredictionEvent
from assessments.models.review import Publication, ReviewEvent
from assessments.models.round import RoundAnswer
from assessments.models.technology import Alias, Domain, Link, Opening, Technology

__all__ = [
    "Alias",
    "Buffer",
    "Card",
    "Challenge",
    "ChallengeEvent",
    "ChallengeSender",
    "Citation",
    "CommentResolution",
    "Domain",
    "Forecast",
    "InternalNote",
    "Link",
    "Opening",
    "OpeningStep",
    "OpeningTest",
    "Prediction",
    "PredictionEvent",
    "Publication",
    "ReconciledRevision",
    "Reconciliation",
    "ReviewComment",
    "ReviewEvent",
    "Revision",
    "RoundAnswer",
    "Score",
    "Technology",
]
