"""Which kind of radar a text is, and what it says."""

from assessments.importing.radars.objects import (
    read_aoe,
    read_backstage,
    read_byor_list,
    read_zalando,
)
from assessments.importing.radars.radar import Radar, checked
from assessments.importing.radars.texts import NEEDED, read_aoe_files, read_byor
from assessments.importing.radars.values import fields, rows
from intake.errors import IntakeError
from intake.strict_json import loads

MOST_CHARACTERS = 2_000_000
_KNOWN = (
    "a CSV with the columns name, ring and quadrant; the JSON of Build Your Own Radar, Zalando,"
    " AOE or Backstage; or AOE files with front matter"
)


def read_radar(text: str) -> Radar:
    """The radar that the text holds. Raises IntakeError for a text that is none, with what is
    looked for."""
    if len(text) > MOST_CHARACTERS:
        raise IntakeError(
            f"The radar has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
            " Send it in parts."
        )
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:1] in {"{", "["}:
        return checked(_read_json(bare))
    if bare.startswith("---"):
        return checked(read_aoe_files(bare))
    first = bare.partition("\n")[0].casefold()
    if not all(name in first for name in NEEDED):
        raise IntakeError(f"Line 1 begins no radar that is known here. Send {_KNOWN}.")
    return checked(read_byor(bare))


def _read_json(text: str) -> Radar:
    value = loads(text)
    if isinstance(value, list):
        return read_byor_list(value)
    said = fields(value)
    entries = [fields(one) for one in rows(said.get("entries"))]
    if rows(said.get("items")):
        return read_aoe(said)
    if any("label" in entry for entry in entries):
        return read_zalando(said)
    if any("title" in entry for entry in entries):
        return read_backstage(said)
    raise IntakeError(f"This JSON is no radar that is known here. Send {_KNOWN}.")
