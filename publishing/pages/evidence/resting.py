"""The scores that rest on an item of the evidence library, and the form that cites it on more."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from assessments.resting import Resting
from assessments.values.scale import Dimension
from evidence.models import Item
from publishing.cards import technology_url
from publishing.cited import SIGNS, direction_words
from publishing.wording import counted

MOST_WORDS = 80
MOST_PASSAGES = 200


@dataclass(frozen=True)
class RestingRow:
    """`url` leads to the page that readers see, and is empty where they see none of it; `revise`
    to the form, for those who may."""

    name: str
    dimension: str
    url: str
    sign: str
    direction: str
    words: str
    quote: str
    belief: str
    score: str
    seen: str
    who: str
    revise: str


@dataclass(frozen=True)
class RestingPart:
    """`technologies` and `passages` are choices of the form; a retracted item has no form."""

    key: str
    is_retracted: bool
    rows: tuple[RestingRow, ...]
    technologies: tuple[tuple[str, str], ...]
    passages: tuple[tuple[int, str], ...]
    dimensions: tuple[str, ...]

    @property
    def touched(self) -> str:
        """What a retraction would touch."""
        if not self.rows:
            return "No card cites it: a retraction touches no score."
        scores = {(row.name, row.who, row.dimension) for row in self.rows}
        technologies = counted(len({row.name for row in self.rows}), "technology", "technologies")
        return f"A retraction touches {counted(len(scores), 'score')} of {technologies}."

    @property
    def heading(self) -> str:
        return "Every score that it touches" if self.is_retracted else "What rests on this"


def resting_part(
    item: Item, resting: Iterable[Resting], technologies: Iterable[tuple[str, str]]
) -> RestingPart:
    """`item` has its passages at hand; `technologies` are slugs with names."""
    return RestingPart(
        key=item.key,
        is_retracted=item.state == Item.State.RETRACTED,
        rows=tuple(_row(one) for one in resting),
        technologies=tuple(technologies),
        passages=tuple(
            (passage.position + 1, _short(passage.text))
            for passage in list(item.passages.all())[:MOST_PASSAGES]
        ),
        dimensions=tuple(one.value for one in Dimension),
    )


def _row(one: Resting) -> RestingRow:
    edit = reverse("assessments:card-edit", args=[one.card_id]) + f"#{one.dimension}"
    return RestingRow(
        name=one.name,
        dimension=one.dimension,
        url=technology_url(one.slug) if one.is_public else "",
        sign=SIGNS[one.direction],
        direction=one.direction,
        words=f"{direction_words(one.dimension, one.direction)}, {one.strength}",
        quote=one.quote,
        belief=one.belief,
        score=one.score,
        seen=_seen(one),
        who=one.role if one.role == "lead" else f"{one.role} by {one.owner}",
        revise=edit if one.may_revise and one.is_newest else "",
    )


def _seen(one: Resting) -> str:
    if not one.is_public:
        return "in a draft; readers do not see it"
    return "readers see it" if one.is_newest else "readers see it; taken out in the newest draft"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1].rstrip()}…"
