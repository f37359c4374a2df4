"""The page that takes a radar in."""

from dataclasses import dataclass

from assessments.forms.radar import RadarForm
from assessments.forms.radar_entry import EntryForm
from assessments.importing.radars.radar import counted
from assessments.radars import Fate, RadarRow, count_of


@dataclass(frozen=True)
class RadarPage:
    form: RadarForm
    rows: tuple[RadarRow, ...] = ()

    @property
    def entries(self) -> list[tuple[EntryForm, RadarRow]]:
        return list(zip(self.form.entries, self.rows, strict=True)) if self.rows else []

    @property
    def counts(self) -> tuple[tuple[Fate, int], ...]:
        return tuple((fate, number) for fate in Fate if (number := count_of(self.rows, fate)))

    @property
    def day(self) -> str:
        """What was typed, or the day that the file gives."""
        typed = str(self.form["as_of"].value() or "")
        dated = self.form.radar.dated if self.form.radar else None
        return typed or (dated.isoformat() if dated else "")

    @property
    def is_whole(self) -> bool:
        """Whether the radar can be taken as it stands, and would change anything."""
        changes = count_of(self.rows, Fate.CREATED) + count_of(self.rows, Fate.UPDATED)
        return changes > 0 and count_of(self.rows, Fate.UNREADABLE) == 0

    @property
    def heading(self) -> str:
        if self.form.radar is None or not self.rows:
            return "Bring a radar in. Each entry becomes a sketch."
        found = ", ".join(f"{number} {fate}" for fate, number in self.counts)
        return f"Of {counted(len(self.rows))}: {found}."


@dataclass(frozen=True)
class RadarDone:
    """What became of each entry, once all of it was saved."""

    rows: tuple[RadarRow, ...]

    @property
    def counts(self) -> str:
        """The first three are told even where there is none of them."""
        told = [f"{count_of(self.rows, fate)} {fate}" for fate in (*Fate,)[:3]]
        left = count_of(self.rows, Fate.LEFT_OUT)
        return ", ".join([*told, f"{left} {Fate.LEFT_OUT}"] if left else told)
