"""Cards as State of the Future published them, read word for word or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assessments.importing.results import ImportedCard
from assessments.importing.windows import read_window
from assessments.values import limits
from assessments.values.card import (
    CardDocument,
    CardInvalid,
    Company,
    FieldProblem,
    Prediction,
    Rating,
    Scenario,
    Score,
    Source,
    TechnologyFacts,
    Timing,
    parse_card,
    to_json,
)
from assessments.values.fields import Fields
from assessments.values.parts import is_web_address
from assessments.values.scale import (
    LEVEL_DIMENSIONS,
    Certainty,
    Dimension,
    Origin,
    RatingValue,
    Role,
    UnscoredReason,
)
from assessments.values.scores import split_span

UNSORTED = "unsorted"
_RATINGS = {
    "Underrated": RatingValue.UNDERRATED,
    "Fairly rated": RatingValue.FAIRLY_RATED,
    "Correctly rated": RatingValue.FAIRLY_RATED,
    "Overrated": RatingValue.OVERRATED,
    "Too early to say": RatingValue.TOO_EARLY,
}
_CERTAINTIES = {certainty.value.capitalize(): certainty for certainty in Certainty}
_MACHINE_DRAFT = "Machine draft"
_OPEN_ENDED = "open-ended"
_EDITION = re.compile(r"(?:19|20|21)[0-9]{2}")
_PREDICTION_TEXTS = (
    "metric",
    "direction",
    "threshold",
    "population",
    "baseline",
    "kind",
    "resolvability",
    "wording_problem",
    "later_status",
)


@dataclass(frozen=True)
class _Frame:
    """What every part of one card speaks of."""

    edition: str
    dated: date | None
    source: str

    @property
    def as_of(self) -> date:
        return self.dated or date(int(self.edition), 12, 31)

    @property
    def rationale(self) -> str:
        return f"no rationale printed; source: {self.source}"


def read_card(value: object, *, label: str, same: Mapping[str, str]) -> ImportedCard:
    """One card of the list; `same` joins a slug to another that means the same technology.

    Raises CardInvalid naming every field that cannot be read exactly.
    """
    problems: list[FieldProblem] = []
    fields = Fields(value, "", problems)
    frame = _Frame(edition=_edition(fields), dated=fields.day("as_of"), source=_source(fields))
    notes = fields.text("notes", limit=limits.PASSAGE)
    doubts = fields.lines("internal_inconsistencies", limit=limits.NOTE)
    document = _document(fields, frame, same)
    if notes.startswith(_MACHINE_DRAFT):
        document = replace(document, origin=Origin.MACHINE_DRAFT)
    fields.finish()
    if problems:
        raise CardInvalid(problems)
    internal = [notes] if notes else []
    internal += [f"Inconsistent in the source: {doubt}" for doubt in doubts]
    return ImportedCard(
        document=parse_card(to_json(document)),
        label=label,
        internal_notes=tuple(internal),
        chains=True,
    )


def _document(fields: Fields, frame: _Frame, same: Mapping[str, str]) -> CardDocument:
    slug = fields.slug("slug") if fields.has("slug") else ""
    note = fields.text("rating_note", limit=limits.NOTE)
    rating = _rating(fields, note)
    return CardDocument(
        technology=TechnologyFacts(
            slug=same.get(slug, slug), name=fields.required_name("technology"), domains=(UNSORTED,)
        ),
        role=Role.LEAD,
        author=None,
        origin=Origin.IMPORTED,
        series=frame.edition,
        as_of=frame.as_of,
        reason=f"Imported from State of the Future, edition {frame.edition}.",
        text=_text(fields, frame, note="" if rating else note),
        scores=_scores(fields, frame),
        timing=_timing(fields, frame),
        scenarios=tuple(_scenario(inner) for inner in fields.each("impact_scenarios")),
        companies=tuple(Company(name) for name in fields.lines("companies", limit=limits.NAME)),
        rating=rating,
        predictions=_predictions(fields),
        sources=(_printed_source(frame),),
    )


def _edition(fields: Fields) -> str:
    raw = fields.raw("edition") if fields.has("edition") else "1900"
    if isinstance(raw, str) and _EDITION.fullmatch(raw):
        return raw
    fields.note("edition", raw, 'The edition must be a year as text, such as "2023".')
    return "1900"


def _source(fields: Fields) -> str:
    return fields.line("source", limit=limits.TITLE) or "none named"


def _scores(fields: Fields, frame: _Frame) -> dict[Dimension, Score]:
    inner = fields.inner("scores") if fields.has("scores") else Fields({}, "scores", [])
    impact = _certainty(fields, "impact_certainty")
    scores = {dimension: _score(inner, dimension, frame) for dimension in LEVEL_DIMENSIONS}
    scores[Dimension.IMPACT] = replace(scores[Dimension.IMPACT], certainty=impact)
    inner.finish()
    return scores


def _score(fields: Fields, dimension: Dimension, frame: _Frame) -> Score:
    raw = fields.raw(dimension) if fields.has(dimension) else None
    unscored = Score(rationale=frame.rationale, unscored_reason=UnscoredReason.NOT_YET_ASSESSED)
    if raw is None:
        return unscored
    span = split_span(raw, dimension) if isinstance(raw, str) else None
    if span is None:
        message = (
            f'The level of {dimension} must be one of the scale, such as "4", or two neighbours'
            ' such as "3/4", as text.'
        )
        fields.note(dimension, raw, message)
        return unscored
    return Score(level=span[0], level_to=span[1], rationale=frame.rationale)


def _timing(fields: Fields, frame: _Frame) -> Timing:
    printed = fields.line("timing", limit=limits.NAME)
    label = fields.line("timing_label", limit=limits.NAME)
    window = None if printed is None else read_window(printed, frame.dated)
    if printed and window is None:
        message = 'The window must be as "2025-2030", "2030+" or a band such as "Soon (2-5yr)".'
        fields.note("timing", printed, message)
    is_noted = window is not None and not window.is_exact
    notes = [frame.rationale, f'Printed as "{printed}".' if is_noted else "", _labelled(label)]
    return Timing(
        year_from=window.year_from if window else None,
        year_to=window.year_to if window else None,
        certainty=_certainty(fields, "timing_certainty"),
        rationale="\n\n".join(note for note in notes if note),
        unscored_reason=window.unscored_reason if window else UnscoredReason.NOT_YET_ASSESSED,
    )


def _labelled(label: str | None) -> str:
    return f'Labelled "{label}".' if label else ""


def _certainty(fields: Fields, key: str) -> Certainty | None:
    raw = fields.raw(key)
    if raw is None or (isinstance(raw, str) and raw in _CERTAINTIES):
        return _CERTAINTIES[raw] if raw else None
    fields.note(key, raw, f"The certainty must be one of: {', '.join(_CERTAINTIES)}.")
    return None


def _rating(fields: Fields, note: str) -> Rating | None:
    raw = fields.raw("rating")
    if raw is None:
        return None
    if isinstance(raw, str) and raw in _RATINGS:
        return Rating(value=_RATINGS[raw], note=note)
    fields.note("rating", raw, f"The rating must be one of: {', '.join(_RATINGS)}.")
    return None


def _text(fields: Fields, frame: _Frame, *, note: str) -> str:
    passages = []
    if frame.dated is None:
        day = f"the last day of its edition, {frame.as_of.isoformat()}"
        passages.append(f"This card is undated in source and speaks of {day}.")
    connections = fields.lines("connections", limit=limits.NAME)
    if connections:
        passages.append("Connections:\n\n" + "\n".join(f"- {name}" for name in connections))
    if note:
        passages.append(f"On the rating: {note}")
    return "\n\n".join(passages)


def _scenario(fields: Fields) -> Scenario:
    summary = fields.text("summary", limit=limits.NOTE)
    market = fields.line("market", limit=limits.NAME)
    probability = fields.line("probability", limit=limits.NAME)
    passages = [
        summary,
        f"Market: {market}." if market else "",
        f"Probability in words: {probability}." if probability else "",
    ]
    scenario = Scenario(
        name=fields.required_name("name"),
        text="\n\n".join(passage for passage in passages if passage),
        impact_level=_impact_score(fields),
    )
    fields.finish()
    return scenario


def _impact_score(fields: Fields) -> str | None:
    raw = fields.raw("impact_score")
    if raw is None or (isinstance(raw, str) and split_span(raw, Dimension.IMPACT)):
        return raw
    message = 'The impact score must be a level such as "4", or two neighbours such as "2/3".'
    fields.note("impact_score", raw, message)
    return None


def _predictions(parent: Fields) -> tuple[Prediction, ...]:
    if parent.raw("prediction") is None:
        return ()
    fields = parent.inner("prediction")
    texts = {key: fields.optional(key, limit=limits.NOTE) for key in _PREDICTION_TEXTS}
    is_open = fields.raw("deadline") == _OPEN_ENDED
    deadline = None if is_open else fields.day("deadline")
    by = _OPEN_ENDED if is_open else f"by {deadline}" if deadline else None
    fields.finish()
    return (Prediction(statement=_statement(texts, by), deadline=deadline, **texts),)


def _statement(texts: Mapping[str, str | None], by: str | None) -> str | None:
    """The printed parts in one line: nothing is added to what the source says."""
    claim = " ".join(part for part in (texts["direction"], texts["threshold"]) if part)
    baseline = texts["baseline"]
    scope = [texts["population"], f"from {baseline}" if baseline else None, by]
    line = ": ".join(part for part in (texts["metric"], claim) if part)
    return "; ".join(part for part in (line, *scope) if part) or None


def _printed_source(frame: _Frame) -> Source:
    if is_web_address(frame.source):
        title = f"State of the Future, edition {frame.edition}"
        return Source(title=title, url=frame.source)
    return Source(title=frame.source)


def agree_on_names(cards: list[ImportedCard]) -> list[ImportedCard]:
    """One name a technology: that of its newest card; the other names become aliases."""
    names: dict[str, list[str]] = {}
    for card in sorted(cards, key=lambda card: card.document.as_of, reverse=True):
        facts = card.document.technology
        known = names.setdefault(facts.slug, [])
        if facts.name not in known:
            known.append(facts.name)
    return [_named(card, names[card.document.technology.slug]) for card in cards]


def _named(card: ImportedCard, names: list[str]) -> ImportedCard:
    facts = replace(card.document.technology, name=names[0], aliases=tuple(names[1:]))
    return replace(card, document=replace(card.document, technology=facts))
