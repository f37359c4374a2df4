"""The parts of a revision under review: what it says, what it lacks, what was remarked on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessments.checking import checklist_of
from assessments.comments import Remark, remarks_on
from assessments.forms.review import CommentForm
from assessments.models import Revision
from assessments.opinions import content_of
from assessments.pages.contents import readable
from assessments.pages.scores import ScoreLine, score_lines
from assessments.values.checklist import Checklist, Item
from assessments.values.commented import PARTS

# Parts of the card that are commented on under another name.
_COMMENTED = {"predictions": "prediction"}


@dataclass(frozen=True)
class ReviewPart:
    """A dimension with its `line`, or a passage with its `text`; `form` is None where nobody
    comments."""

    key: str
    heading: str
    line: ScoreLine | None
    text: str
    items: tuple[Item, ...]
    remarks: tuple[Remark, ...]
    form: CommentForm | None

    @property
    def is_typed(self) -> bool:
        return self.form is not None and self.form.is_bound


@dataclass(frozen=True)
class ReviewParts:
    dimensions: tuple[ReviewPart, ...]
    passages: tuple[ReviewPart, ...]
    checklist: Checklist

    @property
    def open_remarks(self) -> int:
        every = (*self.dimensions, *self.passages)
        return sum(remark.is_open for part in every for remark in part.remarks)


def review_parts(
    revision: Revision, published: Revision | None, actor: Any, typed: CommentForm | None = None
) -> ReviewParts:
    """`typed` is a comment that was sent and could not be kept."""
    found, content = checklist_of(revision, published), content_of(revision)
    remarks = remarks_on(revision.card, actor)
    old = content_of(published)["scores"] if published else None
    lines = score_lines(content["scores"], old)
    said = {passage.key: passage for passage in readable(content)}
    dimensions = [
        _part(line.dimension.value, line.heading, found, remarks, line=line) for line in lines
    ]
    passages = [
        _part(key, heading, found, remarks, text=said[key].text if key in said else "")
        for key, heading in _headings(content).items()
    ]
    return ReviewParts(
        tuple(_with(part, typed) for part in dimensions),
        tuple(
            _with(part, typed)
            for part in passages
            if part.text or part.items or part.remarks or part.form
        ),
        found,
    )


def _headings(content: Any) -> dict[str, str]:
    """Every passage that can be shown, in the order of the card."""
    named = {"summary": "Summary", "text": "In full", "scenarios": "Scenarios"}
    named |= {"companies": "Companies", "rating": "Rating"}
    named |= {passage.key: passage.heading for passage in readable(content)}
    return named | {"predictions": "Predictions", "sources": "Sources", "as_of": "Speaks of"}


def _part(
    key: str,
    heading: str,
    found: Checklist,
    remarks: Sequence[Remark],
    *,
    line: ScoreLine | None = None,
    text: str = "",
) -> ReviewPart:
    commented = _COMMENTED.get(key, key)
    form = CommentForm(initial={"part": commented}, auto_id=f"{key}_%s")
    return ReviewPart(
        key=key,
        heading=heading,
        line=line,
        text=text,
        items=found.of(key),
        remarks=tuple(remark for remark in remarks if remark.part == commented),
        form=form if commented in PARTS else None,
    )


def _with(part: ReviewPart, typed: CommentForm | None) -> ReviewPart:
    commented = _COMMENTED.get(part.key, part.key)
    if typed is None or typed.data.get("part") != commented:
        return part
    return replace(part, form=CommentForm(typed.data, auto_id=f"{part.key}_%s"))
