"""What the list of runs may be asked for, on its page and in the API."""

from jobs.models import Job
from record.filtering import Choice, ListFilters
from scoring.models import RunKind
from scoring.services.computations import LENSES


class RunFilters(ListFilters):
    kind = Choice("The kind", "What was computed.", RunKind.values, field_name="kind")
    state = Choice(
        "The state", "How far its job has come.", Job.State.values, field_name="job__state"
    )


class RankingFilters(ListFilters):
    lens = Choice("The lens", "The lens by its name.", tuple(LENSES), field_name="lens")
