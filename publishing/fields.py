"""The fields of technology as readers see them: a letter in a disc, and a colour."""

from dataclasses import dataclass

COLOURS = frozenset({"ai", "chips", "security", "quantum", "energy", "biology", "mobility"})


@dataclass(frozen=True)
class Field:
    name: str
    letter: str
    colour: str
    slug: str = ""


UNSORTED = Field(name="unsorted", letter="?", colour="other", slug="unsorted")


def field_of(*, name: str, letter: str, tone: str, slug: str) -> Field:
    """A field whose tone has no colour of its own is drawn in the neutral one."""
    colour = tone if tone in COLOURS else "other"
    return Field(name=name, letter=letter or name[:1].upper(), colour=colour, slug=slug)
