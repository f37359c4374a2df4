"""What the list of runs may be asked for, on its page and in the API."""

from jobs.models import Job
from record.filtering import Choice, ListFilters, Slug
from scoring.models import RunKind


class RunFilters(ListFilters):
    kind = Choice("The kind", "What was computed.", RunKind.values, field_name="kind")
    state = Choice(
        "The state", "How far its job has come.", Job.State.values, field_name="job__state"
    )


class RankingFilters(ListFilters):
    lens = Slug("The lens", "The lens by its key.", example="even-handed", field_name="lens")
