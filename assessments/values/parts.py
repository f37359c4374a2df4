"""The parts of a card beside its scores: facts, scenarios, companies, rating, predictions."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from assessments.values import limits
from assessments.values.fields import CONTRADICTION, Fields
from assessments.values.scale import DEFAULT_PERSPECTIVE, Dimension, RatingValue
from assessments.values.scores import split_span

# Scenario probabilities may miss 1 by what adding floats costs, and by no more.
SUM_TOLERANCE = 1e-9
PREDICTION_TEXTS = {
    "statement": limits.NOTE * 2,
    "metric": limits.NOTE,
    "direction": limits.NOTE,
    "threshold": limits.NOTE,
    "population": limits.NOTE,
    "baseline": limits.NOTE,
    "kind": limits.NOTE,
    "resolution_rule": limits.PASSAGE,
    "resolvability": limits.NOTE,
    "wording_problem": limits.PASSAGE,
    "later_status": limits.PASSAGE,
}


@dataclass(frozen=True)
class TechnologyFacts:
    """What a card repeats of its technology; the technology itself keeps the facts."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    variant_of: str | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "slug": self.slug,
            "name": self.name,
            "aliases": list(self.aliases),
            "domains": list(self.domains),
            "variant_of": self.variant_of,
        }


@dataclass(frozen=True)
class Scenario:
    """One way it could turn out; impact_level is a level or a span such as "2/3"."""

    name: str
    text: str = ""
    impact_level: str | None = None
    probability: float | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "text": self.text,
            "impact_level": self.impact_level,
            "probability": self.probability,
        }


@dataclass(frozen=True)
class Company:
    name: str
    note: str = ""
    disclosure: str | None = None

    def to_json(self) -> dict[str, object]:
        return {"name": self.name, "note": self.note, "disclosure": self.disclosure}


@dataclass(frozen=True)
class Rating:
    """How the world rates the technology, always seen from a named perspective."""

    value: RatingValue
    perspective: str = DEFAULT_PERSPECTIVE
    note: str = ""

    def to_json(self) -> dict[str, object]:
        return {"value": self.value.value, "perspective": self.perspective, "note": self.note}


@dataclass(frozen=True)
class OpenQuestion:
    question: str
    answer: str | None = None
    answered_on: date | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "question": self.question,
            "answer": self.answer,
            "answered_on": self.answered_on and self.answered_on.isoformat(),
        }


@dataclass(frozen=True)
class Prediction:
    """A statement that can turn out wrong, in the parts that make it checkable."""

    statement: str | None = None
    metric: str | None = None
    direction: str | None = None
    threshold: str | None = None
    population: str | None = None
    baseline: str | None = None
    deadline: date | None = None
    kind: str | None = None
    resolution_rule: str | None = None
    resolvability: str | None = None
    wording_problem: str | None = None
    later_status: str | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "statement": self.statement,
            "metric": self.metric,
            "direction": self.direction,
            "threshold": self.threshold,
            "population": self.population,
            "baseline": self.baseline,
            "deadline": self.deadline and self.deadline.isoformat(),
            "kind": self.kind,
            "resolution_rule": self.resolution_rule,
            "resolvability": self.resolvability,
            "wording_problem": self.wording_problem,
            "later_status": self.later_status,
        }


@dataclass(frozen=True)
class Source:
    title: str
    url: str | None = None
    accessed_on: date | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "url": self.url,
            "accessed_on": self.accessed_on and self.accessed_on.isoformat(),
        }


def read_technology(fields: Fields) -> TechnologyFacts:
    facts = TechnologyFacts(
        slug=fields.slug("slug") if fields.has("slug") else "",
        name=fields.required_name("name"),
        aliases=fields.names("aliases"),
        domains=fields.names("domains", limit=limits.SLUG),
        variant_of=None if fields.raw("variant_of") is None else fields.slug("variant_of"),
    )
    fields.finish()
    if facts.variant_of and facts.variant_of == facts.slug:
        message = "A technology is no variant of itself; name another one, or null."
        fields.note("variant_of", facts.variant_of, message, CONTRADICTION)
    return facts


def read_scenarios(parent: Fields, key: str) -> tuple[Scenario, ...]:
    scenarios = tuple(_read_scenario(fields) for fields in parent.each(key))
    _check_probabilities(parent, key, [scenario.probability for scenario in scenarios])
    return scenarios


