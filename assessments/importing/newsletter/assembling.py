"""The parts of one technology put together; what two places say differently is asked."""

import re
from collections.abc import Sequence

from assessments.importing.newsletter import bodies as read
from assessments.importing.newsletter import scenarios as cases
from assessments.importing.newsletter.bodies import Body, joined
from assessments.importing.newsletter.companies import companies_of, head_of
from assessments.importing.newsletter.issue import (
    Ask,
    Level,
    Option,
    Quoted,
    ReadCompany,
    Reading,
    ReadPart,
    ReadPrediction,
    ReadRating,
    ReadScenario,
    ReadScore,
    Slot,
    Span,
    Value,
    Years,
)
from assessments.importing.newsletter.lines import Ledger
from assessments.importing.newsletter.naming import Known, candidates
from assessments.importing.newsletter.section import Block, Section
from assessments.importing.newsletter.vocabulary import Opens
from assessments.values import limits
from assessments.values.scale import Certainty, Dimension, RatingValue

_ALIKE = 0.5
_MOST_QUOTES = 12
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TOKEN = re.compile(r"[^\W\d_]{3,}")


class _Part:
    """One technology on its way; `asks` and `gaps` gather while its parts are read."""

    def __init__(self, block: Block, ledger: Ledger) -> None:
        self.block, self.ledger = block, ledger
        self.asks: list[Ask] = []
        self.gaps: list[str] = []

    def of(self, opens: Opens) -> list[Section]:
        return [section for section in self.block.sections if section.opens is opens]

    def bodies(self, opens: Opens) -> list[Body]:
        return [body for section in self.of(opens) for body in section.bodies]

    def keep(self, bodies: Sequence[Body], slot: Slot) -> None:
        """All of the lines have found their place."""
        said = [body for body in bodies if body.words]
        for body in said:
            self.ledger.take(Span(body.line.start + body.first, body.line.end), slot)

    def keep_quote(self, quote: Quoted, slot: Slot) -> None:
        self.ledger.take(quote.span, slot)

    def settle(self, key: str, readings: Sequence[Reading]) -> Value | None:
        """The one value that every place gives; where there is none it is asked for."""
        clear = {reading.values for reading in readings if reading.is_plain}
        readings = [one for one in readings if one.is_plain or one.values not in clear]
        plain = {reading.values[0] for reading in readings if reading.is_plain}
        if readings and len(plain) == 1 and all(reading.is_plain for reading in readings):
            return plain.pop()
        if readings:
            self.asks.append(_ask(key, readings))
        return None


def _ask(key: str, readings: Sequence[Reading]) -> Ask:
    options: dict[str, Option] = {}
    for reading in readings:
        for value in reading.values:
            own = (reading.quote, reading.beside) if reading.beside else (reading.quote,)
            option = Option(value, own)
            before = options.get(option.printed)
            quotes = (*before.quotes, *own) if before else own
            options[option.printed] = Option(value, tuple(dict.fromkeys(quotes)))
    unclear = dict.fromkeys(reading.why for reading in readings if reading.why)
    is_torn = len({reading.values for reading in readings}) > 1
    torn = ["The text says different things in different places."] if is_torn else []
    quotes = tuple(dict.fromkeys(reading.quote for reading in readings))[:_MOST_QUOTES]
    return Ask(key, " ".join([*torn, *unclear]), tuple(options.values()), quotes)


def assembled(
    block: Block,
    titles: Sequence[Quoted],
    stray: Sequence[Quoted],
    known: Sequence[Known],
    ledger: Ledger,
) -> ReadPart:
    """What the block says of its technology."""
    part = _Part(block, ledger)
    summary, summary_quote = _passage(part, Opens.SUMMARY, Slot.SUMMARY)
    text, text_quote = _passage(part, Opens.TEXT, Slot.TEXT)
    scenarios = _scenarios(part)
    scores = {
        dimension: score
        for dimension in Dimension
        if (score := _score(part, dimension, scenarios)) is not None
    }
    texts = [quote for quote in (summary_quote, text_quote) if quote]
    read_part = ReadPart(
        span=block.span,
        candidates=candidates(titles, texts, known),
        summary=summary,
        summary_quote=summary_quote,
        text=text,
        text_quote=text_quote,
        scores=scores,
        scenarios=scenarios,
        companies=_companies(part),
        rating=_rating(part),
        questions=_listed(part, Opens.QUESTIONS, Slot.QUESTION),
        tripwires=_listed(part, Opens.TRIPWIRES, Slot.TRIPWIRE),
        predictions=_predictions(part, stray),
        sources=tuple(read.sources_of(part.bodies(Opens.SOURCES))[: limits.ITEMS]),
        asks=tuple(part.asks),
        gaps=(),
    )
    for source in read_part.sources:
        part.keep_quote(source.quote, Slot.SOURCE)
    gaps = tuple(_gaps(read_part, part.asks))
    return ReadPart(**{**vars(read_part), "gaps": gaps})


def _passage(part: _Part, opens: Opens, slot: Slot) -> tuple[str, Quoted | None]:
    texts = []
    for section in part.of(opens):
        words = joined(section.bodies)
        if words:
            texts.append(words)
            part.keep(section.bodies, slot)
    said = [body for body in part.bodies(opens) if body.words]
    return "\n\n".join(texts), said[0].quote if said else None


