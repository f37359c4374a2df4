"""The lists of cards and revisions, in orders that no collation of a database changes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from assessments.api.records import card_records, revision_records
from assessments.api.sight import Sight
from assessments.models import Card, Revision
from assessments.selectors import states_of
from assessments.values.card_keys import card_key
from rest.paging import MAX_LIMIT, Key, Record


class Cards:
    """A list of cards in the order of their keys, which no collation of a database changes."""

    def __init__(self, revisions: QuerySet[Revision], state: str | None) -> None:
        wanted = revisions.select_related("card__technology", "card__owner", "author")
        self._revisions = wanted
        rows = list(wanted) if state else []
        states = states_of(rows)
        if state:
            wanted = wanted.filter(pk__in=[row.pk for row in rows if states[row.pk] == state])
        parts = wanted.values_list(
            "card__technology__slug", "card__role", "card__owner__username", "pk"
        )
        named = {str(card_key(slug=a, role=b, owner=c)): pk for a, b, c, pk in parts}
        self._keys, self._ids = sorted(named), named

    def after(self, key: Key | None, number: int) -> Sequence[Record]:
        start = 0 if key is None else bisect_right(self._keys, str(key))
        return self._records(self._keys[start : start + number])

    def before(self, key: Key, number: int) -> Sequence[Record]:
        end = bisect_left(self._keys, str(key))
        return self._records(self._keys[max(0, end - number) : end])

    def key_of(self, record: Record) -> Key:
        return str(record["key"])

    def count(self) -> int:
        return len(self._keys)

    def every(self) -> Iterator[Record]:
        for start in range(0, len(self._keys), MAX_LIMIT):
            yield from self._records(self._keys[start : start + MAX_LIMIT])

    def _records(self, keys: Sequence[str]) -> Sequence[Record]:
        rows = {row.pk: row for row in self._revisions.filter(pk__in=[self._ids[k] for k in keys])}
        return card_records(rows[self._ids[key]] for key in keys)


class Revisions:
    """The revisions of one card that are seen, newest first; a cursor is a content hash."""

    def __init__(self, card: Card, sight: Sight) -> None:
        self._records = revision_records(card, sight)
        # Also of revisions that are not seen, or no longer: a cursor keeps its place.
        self._numbers = dict(card.revisions.values_list("content_hash", "number"))

    def after(self, key: Key | None, number: int) -> Sequence[Record]:
        if key is None:
            return self._records[:number]
        place = self._numbers.get(str(key), 0)
        return [row for row in self._records if self._place(row) < place][:number]

    def before(self, key: Key, number: int) -> Sequence[Record]:
        place = self._numbers.get(str(key), 0)
        return [row for row in self._records if self._place(row) > place][-number:]

    def key_of(self, record: Record) -> Key:
        return str(record["content_hash"])

    def count(self) -> int:
        return len(self._records)

    def every(self) -> Iterator[Record]:
        return iter(self._records)

    def _place(self, record: Record) -> int:
        return self._numbers[str(record["content_hash"])]
