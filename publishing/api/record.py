"""What the endpoints on the published record have in common."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from publishing.data import technology_records
from publishing.memory import Remembered
from publishing.pages.published import Published
from publishing.selectors import settled
from rest.reading import ReadEndpoint

Records = Mapping[str, Mapping[str, Any]]

_records: Remembered[tuple[Published, Records]] = Remembered(most=6)


class OfRecord(ReadEndpoint):
    """Answers follow from the record and its finished runs; runs on their way do not count."""

    @cached_property
    def _settled(self) -> tuple[str, float]:
        now, at = settled()
        return f"{now.of_record}-{now.ranking_run}-{now.outlook_run}", at.timestamp()

    def edition(self) -> str:
        return self._settled[0]

    def changed_at(self) -> float | None:
        return self._settled[1]


def records_of(published: Published) -> Records:
    """Every technology's record by its slug, spelled once for each state of the record."""
    # The parts are the same objects for as long as nothing moves; the value keeps them alive.
    parts = (published.cards, published.ranking, published.outlook)
    key = (*map(id, parts), published.today)

    def spell() -> tuple[Published, Records]:
        return published, {row["slug"]: row for row in technology_records(published)}

    return _records.get(key, spell)[1]
