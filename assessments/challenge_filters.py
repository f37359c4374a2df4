"""What the ledger of challenges may be asked for, on its page and in the API."""

from record.filtering import Choice, ListFilters, Slug

OUTCOMES = ("waiting", "accepted", "partly accepted", "declined")


class ChallengeFilters(ListFilters):
    """Over `assessments.challenges.challenge_records`."""

    technology = Slug(
        "The technology",
        "On this technology, by its slug.",
        keeps=lambda record, slug: record.slug == slug,
        example="edge-ai",
    )
    outcome = Choice(
        "The outcome",
        "What came of it.",
        OUTCOMES,
        keeps=lambda record, outcome: (
            (record.outcome == outcome) or (outcome == "waiting" and record.is_waiting)
        ),
    )
