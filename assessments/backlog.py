"""A pasted list of names, line by line: what each would become, and what cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.text import slugify

from assessments.models import Alias, Domain, Technology
from assessments.services.technologies import RESERVED
from assessments.values import limits
from intake.errors import IntakeError
from intake.text import clean_name

MOST_LINES = 500
LONGEST_LIST = 60_000
FIELD_NAME = 80
# A list out of a spreadsheet parts its cells by tabs; names themselves hold commas at times.
SEPARATORS = ("\t", ";", ",")


class Fate(StrEnum):
    NEW = "new"
    KNOWN = "there already"
    DOUBLE = "twice in the list"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class PastedRow:
    """A line by its number; `words` say why, and `slug` is the address it gets or has."""

    number: int
    name: str
    field: str = ""
    fate: Fate = Fate.NEW
    words: str = ""
    slug: str = ""
    is_new_field: bool = False


@dataclass(frozen=True)
class _Record:
    """What there is to be found: names and aliases without case, and addresses, with names."""

    names: Mapping[str, tuple[str, str]]
    slugs: Mapping[str, str]
    fields: Mapping[str, str]


def sort_list(text: str) -> tuple[PastedRow, ...]:
    """The rows of the list in its order; blank lines are left out and keep their number."""
    record, seen = _record(), dict[str, int]()
    rows = []
    for number, line in enumerate(_lines(text), start=1):
        if line.strip():
            row = _placed(_read(number, line, record), record, seen)
            rows.append(row)
    return tuple(rows)


def refusal_of(text: str) -> str:
    """Why the list as a whole is not read, or nothing."""
    if len(text) > LONGEST_LIST:
        return (
            f"The list has {len(text):,} characters; at most {LONGEST_LIST:,} are read at once."
            " Paste it in parts."
        )
    count = sum(bool(line.strip()) for line in _lines(text))
    if count > MOST_LINES:
        return f"The list has {count:,} lines; at most {MOST_LINES} are read at once. Paste parts."
    return "" if count else "Needed: at least one name, one a line."


def _lines(text: str) -> list[str]:
    """At line feeds alone: other breaks are characters that a name may not hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _record() -> _Record:
    technologies = list(Technology.objects.values_list("name", "slug"))
    names = {name.casefold(): (name, slug) for name, slug in technologies}
    aliases = Alias.objects.values_list("name", "technology__name", "technology__slug")
    for alias, name, slug in aliases:
        names.setdefault(alias.casefold(), (name, slug))
    fields = Domain.objects.values_list("name", flat=True)
    return _Record(
        names=names,
        slugs={slug: name for name, slug in technologies},
        fields={name.casefold(): name for name in fields},
    )


def _read(number: int, line: str, record: _Record) -> PastedRow:
    name, field = _cells(line)
    try:
        name = clean_name(name, field="The name", max_length=limits.NAME)
        if field.strip():
            field = clean_name(field, field="The field", max_length=FIELD_NAME)
    except IntakeError as error:
        return PastedRow(number, _shown(line), fate=Fate.UNREADABLE, words=error.message)
    field = field.strip()
    known = record.fields.get(field.casefold(), field)
    is_new = bool(field) and field.casefold() not in record.fields
    return PastedRow(number, name, known, slug=_slug_of(name), is_new_field=is_new)


def _cells(line: str) -> tuple[str, str]:
    """The name, and the field after the last separator of the strongest kind in the line."""
    for separator in SEPARATORS:
        name, found, field = line.rpartition(separator)
        if found:
            return _bare(name), _bare(field)
    return _bare(line), ""


def _bare(cell: str) -> str:
    cell = cell.strip(" ")
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"')
    return cell.lstrip("-*• ") if cell[:1] in {"-", "*", "•"} else cell


def _shown(line: str) -> str:
    """A line that cannot be read, short and with nothing in it that could mislead."""
    plain = "".join(character if character.isprintable() else "�" for character in line[:200])
    return plain[:60] + ("…" if len(line) > 60 else "")


def _slug_of(name: str) -> str:
    return slugify(name)[: limits.SLUG].strip("-_").replace("_", "-")


def _placed(row: PastedRow, record: _Record, seen: dict[str, int]) -> PastedRow:
    if row.fate is Fate.UNREADABLE:
        return row
    known = record.names.get(row.name.casefold())
    if known:
        words = "" if known[0] == row.name else f"as {known[0]}"
        return replace(row, fate=Fate.KNOWN, words=words, slug=known[1])
    if row.name.casefold() in seen:
        first = seen[row.name.casefold()]
        return replace(row, fate=Fate.DOUBLE, words=f"the same as line {first}")
    problem = _problem(row, record, seen)
    if problem:
        return replace(row, fate=Fate.UNREADABLE, words=problem)
    seen[row.name.casefold()] = seen[f"/{row.slug}"] = row.number
    return row


def _problem(row: PastedRow, record: _Record, seen: Mapping[str, int]) -> str:
    by_hand = "Add it by hand, with an address of its own."
    if not row.slug:
        return f"No address can be made from this name. {by_hand}"
    if row.slug in RESERVED:
        return f"The address “{row.slug}” is a page of this site. {by_hand}"
    if row.slug in record.slugs:
        return f"Its address “{row.slug}” belongs to {record.slugs[row.slug]}. {by_hand}"
    if f"/{row.slug}" in seen:
        line = seen[f"/{row.slug}"]
        return f"Its address “{row.slug}” would be that of line {line} too. {by_hand}"
    return ""
