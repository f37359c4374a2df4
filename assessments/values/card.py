"""The contract's card: one JSON shape for forms, files and the API."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessments.values import limits
from assessments.values.citations import Citation, read_citations, says_the_same
from assessments.values.fields import CardInvalid, FieldProblem, Fields
from assessments.values.parts import (
    Company,
    OpenQuestion,
    Prediction,
    Rating,
    Scenario,
    Source,
    TechnologyFacts,
    read_companies,
    read_predictions,
    read_questions,
    read_rating,
    read_scenarios,
    read_sources,
    read_technology,
)
from assessments.values.scale import (
    HOUSE_SERIES,
    Detail,
    Dimension,
    Origin,
    Role,
)
from assessments.values.scores import Score, Timing, check_reasons, read_scores

__all__ = [
    "CardDocument",
    "CardInvalid",
    "Citation",
    "Company",
    "FieldProblem",
    "OpenQuestion",
    "Prediction",
    "Rating",
    "Scenario",
    "Score",
    "Source",
    "TechnologyFacts",
    "Timing",
    "changed_dimensions",
    "content_json",
    "parse_card",
    "to_json",
    "unscored_dimensions",
]

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class CardDocument:
    """One revision of a card, whole. `scores` holds the five levels in their order."""

    technology: TechnologyFacts
    role: Role
    author: str | None
    as_of: date
    scores: Mapping[Dimension, Score]
    timing: Timing
    origin: Origin = Origin.HAND
    series: str = HOUSE_SERIES
    detail: Detail = Detail.FULL
    reason: str = ""
    parent: str | None = None
    summary: str = ""
    text: str = ""
    scenarios: tuple[Scenario, ...] = ()
    companies: tuple[Company, ...] = ()
    rating: Rating | None = None
    p_never: float | None = None
    tripwires: tuple[str, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    sources: tuple[Source, ...] = ()
    citations: tuple[Citation, ...] = ()

    def score_of(self, dimension: Dimension) -> Score | Timing:
        return self.timing if dimension is Dimension.TIMING else self.scores[dimension]


def parse_card(value: object) -> CardDocument:
    """The card that the decoded JSON says. Raises CardInvalid naming every wrong field.

    A null or absent author is left for the caller to fill in.
    """
    problems: list[FieldProblem] = []
    fields = Fields(value, "", problems)
    document = _read(fields)
    fields.finish()
    if problems:
        raise CardInvalid(problems)
    return document


def _read(fields: Fields) -> CardDocument:
    detail = fields.choice("detail", Detail, Detail.FULL)
    summary = fields.text("summary", limit=limits.SUMMARY)
    scores, timing = _read_scores(fields, detail, summary)
    return CardDocument(
        technology=_read_technology(fields),
        role=_read_role(fields),
        author=fields.line("author", limit=limits.PERSON),
        as_of=_read_as_of(fields),
        scores=scores,
        timing=timing,
        origin=fields.choice("origin", Origin, Origin.HAND),
        series=fields.line("series", limit=limits.SERIES) or HOUSE_SERIES,
        detail=detail,
        reason=fields.text("reason", limit=limits.REASON),
        parent=_read_parent(fields),
        summary=summary,
        text=fields.text("text", limit=limits.TEXT),
        scenarios=read_scenarios(fields, "scenarios"),
        companies=read_companies(fields, "companies"),
        rating=read_rating(fields, "rating"),
        p_never=fields.probability("p_never"),
        tripwires=fields.names("tripwires", limit=limits.NOTE),
        open_questions=read_questions(fields, "open_questions"),
        predictions=read_predictions(fields, "predictions"),
        sources=read_sources(fields, "sources"),
        citations=read_citations(fields, "citations"),
    )


def _read_technology(fields: Fields) -> TechnologyFacts:
    if fields.has("technology"):
        return read_technology(fields.inner("technology"))
    return TechnologyFacts(slug="", name="")


def _read_scores(
    fields: Fields, detail: Detail, summary: str
) -> tuple[Mapping[Dimension, Score], Timing]:
    if not fields.has("scores"):
        return {}, Timing()
    inner = fields.inner("scores")
    scores, timing = read_scores(inner)
    if detail is Detail.FULL:
        check_reasons(inner, scores, timing)
    elif not summary:
        # A sketch is six levels and one sentence: that sentence is the reason for all of them.
        fields.note("summary", fields.raw("summary"), "A sketch needs its one sentence; write it.")
    return scores, timing


def _read_role(fields: Fields) -> Role:
    if fields.has("role") and fields.raw("role") is None:
        fields.note("role", None, f"The role must be one of: {', '.join(Role)}.")
    return fields.choice("role", Role, Role.LEAD)


def _read_as_of(fields: Fields) -> date:
    if fields.has("as_of") and fields.raw("as_of") is None:
        fields.note("as_of", None, "Give the date that the card speaks of, as YYYY-MM-DD.")
    return fields.day("as_of") or date.min


def _read_parent(fields: Fields) -> str | None:
    raw = fields.raw("parent")
    if raw is None or (isinstance(raw, str) and _HASH.fullmatch(raw)):
        return raw
    message = "The parent must be the content hash of a revision, 64 hexadecimal digits, or null."
    fields.note("parent", raw, message)
    return None


def to_json(document: CardDocument) -> dict[str, object]:
    """The card as JSON in the contract's order of keys; parse_card reads it back unchanged.

    A card that cites nothing has no key for it, as none had before there was a library: so what
    was hashed and exported then is the same today.
    """
    rating = document.rating
    said: dict[str, object] = {
        "technology": document.technology.to_json(),
        "role": document.role.value,
        "author": document.author,
        "origin": document.origin.value,
        "series": document.series,
        "detail": document.detail.value,
        "as_of": document.as_of.isoformat(),
        "reason": document.reason,
        "parent": document.parent,
        "summary": document.summary,
        "text": document.text,
        "scores": {
            dimension.value: document.score_of(dimension).to_json() for dimension in Dimension
        },
        "scenarios": [scenario.to_json() for scenario in document.scenarios],
        "companies": [company.to_json() for company in document.companies],
        "rating": rating and rating.to_json(),
        "p_never": document.p_never,
        "tripwires": list(document.tripwires),
        "open_questions": [question.to_json() for question in document.open_questions],
        "predictions": [prediction.to_json() for prediction in document.predictions],
        "sources": [source.to_json() for source in document.sources],
    }
    if document.citations:
        said["citations"] = [citation.to_json() for citation in document.citations]
    return said


def content_json(document: CardDocument) -> dict[str, object]:
    """What the content hash covers: all but the author and the technology's changing facts."""
    content = to_json(document)
    del content["author"]
    content["technology"] = {"slug": document.technology.slug}
    return content


def unscored_dimensions(document: CardDocument) -> tuple[Dimension, ...]:
    """The dimensions without a level or window, in their order."""
    return tuple(d for d in Dimension if not document.score_of(d).is_scored)


def changed_dimensions(old: CardDocument, new: CardDocument) -> list[str]:
    """What makes the newer card more than a minor edit, by the contract's names.

    Dimensions whose level, span, window, certainty or reason for being unscored differs, then
    rating (value or perspective), predictions, p_never and citations: what a source does to a
    score is a judgement, and readers see it. Texts do not count.
    """
    changed = [d.value for d in Dimension if _judged(old, d) != _judged(new, d)]
    if _rated(old) != _rated(new):
        changed.append("rating")
    if old.predictions != new.predictions:
        changed.append("predictions")
    if old.p_never != new.p_never:
        changed.append("p_never")
    if not says_the_same(old.citations, new.citations):
        changed.append("citations")
    return changed


def _judged(document: CardDocument, dimension: Dimension) -> dict[str, object]:
    judged = document.score_of(dimension).to_json()
    del judged["rationale"]
    return judged


def _rated(document: CardDocument) -> tuple[str, str] | None:
    rating = document.rating
    return (rating.value, rating.perspective) if rating else None
