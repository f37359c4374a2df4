"""Two people changed one card: what both say, field by field, over what both began from.

A field is the smallest part that says something alone: the answer to a dimension with its
certainty, its rationale, a text, the rating, one company. What one side left as it was is taken
from the other; what both changed differently is a conflict and is never settled here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assessments.values.card import CardInvalid, parse_card
from assessments.values.merging_lists import LISTS, cells_of, is_torn, ordered
from assessments.values.scale import Dimension
from record.canonical import digest

Content = Mapping[str, Any]
SCORES = "scores"
RATIONALE = "rationale"
# Of the revision and not of its words: the newer save says who, why and on top of what.
_FRAME = {"technology", "role", "origin", "reason", "parent", "as_of"}


class Side(StrEnum):
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True)
class MergedField:
    """A field in which the sides differ; None where a side does not have it."""

    key: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def group(self) -> str:
        """The part of the card that it belongs to, such as "companies" or "scores.impact"."""
        return self.key.partition(":")[0].removesuffix(f".{RATIONALE}")

    @property
    def token(self) -> str:
        """Names the field in a form, whatever it is called."""
        return digest(self.key)[:16]

    @property
    def is_text(self) -> bool:
        sides = [side for side in (self.theirs, self.mine) if side is not None]
        return all(isinstance(side, str) for side in sides) and ":" not in self.key


@dataclass(frozen=True)
class Choices:
    """How somebody settled conflicts, by the keys of the fields: a side, or words of their own."""

    sides: Mapping[str, Side] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Merge:
    """`content` has theirs where `conflicts` are not settled."""

    content: dict[str, Any]
    conflicts: tuple[MergedField, ...]
    from_theirs: tuple[MergedField, ...]
    from_mine: tuple[MergedField, ...]
    chosen: tuple[MergedField, ...] = ()


def merge(
    base: Content | None, theirs: Content, mine: Content, choices: Choices | None = None
) -> Merge:
    """The card with what both changed; without a base, every difference is a conflict.

    Lists are merged by element, unless that makes a card that cannot be read, such as
    probabilities that no longer add up: then the list is one field, and both changed it.
    """
    sides = _Sides(base, theirs, mine)
    whole, asks_all = _parted(sides)
    return _merged(sides, whole, choices or Choices(), asks_all=asks_all)


@dataclass(frozen=True)
class _Sides:
    base: Content | None
    theirs: Content
    mine: Content


def _parted(sides: _Sides) -> tuple[set[str], bool]:
    """Which parts are one field each, and whether nothing can be settled without asking. It
    does not hang on choices, so that the same fields are asked about until all are settled."""
    whole = _torn(sides)
    while True:
        wrong = _unreadable_either_way(sides, whole)
        if not wrong or wrong <= whole:
            return whole, bool(wrong)
        whole |= wrong


def _unreadable_either_way(sides: _Sides, whole: set[str]) -> set[str]:
    """What cannot be read while every conflict is settled for one side, or for the other."""
    asked = [one.key for one in _merged(sides, whole, Choices()).conflicts]
    ways = [Choices(dict.fromkeys(asked, side)) for side in (Side if asked else [Side.THEIRS])]
    return set().union(*(_unreadable(_merged(sides, whole, way).content) for way in ways))


def _torn(sides: _Sides) -> set[str]:
    """Lists that cannot be taken apart by the names of their elements."""
    if sides.base is None:
        return {*LISTS, *(f"{SCORES}.{dimension}" for dimension in Dimension)}
    contents = (sides.base, sides.theirs, sides.mine)
    return {key for key in LISTS if is_torn(*(one.get(key) or [] for one in contents), key=key)}


def _merged(sides: _Sides, whole: set[str], choices: Choices, *, asks_all: bool = False) -> Merge:
    base = _flat(sides.base, whole) if sides.base is not None else {}
    theirs, mine = _flat(sides.theirs, whole), _flat(sides.mine, whole)
    taken = dict(theirs)
    found: dict[str, list[MergedField]] = {"asked": [], "theirs": [], "mine": [], "chosen": []}
    for key in dict.fromkeys([*mine, *theirs, *base]):
        one = MergedField(key, base.get(key), theirs.get(key), mine.get(key))
        if one.theirs == one.mine:
            continue
        asks = asks_all or sides.base is None
        verdict, taken[key] = _settled(one, choices, asks=asks)
        found[verdict].append(one)
    return Merge(
        content=_built(sides, taken, whole),
        conflicts=tuple(found["asked"]),
        from_theirs=tuple(found["theirs"]),
        from_mine=tuple(found["mine"]),
        chosen=tuple(found["chosen"]),
    )


def _settled(one: MergedField, choices: Choices, *, asks: bool) -> tuple[str, Any]:
    """Whose the field is, and what it says."""
    if not asks and one.mine == one.base:
        return "theirs", one.theirs
    if not asks and one.theirs == one.base:
        return "mine", one.mine
    if one.key in choices.words:
        return "chosen", choices.words[one.key]
    side = choices.sides.get(one.key)
    if side is None:
        return "asked", one.theirs
    return "chosen", one.mine if side is Side.MINE else one.theirs


def _flat(content: Content, whole: set[str]) -> dict[str, Any]:
    """The fields of a card by their keys."""
    flat: dict[str, Any] = {}
    for key, value in content.items():
        if key == SCORES:
            for dimension in Dimension:
                flat |= _score(f"{SCORES}.{dimension}", value[dimension], whole)
        elif key in LISTS:
            flat |= {key: list(value)} if key in whole else cells_of(key, value)
        elif key not in _FRAME:
            flat[key] = value
    return flat


def _score(key: str, score: Content, whole: set[str]) -> dict[str, Any]:
    if key in whole:
        return {key: dict(score)}
    answer = {name: score[name] for name in score if name != RATIONALE}
    return {key: answer, f"{key}.{RATIONALE}": score[RATIONALE]}


def _built(sides: _Sides, taken: Mapping[str, Any], whole: set[str]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key in dict.fromkeys([*sides.theirs, *sides.mine]):
        if key == SCORES:
            built[key] = _built_scores(sides.theirs[key], taken, whole)
        elif key in LISTS:
            rows = _built_list(key, sides, taken, whole)
            if rows or LISTS[key].is_always_there:
                built[key] = rows
        else:
            built[key] = _built_frame(key, sides) if key in _FRAME else taken.get(key)
    return built


def _built_scores(theirs: Content, taken: Mapping[str, Any], whole: set[str]) -> dict[str, Any]:
    scores = {}
    for dimension in Dimension:
        key = f"{SCORES}.{dimension}"
        parts = dict(taken[key])
        if key not in whole:
            parts[RATIONALE] = taken[f"{key}.{RATIONALE}"]
        scores[dimension.value] = {name: parts[name] for name in theirs[dimension]}
    return scores


def _built_list(key: str, sides: _Sides, taken: Mapping[str, Any], whole: set[str]) -> list[Any]:
    if key in whole:
        return list(taken.get(key) or [])
    base = sides.base or {}
    places = [one.get(key) or [] for one in (base, sides.theirs, sides.mine)]
    kept = {place: taken[place] for place in taken if place.startswith(f"{key}:")}
    return ordered(*places, key=key, kept=kept)


def _built_frame(key: str, sides: _Sides) -> Any:
    if key == "as_of":
        return max(sides.theirs[key], sides.mine[key])
    return sides.mine[key] if key in sides.mine else sides.theirs[key]


def _unreadable(content: Content) -> set[str]:
    """The parts of the card that the reader of cards refuses."""
    slug = content["technology"]["slug"]
    try:
        parse_card({**content, "technology": {"slug": slug, "name": slug or "-"}})
    except CardInvalid as invalid:
        return set(_groups(problem.field for problem in invalid.errors))
    return set()


def _groups(places: Iterable[str]) -> Iterable[str]:
    for place in places:
        key, _, rest = place.partition(".")
        key = key.partition("[")[0]
        yield f"{SCORES}.{rest.partition('.')[0]}" if key == SCORES else key
