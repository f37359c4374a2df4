"""What is sent to the endpoints of predictions, and what the linter answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from assessments.api.faults import faults_of_fields, refusal
from assessments.models import Prediction, Technology
from assessments.prediction_context import context_of, known_indicators
from assessments.services.predictions import Overruled, PredictionDraft
from assessments.values import limits
from assessments.values.fields import FieldProblem, Fields
from assessments.values.findings import Finding
from assessments.values.forecast import Opinion, Points, wrong_opinion
from assessments.values.linting import Context
from assessments.values.linting_parts import Stated, lint
from assessments.values.measures import filled_in, measure_of
from assessments.values.prediction import LARGEST, Kind, Spec, read_spec
from assessments.values.rewriting import Question, questions
from assessments.values.wording import statement
from intake.errors import IntakeError
from intake.numbers import check_number
from rest.problems import Fault, Problem

_POINTS = ("lowest", "best", "highest")


@dataclass(frozen=True)
class Linted:
    statement: str | None
    findings: tuple[Finding, ...]
    offered: tuple[Question, ...]

    def record(self) -> dict[str, Any]:
        return {
            "statement": self.statement,
            "findings": [
                {
                    "rule": each.rule,
                    "severity": each.severity.value,
                    "field": each.field,
                    "words": each.words,
                    "start": each.start,
                    "end": each.end,
                    "wrong": each.wrong,
                    "instead": each.instead,
                }
                for each in self.findings
            ],
            "questions": [
                {"label": each.label, "kind": each.kind.value, "spec": each.parts}
                for each in self.offered
            ],
        }


@dataclass(frozen=True)
class SentForecast:
    """`opinion` is None for a withdrawal."""

    opinion: Opinion | None
    note: str


def read_lint(body: object, by: User) -> Linted:
    """What the linter says of what was sent; 422 where that cannot be read."""
    problems: list[FieldProblem] = []
    fields = Fields(body, "", problems)
    text = fields.text("text", limit=limits.SUMMARY)
    slug = None if fields.raw("technology") is None else fields.slug("technology")
    kind = fields.optional_choice("kind", Kind)
    context = _context(slug, by)
    spec = None
    if fields.raw("spec") is not None:
        spec = _spec(fields, context)
    if fields.is_object and not text and fields.raw("spec") is None:
        fields.note("text", None, "Send a sentence in text, or the parts in kind and spec.")
    fields.finish()
    _refuse(problems)
    found = lint(text, context) if text else ()
    words = None
    if spec is not None:
        stated = Stated(kind or Kind.YES_NO, spec)
        of_parts = lint(stated, context)
        found += of_parts
        if not any(each.severity == "error" for each in of_parts):
            measure = measure_of(spec, context.indicator(spec.indicator))
            words = statement(stated.kind, spec, measure)
    return Linted(words, found, questions(text, context) if text else ())


def read_prediction(body: object, by: User) -> PredictionDraft:
    """The draft that was sent; 422 for what cannot be read, 409 for what is not there."""
    problems: list[FieldProblem] = []
    fields = Fields(body, "", problems)
    slug = fields.slug("technology") if fields.has("technology") else ""
    kind = fields.optional_choice("kind", Kind) if fields.has("kind") else None
    spec = _spec(fields, _context(slug, by)) if fields.has("spec") else None
    as_of = fields.day("as_of")
    hides = _flag(fields, "hides_forecasts")
    wording = fields.text("original_wording", limit=limits.SUMMARY)
    overruled = tuple(map(_overruled, fields.each("overruled")))
    parent, replaces = _key(fields, "parent"), _key(fields, "replaces")
    fields.finish()
    if kind is None and not problems:
        fields.note("kind", None, f"The kind must be one of: {', '.join(Kind)}.")
    _refuse(problems)
    if kind is None or spec is None:
        raise Problem(422)
    return PredictionDraft(
        technology=_technology(slug),
        kind=kind,
        spec=spec,
        as_of=as_of,
        parent=_prediction(parent, "parent", by),
        replaces=_prediction(replaces, "replaces", by),
        hides_forecasts=hides,
        original_wording=wording,
        overruled=overruled,
    )


def read_forecast(body: object, kind: str) -> SentForecast:
    problems: list[FieldProblem] = []
    fields = Fields(body, "", problems)
    note = fields.text("note", limit=limits.NOTE)
    p, never, sure = (_number(fields, name) for name in ("p", "p_never", "confidence"))
    low, best, high = (_number(fields, name) for name in _POINTS)
    expires: date | None = fields.day("expires_on")
    is_withdrawal = _flag(fields, "is_withdrawal")
    fields.finish()
    points = None
    if low is not None and best is not None and high is not None and sure is not None:
        points = Points(low, best, high, sure)
    elif not (low is best is high is sure is None):
        message = "Four points belong together: lowest, best, highest and confidence."
        fields.note("best", best, message)
    opinion = Opinion(p=p, points=points, p_never=never, expires_on=expires, note=note)
    if is_withdrawal and not problems:
        return _withdrawal(fields, opinion, problems)
    if not problems:
        wrong = wrong_opinion(Kind(kind), opinion)
        problems += [FieldProblem(_sent(each.field), each.value, each.message) for each in wrong]
    _refuse(problems)
    return SentForecast(opinion, note)


def _withdrawal(fields: Fields, opinion: Opinion, problems: list[FieldProblem]) -> SentForecast:
    if opinion != Opinion(note=opinion.note):
        message = "A withdrawal says nothing but why. Send only a note."
        fields.note("is_withdrawal", fields.raw("is_withdrawal"), message)
    _refuse(problems)
    return SentForecast(None, opinion.note)


def _sent(field: str) -> str:
    return "best" if field == "points" else field


def _refuse(problems: list[FieldProblem]) -> None:
    if problems:
        raise refusal(faults_of_fields(problems))


def _number(fields: Fields, key: str) -> float | None:
    raw = fields.raw(key)
    if raw is None:
        return None
    try:
        return check_number(raw, -LARGEST, LARGEST, field="The number")
    except IntakeError as error:
        fields.note(key, raw, error.message)
        return None


def _flag(fields: Fields, key: str) -> bool:
    raw = fields.raw(key)
    if raw is not None and not isinstance(raw, bool):
        fields.note(key, raw, "Write true or false.")
    return raw is True


def _overruled(fields: Fields) -> Overruled:
    rule = fields.required_name("rule", limit=60)
    reason = fields.text("reason", limit=limits.REASON) if fields.has("reason") else ""
    if not reason:
        fields.note("reason", reason, "Say in a sentence why the warning is overruled.")
    fields.finish()
    return Overruled(rule, reason)


def _key(fields: Fields, key: str) -> str:
    return "" if fields.raw(key) is None else fields.name(key, limit=130)


def _spec(fields: Fields, context: Context) -> Spec | None:
    raw = fields.raw("spec")
    if not isinstance(raw, dict):
        return read_spec(fields.inner("spec"))
    slug = raw.get("indicator")
    indicator = context.indicator(slug) if isinstance(slug, str) else None
    return read_spec(Fields(filled_in(raw, indicator), fields.at("spec"), fields.problems))


def _context(slug: str | None, by: User) -> Context:
    technology = Technology.objects.filter(slug=slug).first() if slug else None
    return context_of(technology, known_indicators(by))


def _technology(slug: str) -> Technology:
    found: Technology | None = Technology.objects.filter(slug=slug).first()
    if found is None:
        detail = "There is no technology of that slug. Make it first, or correct the slug."
        raise Problem(409, detail, faults=[Fault("#/technology", "unknown", detail)])
    return found


def _prediction(key: str, name: str, by: User) -> Prediction | None:
    if not key:
        return None
    found: Prediction | None = Prediction.objects.visible_to(by).filter(key=key).first()
    if found is None:
        detail = "There is no prediction of that id. Correct it, or leave it out."
        raise Problem(409, detail, faults=[Fault(f"#/{name}", "unknown", detail)])
    return found
