"""One entry of a radar, as it is corrected before it becomes a sketch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from assessments.forms.typed import TypedText
from assessments.importing.radars.radar import Blip
from assessments.importing.radars.texts import key_of
from assessments.radars import fact_lines
from assessments.values import limits
from evidence.forms.bringing import plain_lines
from evidence.forms.typed import Tick

# A list of more names than this is typed and not chosen: it would stand on the page many times.
MOST_CHOSEN = 20


class EntryForm(forms.Form):
    is_taken = Tick("Bring it in")
    name = TypedText("Name", limit=limits.NAME)
    text = TypedText("Description", limit=limits.TEXT, lines=3)
    facts = TypedText(
        "What else it says",
        limit=limits.TEXT,
        lines=3,
        hint="Moves, links and tags, one a line, such as “moved: new”.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        place: int,
        blip: Blip,
        rings: Sequence[str],
        sectors: Sequence[str],
    ) -> None:
        self.blip = blip
        self.was = {
            "name": blip.name,
            "ring": blip.ring,
            "sector": blip.sector,
            "text": plain_lines(blip.text),
            "facts": "\n".join(fact_lines(blip.facts)),
        }
        super().__init__(data, prefix=f"e{place}", initial=self.was | {"is_taken": True})
        self.fields["ring"] = _one_of("Ring", rings)
        self.fields["sector"] = _one_of("Sector", sectors)
        self.order_fields(["is_taken", "name", "ring", "sector", "text", "facts"])

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "is_taken"]

    def corrected(self) -> Blip:
        """The entry with what was typed; what was left as it is stays so to the letter."""
        if not self.is_bound or not self.is_valid():
            return self.blip
        typed = dict(self.cleaned_data)
        said = {name: plain_lines(typed[name]) for name in self.was}
        changed = {name: text for name, text in said.items() if text.strip() != self.was[name]}
        name = changed.get("name", self.blip.name)
        return replace(
            self.blip,
            name=name,
            ring=changed.get("ring", self.blip.ring),
            sector=changed.get("sector", self.blip.sector),
            text=changed.get("text", self.blip.text),
            facts=_facts(changed["facts"]) if "facts" in changed else self.blip.facts,
            is_taken=typed["is_taken"],
            key=self.blip.key or key_of(name),
        )


def _one_of(label: str, names: Sequence[str]) -> TypedText:
    """A name of the file; any other is refused beside its entry."""
    choices = [("", "choose"), *((name, name) for name in names)]
    if len(names) > MOST_CHOSEN:
        return TypedText(label)
    return TypedText(label, widget=forms.Select(choices=choices))


def _facts(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [line.strip().partition(": ") for line in text.split("\n") if line.strip()]
    return tuple((what, said) if apart else ("", what) for what, apart, said in pairs)
