"""What the lists of indicators and of items may be asked for, by their pages and by the API."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import Any

from evidence.models import Item, ItemMark, ItemTag, Tag
from evidence.searching import all_found, best_first, matching
from evidence.tagging import tags_of_slugs
from evidence.values.facts import KINDS
from evidence.values.item import KINDS as KINDS_OF_ITEMS
from evidence.values.item import NAME
from evidence.values.words import Query, read_query
from intake.errors import IntakeError
from intake.showing import shown
from intake.text import clean_text
from record.filtering import Choice, ListFilters, Parameter, Slugs, Words
from record.prepared import columns

# An index holds them, so that they are read without the texts.
COUNTED = ("pk", "state", "kind", "publisher", "published")


class IndicatorFilters(ListFilters):
    """Over series."""

    kind = Choice(
        "The kind",
        "What is measured: a cost, a performance, a share or a count.",
        KINDS,
        keeps=lambda series, kind: series.kind == kind,
    )
    form = Choice(
        "The form",
        "Series that continue, or snapshots of one moment.",
        ("series", "snapshot"),
        keeps=lambda series, form: series.is_snapshot == (form == "snapshot"),
    )


class _Name(Parameter):
    """A name as it was written, whole."""

    schema = {"type": "string", "maxLength": NAME}

    def read(self, text: str) -> Any:
        return clean_text(text, multiline=False, field=str(self.label), max_length=NAME)


class _Search(Words):
    def filter(self, rows: Any, value: Any) -> Any:
        return matching(rows, read_query(value or ""))


class _Author(_Name):
    def filter(self, rows: Any, value: Any) -> Any:
        if not value:
            return rows
        marks = ItemMark.objects.filter(kind=ItemMark.Kind.AUTHOR, value=value)
        return rows.filter(pk__in=marks.values("item"))


class _Tags(Slugs):
    """Items that have all of them; a former name of a tag stands for the tag."""

    def filter(self, rows: Any, value: Any) -> Any:
        known = tags_of_slugs(value or ())
        for slug in value or ():
            rows = rows.filter(pk__in=ItemTag.objects.filter(tag=known.get(slug)).values("item"))
        return rows


class _Year(Parameter):
    schema = {"type": "string", "pattern": "^[0-9]{4}$"}
    example = "2023"

    def read(self, text: str) -> Any:
        if not re.fullmatch(r"[0-9]{4}", text):
            raise IntakeError(f"{self.label} {shown(text)} is no year; write four digits.")
        return text


class _Order(Choice):
    """Chooses how the rows stand, and not which."""

    def filter(self, rows: Any, value: Any) -> Any:
        return rows


class ItemFilters(ListFilters):
    """Over items of the library."""

    q = _Search(
        "The search",
        'Words in title, tags, notes, passages or text; "words in this order", -without.',
        example="heat pump",
    )
    state = Choice(
        "The state",
        "Items that wait in the inbox, are kept, or were retracted.",
        Item.State.values,
        field_name="state",
    )
    kind = Choice("The kind", "What the item is.", KINDS_OF_ITEMS, field_name="kind")
    tag = _Tags("The tag", "The tag, by its slug; of several, items that have all.", example="heat")
    author = _Author("The author", "One of the authors, by the whole name.", example="Ada Lovelace")
    publisher = _Name(
        "The publisher", "The publisher, by the whole name.", field_name="publisher", example="MIT"
    )
    year = _Year(
        "The year",
        "The year of publication.",
        field_name="published",
        lookup_expr="startswith",
    )
    order = _Order(
        "The order",
        "The newest change first, the newest publication first, or the best match of the search.",
        ("newest", "published", "match"),
    )

    def __init__(self, data: Any, rows: Any, *, is_ranked: bool = True, **options: Any) -> None:
        super().__init__(data, rows, **options)
        self._is_ranked = is_ranked
        self._intersections: dict[str, set[int] | None] = {}

    @cached_property
    def query(self) -> Query:
        return read_query(self.values.get("q", ""))

    @cached_property
    def found(self) -> list[int]:
        """What the search finds, the best match first where rows stand in that order: to rank
        takes longer than to find."""
        return best_first(self.query) if self.is_by_match else all_found(self.query)

    @cached_property
    def is_by_match(self) -> bool:
        is_asked = self.values.get("order", "match") == "match"
        return self._is_ranked and is_asked and bool(self.query.wanted)

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """By the addresses that are asked for; those of no tag are left out."""
        return tags_of_slugs(self.values.get("tag", []))

    @cached_property
    def sets(self) -> dict[str, set[int]]:
        """The items that each parameter keeps by itself, by its name: each is asked for once, and
        every count of a page follows from them."""
        return {
            name: self._set(name, value) for name, value in self.values.items() if name != "order"
        }

    def _set(self, name: str, value: Any) -> set[int]:
        if name == "q" and self.query.wanted:
            return set(self.found)
        if name == "tag":
            # Without a look at the items, which are wide.
            rows = ItemTag.objects.order_by()
            of_each = (rows.filter(tag=self.tags.get(one)) for one in value)
            return set.intersection(*(_ones(rows, "item") for rows in of_each))
        return _ones(self.filters[name].filter(self.queryset.order_by(), value), "pk")

    @cached_property
    def table(self) -> dict[str, list[Any]]:
        """What is counted of all that may be seen, by its name: the first of each is of the first
        item in the order of the page, and so on. The best match has its order from the search."""
        by_day = self.values.get("order") == "published"
        order = () if self.is_by_match else ("-published" if by_day else "-changed_at", "-pk")
        rows = columns(self.queryset.order_by(*order), *COUNTED)
        return dict(zip(COUNTED, rows, strict=True))

    @property
    def every(self) -> list[int]:
        """All that may be seen."""
        return self.table["pk"]

    def kept(self, pks: Sequence[int], *, without: str = "") -> list[int]:
        """Those of the items that all parameters keep, or all but one, in their order."""
        return list(self.beside(pks, pks, without=without))

    def beside(
        self, pks: Sequence[int], told: Sequence[Any], *, without: str = ""
    ) -> Iterable[Any]:
        """What is told of those of the items that all parameters keep, or all but one."""
        both = self._both(without if without in self.sets else "")
        return told if both is None else compress(told, map(both.__contains__, pks))

    def _both(self, without: str) -> set[int] | None:
        if without not in self._intersections:
            asked = [kept for name, kept in self.sets.items() if name != without]
            self._intersections[without] = set.intersection(*asked) if asked else None
        return self._intersections[without]

    def in_order(self) -> list[int]:
        """The keys of the items that all of it keeps, in the order that is asked for."""
        if self.is_by_match:
            return self.kept(list(filter(set(self.every).__contains__, self.found)))
        return self.kept(self.every)

    def keys(self) -> list[str]:
        """Of the items that all of it keeps, in their own order."""
        return sorted(self.beside(*columns(self.queryset.order_by(), "pk", "key")))


def _ones(rows: Any, name: str) -> set[int]:
    return set(columns(rows, name)[0])
