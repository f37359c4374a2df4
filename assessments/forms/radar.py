"""A radar on its way in: the text, its name and day, and two tables that somebody confirms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessments.forms.clean import CleanLine
from assessments.forms.radar_entry import EntryForm
from assessments.forms.typed import DayText, TypedText
from assessments.importing.radars.radar import Radar
from assessments.importing.radars.reader import MOST_CHARACTERS, read_radar
from assessments.radars import LEFT_OUT, NO_LEVEL, RadarMapping, remembered_mapping
from assessments.values.fields import read_date
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension, WindowWord, levels_of
from evidence.forms.bringing import plain_lines
from evidence.forms.typed import TextFile
from intake.errors import IntakeError
from intake.text import clean_name
from record.canonical import digest
from record.clock import today

FIELD_NAME = 80
OWN_NAME = "="
# What a browser writes around the fields of an entry that it sends.
_AROUND = 800
LIMIT = settings.BODY_LIMIT_BYTES
_WINDOWS = (WindowWord.NOW, WindowWord.SOON, WindowWord.LATER, WindowWord.DISTANT)
Choices = list[tuple[str, Any]]


def ring_choices() -> Choices:
    """Every level of every dimension, none of them chosen."""
    groups: Choices = [
        (
            dimension.capitalize(),
            [(f"{dimension}={level}", f"{dimension} {level}") for level in levels_of(dimension)],
        )
        for dimension in LEVEL_DIMENSIONS
    ]
    windows = [(f"{Dimension.TIMING}={word}", f"timing: {word}") for word in _WINDOWS]
    return [
        ("", "choose"),
        (NO_LEVEL, "no level: not yet assessed"),
        *groups,
        (Dimension.TIMING.capitalize(), windows),
    ]


def sector_choices(sector: str, known: Sequence[str]) -> Choices:
    own = next((name for name in known if name.casefold() == sector.casefold()), "")
    others = [(name, name) for name in known if name != own]
    label = own or f"a new field “{sector[:FIELD_NAME]}”"
    return [("", "choose"), (OWN_NAME, label), ("-", "leave it out"), *others]


def _not_too_large(radar: Radar, text: str) -> Radar:
    """Every entry goes back and forth beside the text itself."""
    size, most = 2 * len(text.encode()) + _AROUND * len(radar.blips), int(0.9 * LIMIT)
    if size > most:
        raise IntakeError(
            f"The {radar.format} takes {size:,} bytes with its {len(radar.blips)} entries; at most"
            f" {most:,} can be looked at entry by entry. Send it in parts."
        )
    return radar


class RadarForm(forms.Form):
    text = TypedText(
        "The radar",
        limit=MOST_CHARACTERS,
        lines=8,
        hint="CSV or JSON of Build Your Own Radar, Zalando, AOE or Backstage, or AOE’s Markdown.",
    )
    file = TextFile("Or its file")
    name = CleanLine(
        "Its name",
        limit=100,
        error_messages={"required": "Needed: a name; a second import is known by it."},
        help_text="The same name the next time tells the same entries apart from new ones.",
    )
    as_of = DayText("It speaks of", hint="The day of its edition.")

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__(data, files)
        self.known_fields = tuple(fields)
        self.radar: Radar | None = None
        self.entries: list[EntryForm] = []
        self.proposed: set[str] = set()

    def clean(self) -> None:
        typed = self.cleaned_data
        # As a browser sends it back, so that a file is the same text in the second step.
        typed["text"] = plain_lines(typed.get("file") or typed.get("text", "")).lstrip("\n")
        if "file" in self.errors:
            return
        try:
            self.radar = _not_too_large(read_radar(typed["text"]), typed["text"])
        except IntakeError as error:
            self.add_error("text", error.message)
            return
        typed["day"] = self._day(typed.get("as_of"))
        self._propose(self.radar, str(typed.get("name", "")))
        self._map("ring", self.radar.rings, lambda ring: ring_choices())
        self._map("sector", self.radar.sectors, lambda one: sector_choices(one, self.known_fields))
        self._enter(self.radar)

    @property
    def seen(self) -> str:
        """Of which text the entries on the page are."""
        return digest(str(self.cleaned_data.get("text", "")).encode())

    @property
    def is_of_another_text(self) -> bool:
        return bool(self.data.get("seen", self.seen) != self.seen)

    def _propose(self, radar: Radar, name: str) -> None:
        """What the radar of that name meant the last time stands in the fields, unconfirmed."""
        before = remembered_mapping(name) if name else None
        if before is None:
            return
        data = dict(self.data.items())
        for kind, names, said in (
            ("ring", radar.rings, before.rings),
            ("sector", radar.sectors, before.sectors),
        ):
            for place, one in enumerate(names):
                key = f"{kind}-{place}"
                if one not in said or key in data:
                    continue
                data[key] = said[one] if kind == "ring" else self._choice(one, said[one])
                self.proposed.add(key)
        self.data, self.remembered_on = data, before.on

    def _choice(self, sector: str, name: str) -> str:
        if not name:
            return "-"
        return OWN_NAME if name.casefold() == sector.casefold() else name

    def _enter(self, radar: Radar) -> None:
        sent = self.data if self.data.get("seen") == self.seen else None
        self.entries = [
            EntryForm(sent, place=place, blip=blip, rings=radar.rings, sectors=radar.sectors)
            for place, blip in enumerate(radar.blips)
        ]
        corrected = tuple(entry.corrected() for entry in self.entries)
        wrong = [one for one in self.entries if one.errors]
        for entry in wrong:
            for name, said in entry.errors.items():
                self.add_error(None, f"{entry.blip.place}, {name}: {said[0]}")
        self.radar = replace(radar, blips=corrected)

    def _day(self, sent: str | None) -> date | None:
        if sent is None:
            return self.radar.dated if self.radar else None
        try:
            found = read_date(sent, "The day of the radar")
        except IntakeError as error:
            self.add_error("as_of", error.message)
            return None
        if found > today():
            self.add_error("as_of", "That day is still to come; give the day of its edition.")
        return found

    def _map(self, kind: str, names: Sequence[str], choices_of: Any) -> None:
        for place, name in enumerate(names):
            key = f"{kind}-{place}"
            field = forms.ChoiceField(label=name, choices=choices_of(name), required=False)
            self.fields[key] = field
            sent = str(self.data.get(key, ""))
            if key in self.proposed:
                field.help_text = f"Remembered from {self.remembered_on:%-d %B %Y}; confirm it."
                sent = ""
            try:
                self.cleaned_data[key] = field.clean(sent)
            except ValidationError:
                self.cleaned_data[key] = ""
                self.add_error(key, "Choose one of the list.")

    @property
    def is_answered(self) -> bool:
        """Whether every ring and every sector has been mapped, and the day is known."""
        if self.radar is None or self.errors or not self.cleaned_data.get("day"):
            return False
        return all(
            self.cleaned_data[key] for key in self.fields if key.startswith(("ring-", "sector-"))
        )

    def refuse_open(self) -> None:
        """What still has to be said is told at its field."""
        if self.radar is None:
            return
        if not self.cleaned_data.get("day") and "as_of" not in self.errors:
            self.add_error("as_of", "Needed: the file does not give its day.")
        for key in self.fields:
            is_open = key.startswith(("ring-", "sector-")) and not self.cleaned_data.get(key)
            if is_open and key not in self.errors:
                self.add_error(key, "Needed: choose what it becomes.")

    def mapping(self) -> RadarMapping:
        radar, typed = self.radar, self.cleaned_data
        rings = radar.rings if radar else ()
        sectors = radar.sectors if radar else ()
        return RadarMapping(
            name=typed["name"],
            as_of=typed["day"],
            rings={name: typed[f"ring-{place}"] for place, name in enumerate(rings)},
            sectors={
                name: self._field(name, typed[f"sector-{place}"])
                for place, name in enumerate(sectors)
            },
        )

    def _field(self, sector: str, chosen: str) -> str:
        if chosen == "-":
            return LEFT_OUT
        if chosen != OWN_NAME:
            return chosen
        known = {name.casefold(): name for name in self.known_fields}
        own = known.get(sector.casefold(), sector)
        return clean_name(own[:FIELD_NAME], field="The field", max_length=FIELD_NAME)

    def rows_of(self, kind: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{kind}-")]

    @property
    def rings(self) -> list[forms.BoundField]:
        return self.rows_of("ring")

    @property
    def sectors(self) -> list[forms.BoundField]:
        return self.rows_of("sector")