def _read_scenario(fields: Fields) -> Scenario:
    scenario = Scenario(
        name=fields.required_name("name"),
        text=fields.text("text", limit=limits.PASSAGE),
        impact_level=_impact_level(fields),
        probability=fields.probability("probability"),
    )
    fields.finish()
    return scenario


def _impact_level(fields: Fields) -> str | None:
    raw = fields.raw("impact_level")
    if raw is None:
        return None
    if isinstance(raw, str) and split_span(raw, Dimension.IMPACT):
        return raw
    message = 'The impact level must be a level such as "4" or "5+", or two neighbours as "2/3".'
    fields.note("impact_level", raw, message)
    return None


def _check_probabilities(parent: Fields, key: str, found: list[float | None]) -> None:
    given = [probability for probability in found if probability is not None]
    total = sum(given)
    is_short = len(given) == len(found) and total < 1 - SUM_TOLERANCE
    if given and (is_short or total > 1 + SUM_TOLERANCE):
        message = f"The probabilities of the scenarios add up to {total}; make them add to 1."
        parent.note(key, total, message, CONTRADICTION)


def read_companies(parent: Fields, key: str) -> tuple[Company, ...]:
    return tuple(_read_company(fields) for fields in parent.each(key))


def _read_company(fields: Fields) -> Company:
    company = Company(
        name=fields.required_name("name"),
        note=fields.text("note", limit=limits.NOTE),
        disclosure=fields.optional("disclosure", limit=limits.NOTE),
    )
    fields.finish()
    return company


def read_rating(parent: Fields, key: str) -> Rating | None:
    if parent.raw(key) is None:
        return None
    fields = parent.inner(key)
    value = None
    if fields.has("value"):
        value = fields.choice("value", RatingValue, RatingValue.TOO_EARLY)
        if fields.raw("value") is None:
            fields.note("value", None, "A rating needs a value; give one, or leave the rating out.")
    rating = Rating(
        value=value or RatingValue.TOO_EARLY,
        perspective=fields.line("perspective", limit=limits.NAME) or DEFAULT_PERSPECTIVE,
        note=fields.text("note", limit=limits.NOTE),
    )
    fields.finish()
    return rating


def read_questions(parent: Fields, key: str) -> tuple[OpenQuestion, ...]:
    return tuple(_read_question(fields) for fields in parent.each(key))


def _read_question(fields: Fields) -> OpenQuestion:
    question = OpenQuestion(
        question=fields.required_name("question", limit=limits.NOTE),
        answer=fields.optional("answer", limit=limits.PASSAGE),
        answered_on=fields.day("answered_on"),
    )
    fields.finish()
    if question.answered_on and fields.raw("answer") is None:
        message = "A question answered on a day needs its answer; give it, or take the day out."
        fields.note("answered_on", question.answered_on.isoformat(), message)
    return question


def read_predictions(parent: Fields, key: str) -> tuple[Prediction, ...]:
    return tuple(_read_prediction(fields) for fields in parent.each(key))


def _read_prediction(fields: Fields) -> Prediction:
    texts = {key: fields.optional(key, limit=limit) for key, limit in PREDICTION_TEXTS.items()}
    prediction = Prediction(deadline=fields.day("deadline"), **texts)
    fields.finish()
    if fields.is_object and fields.raw("statement") is None and fields.raw("metric") is None:
        message = "A prediction needs a statement, or at least what is measured in metric."
        fields.note("statement", None, message)
    return prediction


def read_sources(parent: Fields, key: str) -> tuple[Source, ...]:
    return tuple(_read_source(fields) for fields in parent.each(key))


def _read_source(fields: Fields) -> Source:
    source = Source(
        title=fields.required_name("title", limit=limits.TITLE),
        url=_address(fields),
        accessed_on=fields.day("accessed_on"),
    )
    fields.finish()
    return source


def _address(fields: Fields) -> str | None:
    url = fields.line("url", limit=limits.URL)
    if url is None or is_web_address(url):
        return url
    message = "The address must begin with http:// or https:// and name a host."
    fields.note("url", url, message)
    return None


def is_web_address(text: str) -> bool:
    """Whether the text is one http or https address with a host, and with no user name in it."""
    if any(character.isspace() or character in '\\<>"' for character in text):
        return False
    try:
        parts = urlsplit(text)
        is_named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and is_named and "@" not in parts.netloc
