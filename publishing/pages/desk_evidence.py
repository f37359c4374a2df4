"""What waits at the desk because evidence and scores went apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.urls import reverse

from assessments.new_figures import Figures, NewFigures
from assessments.resting import OnRetracted
from assessments.selectors import PublishedCard
from assessments.values.scale import Dimension
from assessments.values.tension import MOVED, Cited, Kind, Tension
from publishing.pages.desk_rows import DeskRow, DeskSection, section
from publishing.pages.published import Published, day_words
from publishing.rechecks import stake_words
from publishing.wording import counted

MOST_TITLES = 2


@dataclass(frozen=True)
class EvidenceWaiting:
    """`apart` by the slug of the technology; `retracted` are still cited; `figures` are those of
    cited datasets, which a score has not seen or has followed."""

    apart: Mapping[str, Sequence[Tension]] = field(default_factory=dict)
    retracted: Sequence[OnRetracted] = ()
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True)
class _Apart:
    slug: str
    name: str
    card_id: int
    tension: Tension
    ranks: float


def evidence_sections(
    waiting: EvidenceWaiting, published: Published, ranks: Mapping[str, float]
) -> tuple[DeskSection, ...]:
    """`ranks` is by how much a second look could move each technology."""
    return (
        _retracted(waiting, ranks),
        _apart(waiting, published, ranks),
        _figures(waiting, published, ranks),
    )


def _retracted(waiting: EvidenceWaiting, ranks: Mapping[str, float]) -> DeskSection:
    found = sorted(waiting.retracted, key=lambda one: -ranks.get(one.slug, 0.0))
    caption = "Cards that still cite it: take it out, and weigh the score without it."
    return section(("A source was retracted", caption), found, partial(_on_retracted, ranks=ranks))


def _on_retracted(one: OnRetracted, ranks: Mapping[str, float]) -> DeskRow:
    on = one.item.retracted_on
    return DeskRow(
        name=one.name,
        url=reverse("assessments:card-edit", args=[one.card_id]) + f"#{one.dimension}",
        words=f"Weigh its {one.dimension} again",
        what=f"“{one.item.name}”: {one.item.retracted_reason}",
        tag=f"retracted {day_words(on)}" if on else "retracted",
        stake=stake_words(ranks.get(one.slug, 0.0)),
        ranks=ranks.get(one.slug, 0.0),
    )


def _apart(
    waiting: EvidenceWaiting, published: Published, ranks: Mapping[str, float]
) -> DeskSection:
    found = [
        _Apart(slug, card.technology["name"], card.card_id, tension, ranks.get(slug, 0.0))
        for slug, tensions in waiting.apart.items()
        if (card := published.lead(slug)) and not card.is_yardstick
        for tension in tensions
        if not _followed_figures(slug, tension, waiting)
    ]
    found.sort(key=lambda one: (-one.ranks, -abs(one.tension.net), one.slug))
    caption = (
        f"A strong citation weighs 3, a moderate one 2, a weak one 1; from {MOVED} on a score"
        " should follow or say why not. What could move the ranking most is first."
    )
    return section(("Evidence and score apart", caption), found, _apart_row)


def _followed_figures(slug: str, tension: Tension, waiting: EvidenceWaiting) -> bool:
    """New figures of what is cited move a score as a new citation does."""
    is_alone = tension.kind is Kind.SCORE_MOVED
    return is_alone and (slug, tension.dimension.value) in waiting.figures.followed


def _apart_row(one: _Apart) -> DeskRow:
    tension = one.tension
    return DeskRow(
        name=one.name,
        url=reverse("assessments:card-edit", args=[one.card_id]) + f"#{tension.dimension}",
        words=_ENDS[tension.kind],
        what=_SAYS[tension.kind](tension),
        tag=tension.dimension.value,
        stake=stake_words(one.ranks),
        ranks=one.ranks,
    )


def _figures(
    waiting: EvidenceWaiting, published: Published, ranks: Mapping[str, float]
) -> DeskSection:
    found = [
        (one, card)
        for one in waiting.figures.unseen
        if (card := published.lead(one.slug)) and not card.is_yardstick
    ]
    found.sort(key=lambda pair: (-ranks.get(pair[0].slug, 0.0), pair[0].slug, pair[0].dimension))
    caption = (
        "Their dataset is cited, and the score was last looked at before they came in. Move it, or"
        " say in its reason why it stays."
    )
    words = ("New figures behind a score", caption)
    return section(words, found, partial(_of_figures, ranks=ranks))


def _of_figures(one: tuple[NewFigures, PublishedCard], ranks: Mapping[str, float]) -> DeskRow:
    new, card = one
    return DeskRow(
        name=card.technology["name"],
        url=reverse("assessments:card-edit", args=[card.card_id]) + f"#{new.dimension}",
        words=f"Weigh its {new.dimension} again",
        what=_new_figures(new),
        tag=f"since {day_words(new.since.date())}",
        stake=stake_words(ranks.get(new.slug, 0.0)),
        ranks=ranks.get(new.slug, 0.0),
    )


def _new_figures(new: NewFigures) -> str:
    """Of several the one of the latest period."""
    number = len(new.figures)
    said = f"“{new.title}” has {counted(number, 'new figure')} of “{new.indicator.name}”"
    standing = [row for row in new.figures if not row.is_withdrawn]
    if not standing:
        return f"{said}, taken back"
    latest = max(standing, key=lambda row: (row.time or 0.0, row.pk))
    place = latest.period or latest.label
    which = "the latest is " if number > 1 else ""
    return f"{said}: {which}{latest.entered} {new.indicator.unit} for {place}"


_ENDS = {
    Kind.EVIDENCE_MOVED: "Move the score, or say why it stays",
    Kind.SCORE_MOVED: "Cite what moved it",
    Kind.AGAINST_EVIDENCE: "Say why it went the other way",
}


def _evidence_moved(tension: Tension) -> str:
    return f"{_changes(tension)} {_way(tension)}, and the score stayed"


def _score_moved(tension: Tension) -> str:
    return f"the {_score(tension)} moved {_up(tension)} and no citation came or went with it"


def _against(tension: Tension) -> str:
    return f"the {_score(tension)} moved {_up(tension)} while {_changes(tension)} {_way(tension)}"


_SAYS: Mapping[Kind, Callable[[Tension], str]] = {
    Kind.EVIDENCE_MOVED: _evidence_moved,
    Kind.SCORE_MOVED: _score_moved,
    Kind.AGAINST_EVIDENCE: _against,
}


def _score(tension: Tension) -> str:
    return "window" if tension.dimension is Dimension.TIMING else "level"


def _up(tension: Tension) -> str:
    words = ("later", "earlier") if tension.dimension is Dimension.TIMING else ("up", "down")
    return words[0] if tension.by > 0 else words[1]


def _way(tension: Tension) -> str:
    words = ("later", "earlier") if tension.dimension is Dimension.TIMING else ("up", "down")
    verb = "points" if len(tension.added) + len(tension.gone) == 1 else "point"
    return f"{verb} {words[0] if tension.net > 0 else words[1]} by {abs(tension.net)}"


def _changes(tension: Tension) -> str:
    new = _titles(tension.added)
    gone = _titles(tension.gone)
    parts = [f"{new} (new)" if new else "", f"{gone} (gone or retracted)" if gone else ""]
    return " and ".join(filter(None, parts))


def _titles(citations: Sequence[Cited]) -> str:
    titles = [f"“{one['title']}”" for one in citations[:MOST_TITLES]]
    if len(citations) > MOST_TITLES:
        titles.append(f"{len(citations) - MOST_TITLES} more")
    return ", ".join(titles)
