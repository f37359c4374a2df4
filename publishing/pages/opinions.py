"""What the team says of one technology, side by side, and what it made of the differences."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from assessments.forms.review import ReconciliationForm
from assessments.models import Reconciliation, Revision, Technology
from assessments.opinions import content_of
from assessments.pages.scores import ScoreLine, score_lines
from assessments.second_opinions import (
    given_knowing,
    has_handed_in,
    opinions_in,
    withheld_on,
    withheld_words,
)
from assessments.selectors import last_published_of, states_of
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension
from publishing.agreement import counts_words
from publishing.cards import LevelScore, level_score, window_of
from publishing.pages.compare.gaps import place_of
from publishing.wording import counted, opening_words
from scoring.selectors import WIDE, agreement


@dataclass(frozen=True)
class OpinionColumn:
    """One opinion; `blindness` says whether it was given before another was seen."""

    revision: Revision
    author: str
    role: str
    state: str
    blindness: str


@dataclass(frozen=True)
class OpinionCell:
    author: str
    line: ScoreLine


@dataclass(frozen=True)
class OpinionRow:
    heading: str
    cells: tuple[OpinionCell, ...]
    apart: str
    is_wide: bool


@dataclass(frozen=True)
class NoteRow:
    text: str
    by: str
    at: Any
    spoke_of: str


@dataclass(frozen=True)
class OpinionsPage:
    technology: Technology
    is_published: bool
    headline: str
    agreed: str
    withheld: str
    may_give: bool
    columns: tuple[OpinionColumn, ...]
    rows: tuple[OpinionRow, ...]
    notes: tuple[NoteRow, ...]
    note_form: ReconciliationForm

    @property
    def may_note(self) -> bool:
        return len(self.columns) > 1


def opinions_page(technology: Technology, actor: Any, form: ReconciliationForm) -> OpinionsPage:
    revisions = opinions_in(technology, actor)
    scores = [content_of(revision)["scores"] for revision in revisions]
    lines = [score_lines(one) for one in scores]
    authors = [row.author.get_username() for row in revisions]
    return OpinionsPage(
        technology=technology,
        is_published=bool(last_published_of(row.card_id for row in revisions)),
        headline=_headline(revisions),
        agreed=_agreed(scores),
        withheld=withheld_words(withheld_on(technology, actor)),
        may_give=not has_handed_in(technology, actor),
        columns=_columns(technology, revisions),
        rows=tuple(
            _row(
                dimension,
                [
                    OpinionCell(author, line[place])
                    for author, line in zip(authors, lines, strict=True)
                ],
                scores,
            )
            for place, dimension in enumerate(Dimension)
        ),
        notes=_notes(technology, actor),
        note_form=form,
    )


def _headline(revisions: Sequence[Revision]) -> str:
    if not revisions:
        return "no opinion is in yet."
    verb = "opinion is in." if len(revisions) == 1 else "opinions are in."
    return f"{opening_words(len(revisions)).lower()} {verb}"


def _columns(technology: Technology, revisions: Sequence[Revision]) -> tuple[OpinionColumn, ...]:
    states, knowing = states_of(revisions), given_knowing(technology)
    return tuple(
        OpinionColumn(
            revision=row,
            author=row.author.get_username(),
            role=row.card.role,
            state=states[row.pk].value,
            blindness=_blindness(row, knowing.get(row.card_id, "")),
        )
        for row in revisions
    )


def _blindness(row: Revision, why_not: str) -> str:
    if row.card.role == "lead":
        return ""
    return f"given {why_not}" if why_not else "given blind"


def _row(
    dimension: Dimension, cells: Sequence[OpinionCell], scores: Sequence[dict[str, Any]]
) -> OpinionRow:
    if dimension is Dimension.TIMING:
        words, is_wide = _windows_apart(scores)
    else:
        words, is_wide = _levels_apart([level_score(one, dimension.value) for one in scores])
    return OpinionRow(dimension.capitalize(), tuple(cells), words, is_wide)


def _levels_apart(levels: Sequence[LevelScore]) -> tuple[str, bool]:
    places = [place_of(level) for level in levels if level.level]
    if len(places) < 2:
        return "nothing to compare", False
    apart = max(abs(one - other) for one, other in combinations(places, 2))
    if not apart:
        return "the same", False
    return f"{apart:g} level{'' if apart == 1 else 's'} apart", apart >= WIDE


def _windows_apart(scores: Sequence[dict[str, Any]]) -> tuple[str, bool]:
    windows = [window_of(one) for one in scores]
    stated = [(one.year_from, one.year_to or 9999) for one in windows if one.year_from is not None]
    if len(stated) < 2:
        return "nothing to compare", False
    latest, earliest = max(start for start, _ in stated), min(end for _, end in stated)
    if latest > earliest:
        return f"{counted(latest - earliest, 'year')} between two windows", True
    return "the same" if len(set(stated)) == 1 else "the windows overlap", False


def _agreed(scores: Sequence[dict[str, Any]]) -> str:
    if len(scores) < 2:
        return ""
    levels = [[level_score(one, key.value) for one in scores] for key in LEVEL_DIMENSIONS]
    places = [[place_of(level) for level in unit if level.level] for unit in levels]
    return counts_words(agreement(places))


def _notes(technology: Technology, actor: Any) -> tuple[NoteRow, ...]:
    rows = Reconciliation.objects.visible_to(actor).filter(technology=technology)
    found = rows.select_related("by").prefetch_related(
        "spoken_of__revision__author", "spoken_of__revision__card"
    )
    return tuple(
        NoteRow(row.text, row.by.get_username(), row.at, _spoke_of(row)) for row in reversed(found)
    )


def _spoke_of(note: Reconciliation) -> str:
    spoken = [one.revision for one in note.spoken_of.all()]
    return ", ".join(
        f"{row.author.get_username()}’s {row.card.role}, revision {row.number}" for row in spoken
    )
