"""The page on which a prediction is made, with what the linter says of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from assessments.forms.prediction import OVERRULE, PredictionForm
from assessments.models import Prediction, Technology
from assessments.services.predictions import STONE_MONTHS
from assessments.values import limits
from assessments.values.findings import Finding, Severity
from assessments.values.linting import Context
from assessments.values.linting_parts import Stated, lint
from assessments.values.measures import measure_of
from assessments.values.rewriting import Question, first_draft, questions
from assessments.values.wording import day_in_words, statement

# The parts of a question that its chart shows.
DRAWN = (
    *("kind", "indicator", "comparator", "threshold", "threshold_kind", "baseline_period"),
    *("window", "window_from", "vintage_rule", "deadline"),
)


@dataclass(frozen=True)
class FindingRow:
    """`name` is the field that takes the reason for overruling, empty where none can."""

    words: str
    wrong: str
    instead: str
    is_error: bool
    name: str = ""
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Panel:
    """What is said so far: the sentence written from the parts, and what is wrong with it."""

    statement: str
    reading: str
    of_sentence: tuple[FindingRow, ...]
    of_parts: tuple[FindingRow, ...]
    offers: tuple[Question, ...]
    has_sentence: bool

    @property
    def heading(self) -> str:
        count = len(self.of_parts)
        if not self.statement:
            return "The sentence is written here from its parts."
        if not count:
            return "It can be checked."
        return "One thing to look at." if count == 1 else f"{count} things to look at."


@dataclass(frozen=True)
class PredictionFormPage:
    technology: Technology
    form: PredictionForm
    panel: Panel
    parent: Prediction | None = None
    replaces: Prediction | None = None
    stone_until: str = ""
    months: int = STONE_MONTHS

    @property
    def fan_query(self) -> str:
        """What the drawing beside the form depends on, as the query of its address."""
        said = {name: self.form.said(name) for name in DRAWN if name not in self.form.lacks}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def drawn_names(self) -> str:
        return ",".join(DRAWN)


@dataclass(frozen=True)
class PredictionChoicePage:
    """Technologies to predict about; `query` goes along."""

    technologies: tuple[Technology, ...]
    query: str


def filled_form(sentence: str, fill: str, context: Context) -> dict[str, Any]:
    """What the form begins with: one of the questions offered, or the sentence's own parts."""
    offered = questions(sentence, context)
    places = {str(place): question for place, question in enumerate(offered)}
    question = places.get(fill) or first_draft(sentence, context)
    return question.parts | {"sentence": sentence, "kind": question.kind.value}


def asked_form(typed: QueryDict) -> dict[str, Any]:
    """What was typed so far, under the kind of question that was chosen since."""
    return {name: value for name, value in typed.items() if name in PredictionForm.base_fields} | {
        "kind": typed["ask"]
    }


def prediction_panel(form: PredictionForm, context: Context) -> Panel:
    sentence = form.said("sentence")[: limits.SUMMARY]
    spec, problems = form.read()
    kind = form.chosen_kind
    rows: list[FindingRow] = []
    words = reading = ""
    if spec is None or problems or kind is None:
        rows = [_problem_row(each.field, each.message) for each in problems]
    else:
        found = lint(Stated(kind, spec), context)
        rows = [_row(each, form.reasons()) for each in found]
        if not any(each.severity == Severity.ERROR for each in found):
            words = statement(kind, spec, measure_of(spec, form.chosen))
            reading = f"Read on {day_in_words(spec.reads_on)}."
    of_sentence = lint(sentence, context) if sentence else ()
    return Panel(
        statement=words,
        reading=reading,
        of_sentence=tuple(_row(each, None) for each in of_sentence),
        of_parts=tuple(rows),
        offers=questions(sentence, context) if sentence else (),
        has_sentence=bool(sentence),
    )


def _problem_row(field: str, message: str) -> FindingRow:
    wrong, _, instead = message.partition(". ")
    return FindingRow(words="", wrong=f"{wrong.rstrip('.')}.", instead=instead, is_error=True)


def _row(finding: Finding, reasons: dict[str, str] | None) -> FindingRow:
    """With `reasons` the finding can be overruled, where it is a warning."""
    is_error = finding.severity == Severity.ERROR
    name = "" if is_error or reasons is None else f"{OVERRULE}{finding.rule}"
    return FindingRow(
        words=finding.words,
        wrong=finding.wrong,
        instead=finding.instead,
        is_error=is_error,
        name=name,
        rule=finding.rule,
        reason=(reasons or {}).get(finding.rule, ""),
    )


def choice_page(query: Any) -> PredictionChoicePage:
    """What was asked goes along, whichever technology is chosen."""
    kept = query.copy()
    kept.pop("technology", None)
    rows = Technology.objects.order_by("name", "slug")
    return PredictionChoicePage(tuple(rows), kept.urlencode())
