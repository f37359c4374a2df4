"""Pages by a unique key: rows that come or go between two pages neither hide nor repeat others."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from rest.parameters import Parameter, flag, integer, spelled

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
Record = Mapping[str, Any]
Key = str | int


@dataclass(frozen=True)
class Page:
    """Records in the order of the list, with the cursors of its neighbours where there are any."""

    records: Sequence[Record]
    next: str | None
    previous: str | None


class Source(Protocol):
    """A list of records, each with a key of its own, in the order of the keys."""

    def after(self, key: Key | None, number: int) -> Sequence[Record]: ...
    def before(self, key: Key, number: int) -> Sequence[Record]: ...
    def key_of(self, record: Record) -> Key: ...
    def count(self) -> int: ...
    def every(self) -> Iterator[Record]: ...


class Rows:
    """Records at hand, sorted by the key already, or by what `order` makes of it."""

    def __init__(
        self, records: Sequence[Record], key: str, order: Callable[[Any], Any] = lambda key: key
    ) -> None:
        self._records = records
        self._key = key
        self._order = order

    def _place(self, record: Record) -> Any:
        return self._order(record[self._key])

    def after(self, key: Key | None, number: int) -> Sequence[Record]:
        start = 0
        if key is not None:
            start = bisect_right(self._records, self._order(key), key=self._place)
        return self._records[start : start + number]

    def before(self, key: Key, number: int) -> Sequence[Record]:
        end = bisect_left(self._records, self._order(key), key=self._place)
        return self._records[max(0, end - number) : end]

    def key_of(self, record: Record) -> Key:
        key: Key = record[self._key]
        return key

    def count(self) -> int:
        return len(self._records)

    def every(self) -> Iterator[Record]:
        return iter(self._records)


class Keys:
    """Keys at hand, sorted; the records behind them are made as they are asked for."""

    def __init__(
        self, keys: Sequence[str], records: Callable[[Sequence[str]], Iterable[Record]], name: str
    ) -> None:
        self._keys = keys
        self._records = records
        self._name = name

    def after(self, key: Key | None, number: int) -> Sequence[Record]:
        start = 0 if key is None else bisect_right(self._keys, str(key))
        return self._made(self._keys[start : start + number])

    def before(self, key: Key, number: int) -> Sequence[Record]:
        end = bisect_left(self._keys, str(key))
        return self._made(self._keys[max(0, end - number) : end])

    def key_of(self, record: Record) -> Key:
        key: Key = record[self._name]
        return key

    def count(self) -> int:
        return len(self._keys)

    def every(self) -> Iterator[Record]:
        for start in range(0, len(self._keys), MAX_LIMIT):
            yield from self._made(self._keys[start : start + MAX_LIMIT])

    def _made(self, keys: Sequence[str]) -> list[Record]:
        """In the order of the keys; what is gone since they were read is left out."""
        found = {self.key_of(record): record for record in self._records(keys)} if keys else {}
        return [found[key] for key in keys if key in found]


class Table:
    """Rows of the database by their primary key, made into records as they are asked for."""

    def __init__(
        self,
        rows: "QuerySet[Any]",
        records: Callable[[Iterable[Any]], Sequence[Record]],
        key: str,
        *,
        is_descending: bool = False,
    ) -> None:
        self._rows = rows
        self._records = records
        self._key = key
        self._sign = "-" if is_descending else ""
        self._after, self._before = ("lt", "gt") if is_descending else ("gt", "lt")

    def after(self, key: Key | None, number: int) -> Sequence[Record]:
        rows = self._rows.order_by(f"{self._sign}pk")
        if key is not None:
            rows = rows.filter(**{f"pk__{self._after}": key})
        return self._records(rows[:number])

    def before(self, key: Key, number: int) -> Sequence[Record]:
        opposite = "" if self._sign else "-"
        rows = self._rows.filter(**{f"pk__{self._before}": key}).order_by(f"{opposite}pk")
        return self._records(list(rows[:number])[::-1])

    def key_of(self, record: Record) -> Key:
        key: Key = record[self._key]
        return key

    def count(self) -> int:
        return self._rows.count()

    def every(self) -> Iterator[Record]:
        """In parts, so that a long table needs no long memory."""
        key: Key | None = None
        while part := self.after(key, MAX_LIMIT):
            yield from part
            key = self.key_of(part[-1])


SLUG = r"[a-z0-9-]{1,100}"
NUMBER = r"[0-9]{1,18}"


def paging_parameters(key_pattern: str, example: str) -> tuple[Parameter, ...]:
    """A cursor names a place, not a row: it stays good when its row is gone."""
    return (
        integer(
            "limit",
            "How many a page holds.",
            low=1,
            high=MAX_LIMIT,
            unless_given=DEFAULT_LIMIT,
        ),
        spelled(
            "cursor",
            "The place where the page begins, as next and previous name it.",
            rf"^(?:after|before):{key_pattern}$",
            example=f"after:{example}",
        ),
        flag("count", "Also count all that the list holds."),
    )


def page_of(source: Source, cursor: str | None, limit: int) -> Page:
    """One more row than the page holds is read, to know whether another page follows."""
    way, _, key = (cursor or "").partition(":")
    if way == "before":
        return _page_before(source, key, limit)
    records = source.after(key if way else None, limit + 1)
    is_cut = len(records) > limit
    records = records[:limit]
    if not records:
        return Page((), None, None)
    first, last = source.key_of(records[0]), source.key_of(records[-1])
    has_before = bool(way) and bool(source.before(first, 1))
    return Page(
        records, f"after:{last}" if is_cut else None, f"before:{first}" if has_before else None
    )


def _page_before(source: Source, key: Key, limit: int) -> Page:
    records = source.before(key, limit + 1)
    is_cut = len(records) > limit
    records = records[-limit:]
    if not records:
        return Page((), None, None)
    first, last = source.key_of(records[0]), source.key_of(records[-1])
    has_after = bool(source.after(last, 1))
    return Page(
        records, f"after:{last}" if has_after else None, f"before:{first}" if is_cut else None
    )
