"""What changed in an item since somebody read it, for those who would act on what they read."""

from dataclasses import dataclass

from accounts.selectors import names_of
from evidence.differing import NAMES, value_words
from evidence.editing import SOMEBODY
from evidence.models import Item
from evidence.values.item import item_from_json
from evidence.versions import last_author_id, said_at, said_now

STATE = "state"


@dataclass(frozen=True)
class MovedField:
    name: str
    heading: str
    then: str
    now: str


@dataclass(frozen=True)
class Moved:
    """`fields` are None where nobody knows what was read."""

    author: str
    fields: tuple[MovedField, ...] | None


def moved_since(item: Item, version: int) -> Moved:
    """The item has its passages and tags at hand."""
    person = last_author_id(item)
    author = names_of([person]).get(person, SOMEBODY) if person else SOMEBODY
    then, now = said_at(item, version), said_now(item)
    if then is None:
        return Moved(author, None)
    states = [(STATE, "State", str(then.pop(STATE)), str(now.pop(STATE)))]
    old, new = item_from_json(then), item_from_json(now)
    pairs = [
        (name, heading, value_words(getattr(old, name)), value_words(getattr(new, name)))
        for name, heading in NAMES.items()
    ]
    found = [MovedField(*each) for each in states + pairs]
    return Moved(author, tuple(one for one in found if one.then != one.now))
