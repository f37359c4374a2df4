"""What rows would do to an indicator, before any of them is saved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from evidence.models import Indicator, Observation
from evidence.selectors import facts_of
from evidence.values.facts import IndicatorFacts
from evidence.values.observed import Fault, Observed, check_observed
from record.clock import today

MOST_ROWS = 20_000

Key = tuple[str, str]


@dataclass(frozen=True)
class Written:
    """A row that is to be saved; `before` is the figure that it follows."""

    row: Observed
    value: float
    before: float | None = None
    correction: int = 0


@dataclass
class Comparison:
    """New periods, new figures for known ones, what is known already, and what cannot stand."""

    created: list[Written] = field(default_factory=list)
    revised: list[Written] = field(default_factory=list)
    unchanged: list[Observed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def written(self) -> list[Written]:
        return self.created + self.revised


@dataclass(frozen=True)
class _Kept:
    """A figure of the record, or of a row before this one."""

    label: str
    value: float
    entered: str
    vintage: date
    correction: int
    is_withdrawn: bool


def compare(indicator: Indicator, observed: Iterable[Observed]) -> Comparison:
    """Each row under what would become of it."""
    kept = Observation.objects.filter(indicator=indicator).order_by("pk")
    return _Comparing(facts_of(indicator), kept).run(list(observed))


def compare_new(facts: IndicatorFacts, observed: Iterable[Observed]) -> Comparison:
    """The same for an indicator that is not there yet."""
    return _Comparing(facts, ()).run(list(observed))


class _Comparing:
    def __init__(self, facts: IndicatorFacts, kept: Iterable[Observation]) -> None:
        self._facts = facts
        self._kept: dict[Key, list[_Kept]] = defaultdict(list)
        for row in kept:
            self._kept[self._key(row.period, row.label)].append(_kept(row))
        self._result = Comparison()

    def run(self, observed: list[Observed]) -> Comparison:
        if len(observed) > MOST_ROWS:
            message = f"There are {len(observed):,} rows; at most {MOST_ROWS:,} are taken at once."
            self._result.faults.append(Fault("", "", message))
            return self._result
        sound = self._once(self._checked(observed))
        for row in sorted(sound, key=lambda row: row.vintage):
            self._place(row)
        return self._result

    def _checked(self, observed: list[Observed]) -> list[Observed]:
        sound, day = [], today()
        for row in observed:
            clean, faults = check_observed(self._with_figure(row), self._facts, today=day)
            self._result.faults += faults
            sound += [] if faults else [clean]
        return sound

    def _with_figure(self, row: Observed) -> Observed:
        """Who takes a figure back need not repeat it."""
        if not row.is_withdrawn or row.entered.strip():
            return row
        kept = self._before(row)
        return replace(row, entered=kept.entered) if kept else row

    def _once(self, rows: list[Observed]) -> list[Observed]:
        first: dict[tuple[Key, date], Observed] = {}
        for row in rows:
            at = (self._key(row.period, row.label), row.vintage)
            if at not in first:
                first[at] = row
                continue
            where = f", first at {first[at].place}" if first[at].place else ""
            what = row.period or row.label
            message = f"{what} stands twice with the vintage {row.vintage}{where}. Keep one."
            self._result.faults.append(Fault(row.place, "period", message))
        return list(first.values())

    def _key(self, period: str, label: str) -> Key:
        return period.strip(), label.strip() if self._facts.is_snapshot else ""

    def _before(self, row: Observed) -> _Kept | None:
        """The figure in force on the day of the row's vintage."""
        kept = self._kept[self._key(row.period, row.label)]
        known = [one for one in kept if one.vintage <= row.vintage]
        return max(known, key=lambda one: (one.vintage, one.correction), default=None)

    def _place(self, row: Observed) -> None:
        kept, before = self._kept[self._key(row.period, row.label)], self._before(row)
        if row.is_withdrawn and (before is None or before.is_withdrawn):
            return self._refuse(row, "There is no figure to take back at that date.")
        if before and _is_same(before, row):
            self._result.unchanged.append(row)
            return None
        same = [one for one in kept if one.vintage == row.vintage]
        if same and before and not row.is_correction:
            return self._refuse(row, _other_figure(before, row))
        if row.is_correction and not same:
            return self._refuse(row, "There is no figure of that vintage to correct.")
        self._write(row, before, bool(kept), len(same))
        return None

    def _write(self, row: Observed, before: _Kept | None, is_known: bool, correction: int) -> None:  # noqa: FBT001
        written = Written(row, row.value, before.value if before else None, correction)
        (self._result.revised if is_known else self._result.created).append(written)
        self._kept[self._key(row.period, row.label)].append(
            _Kept(row.label, row.value, row.entered, row.vintage, correction, row.is_withdrawn)
        )

    def _refuse(self, row: Observed, message: str) -> None:
        self._result.faults.append(Fault(row.place, "value", message))


def _kept(row: Observation) -> _Kept:
    return _Kept(row.label, row.value, row.entered, row.vintage, row.correction, row.is_withdrawn)


def _is_same(kept: _Kept, row: Observed) -> bool:
    stands = (kept.value, kept.label, kept.is_withdrawn)
    return stands == (row.value, row.label, row.is_withdrawn)


def _other_figure(kept: _Kept, row: Observed) -> str:
    return (
        f"{row.period or row.label} of the vintage {row.vintage} is in the record as"
        f" {kept.entered}. If the publisher revised it, give the day of the revision as vintage;"
        " if it was typed wrongly, say that this row corrects it."
    )