def _score(
    part: _Part, dimension: Dimension, scenarios: Sequence[ReadScenario]
) -> ReadScore | None:
    sections = [one for one in part.block.sections if one.dimension is dimension]
    said = [said for section in sections for said in section.said]
    said += [
        one for digest in part.block.digests for one in digest.said if one.dimension is dimension
    ]
    values = [one.value for one in said if one.value] or part.block.told.get(dimension, ())
    if not sections and not values:
        return None
    sure = [one.certainty for one in said if one.certainty]
    value = part.settle(dimension.value, values)
    certainty = part.settle(f"{dimension} certainty", sure)
    rationale = "\n\n".join(filter(None, (joined(section.bodies) for section in sections)))
    for section in sections:
        part.keep(section.bodies, Slot.RATIONALE)
    is_ours = not rationale and dimension is Dimension.IMPACT and bool(scenarios)
    if is_ours:
        rationale = f"As in the scenarios: {'; '.join(one.name for one in scenarios)}."
    quotes = [reading.quote for reading in (*values, *sure)]
    quotes += [section.line.quoted() for section in sections if not section.said]
    return ReadScore(
        value=value if isinstance(value, Level | Years) else None,
        certainty=certainty if isinstance(certainty, Certainty) else None,
        rationale=rationale,
        quotes=tuple(dict.fromkeys(quotes)),
        is_rationale_ours=is_ours,
    )


def _scenarios(part: _Part) -> tuple[ReadScenario, ...]:
    headed = part.of(Opens.SCENARIO)[: limits.ITEMS]
    found = [cases.scenario_of(one.heading, one.line, one.bodies) for one in headed]
    for section in headed:
        part.keep(section.bodies, Slot.SCENARIO)
    for section in part.of(Opens.SCENARIOS):
        own = cases.own_scenarios(section.bodies)[: limits.ITEMS - len(found)]
        head = cases.head_of(section.bodies)
        part.keep([head] if head and own else [], Slot.HEADING)
        for scenario in own:
            part.keep_quote(scenario.quote, Slot.SCENARIO)
        found += own
    return tuple(found)


def _companies(part: _Part) -> tuple[ReadCompany, ...]:
    found: list[ReadCompany] = []
    for section in part.of(Opens.COMPANIES):
        found += companies_of(section.bodies)
        head = head_of(section.bodies)
        part.keep([head] if head else [], Slot.HEADING)
    found = found[: limits.ITEMS]
    for company in found:
        part.keep_quote(company.quote, Slot.COMPANY)
    return tuple(found)


def _listed(part: _Part, opens: Opens, slot: Slot) -> tuple[Quoted, ...]:
    read_all = read.questions_of if opens is Opens.QUESTIONS else read.items_of
    found: list[Quoted] = []
    for section in part.of(opens):
        found += read_all(section.bodies)
    found = found[: limits.ITEMS]
    for quote in found:
        part.keep_quote(quote, slot)
    return tuple(found)


def _rating(part: _Part) -> ReadRating | None:
    sections = [section for section in part.of(Opens.RATING) if section.has_words]
    if not sections:
        return None
    read_all = [read.rating_of(section.bodies) for section in sections]
    for section in sections:
        part.keep(section.bodies, Slot.RATING)
    value = part.settle("rating", [reading for reading, _ in read_all])
    # The words of the first place stand beside the field; those of the others go to the note.
    notes = [read_all[0][1], *(joined(section.bodies) for section in sections[1:])]
    note = "\n\n".join(filter(None, notes))
    rating = value if isinstance(value, RatingValue) else None
    if rating is None:
        note = "\n\n".join(joined(section.bodies) for section in sections)
    return ReadRating(rating, note, read_all[0][0].quote)


def _predictions(part: _Part, stray: Sequence[Quoted]) -> tuple[ReadPrediction, ...]:
    own: list[Quoted] = []
    for section in part.of(Opens.PREDICTION):
        own += read.predictions_of(section.bodies)
    groups: list[list[Quoted]] = []
    for quote in (*own, *stray)[: limits.ITEMS]:
        part.keep_quote(quote, Slot.PREDICTION)
        group = next((one for one in groups if _is_alike(one[0].words, quote.words)), None)
        if group is None:
            groups.append([quote])
        else:
            group.append(quote)
    found = []
    for group in groups:
        if len({tuple(sorted(_NUMBER.findall(quote.words))) for quote in group}) > 1:
            readings = [Reading((quote.words,), quote) for quote in group]
            part.asks.append(_ask("prediction", readings))
        else:
            others = [quote for quote in group[1:] if quote.words != group[0].words]
            found.append(ReadPrediction(group[0], tuple(others)))
    return tuple(found)


def _is_alike(one: str, other: str) -> bool:
    words = [{word.casefold() for word in _TOKEN.findall(text)} for text in (one, other)]
    both, either = words[0] & words[1], words[0] | words[1]
    return bool(either) and len(both) / len(either) >= _ALIKE


def _gaps(part: ReadPart, asks: Sequence[Ask]) -> list[str]:
    """What a card has and the issue does not give, in sentences."""
    asked = {ask.key for ask in asks}
    gaps = []
    for dimension in Dimension:
        score = part.scores.get(dimension)
        if (score is None or score.value is None) and dimension.value not in asked:
            what = "window" if dimension is Dimension.TIMING else "level"
            gaps.append(f"No {what} is given for {dimension}.")
        elif score is not None and not score.rationale:
            gaps.append(f"No reason is given for {dimension}.")
    silent = [
        dimension.value
        for dimension, score in part.scores.items()
        if score.certainty is None and f"{dimension} certainty" not in asked
    ]
    if silent:
        gaps.append(f"No certainty is given for {', '.join(silent)}.")
    named = {
        "summary": bool(part.summary),
        "rating": part.rating is not None,
        "prediction": bool(part.predictions) or "prediction" in asked,
        "scenarios": bool(part.scenarios),
    }
    missing = [name for name, is_there in named.items() if not is_there]
    if missing:
        gaps.append(f"Nothing was found for: {', '.join(missing)}.")
    return gaps
