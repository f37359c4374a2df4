"""Recomputing what the record says of itself; each app registers the rows it answers for."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from record.append_only import missing_triggers, registered_models
from record.models import Change, PublicChange
from record.selectors import (
    public_changes_in_order,
    removed_public_numbers,
    unnumbered_public_changes,
)

# Of a table with a million damaged rows the first hundred say enough.
MOST_NAMED = 100


@dataclass(frozen=True)
class Examined:
    """One row, by name, and what is wrong with it; nothing is for a row that is whole."""

    row: str
    wrong: str = ""


@dataclass(frozen=True)
class Check:
    kind: str
    examine: Callable[[], Iterable[Examined]]


@dataclass(frozen=True)
class Finding:
    """What came out for one kind of row."""

    kind: str
    rows: int
    broken: int
    named: tuple[Examined, ...]


_checks: dict[str, Check] = {}


def register_check(check: Check) -> None:
    _checks[check.kind] = check


def verify() -> Iterator[Finding]:
    """A finding for each kind of row, in the order in which the checks were registered."""
    for check in _checks.values():
        rows, broken, named = 0, 0, []
        for examined in check.examine():
            rows += 1
            if examined.wrong:
                broken += 1
                named += [examined] if broken <= MOST_NAMED else []
        yield Finding(check.kind, rows, broken, tuple(named))


def _public_changes() -> Iterator[Examined]:
    numbered = map(_numbered, public_changes_in_order(), _counting(removed_public_numbers()))
    return chain(numbered, map(_unnumbered, unnumbered_public_changes()))


def _counting(removed: Container[int]) -> Iterator[int]:
    """The numbers that public changes have, without those of which the log says that they went."""
    return (number for number in count(1) if number not in removed)


def _numbered(row: PublicChange, place: int) -> Examined:
    name = f"public change {row.seq}"
    if row.seq != place:
        return Examined(name, f"it stands at place {place}, so a number before it is missing")
    if not row.change.is_public:
        return Examined(name, f"change {row.change_id} is not public")
    return Examined(name)


def _unnumbered(change: Change) -> Examined:
    return Examined(f"change {change.seq}", "it is public and has no public number")


def _append_only_tables() -> Iterator[Examined]:
    missing = missing_triggers()
    for model in registered_models():
        table = model._meta.db_table
        lost = [row for row in missing if row.startswith(f"{table}: ")]
        yield Examined(f"table {table}", "its triggers are missing; run migrate" if lost else "")


def register_own_checks() -> None:
    register_check(Check("append-only tables", _append_only_tables))
    register_check(Check("public changes", _public_changes))
