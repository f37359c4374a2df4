"""The state of a revision, derived from its review events and publications."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# What a revision that waits is called once a newer one was saved on top of it.
SUPERSEDED = "superseded"
_WAITING = {State.IN_REVIEW, State.APPROVED}


def is_superseded(state: State, number: int, newest: int) -> bool:
    """Whether the revision of that number would wait for a decision, were it the newest."""
    return state in _WAITING and newest > number
