"""A prediction in its parts, as it is typed."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from assessments.forms.typed import ChoiceText, DayText, TypedText
from assessments.services.predictions import Overruled
from assessments.values import limits
from assessments.values.fields import FieldProblem, Fields
from assessments.values.measures import KnownIndicator, filled_in
from assessments.values.prediction import (
    Comparator,
    Kind,
    Spec,
    StatusQuo,
    ThresholdKind,
    VintageRule,
    Window,
    read_spec,
)
from intake.errors import IntakeError
from intake.text import clean_text
from record.errors import DomainError

OVERRULE = "overrule-"
# Every key of a spec that the form asks for, in its order.
PARTS = (
    "indicator",
    "metric",
    "unit",
    "comparator",
    "threshold",
    "threshold_kind",
    "baseline_period",
    "window",
    "window_from",
    "geography",
    "population",
    "publisher",
    "vintage_rule",
    "event",
    "deadline",
    "reads_on",
    "if_it_stops",
    "resolution_rule",
    "definitions",
    "cause",
    "status_quo",
)
_KINDS = [
    (Kind.YES_NO.value, "Yes or no: does it happen?"),
    (Kind.NUMBER.value, "A number: how much will it be?"),
    (Kind.DATE.value, "A date: when does it happen?"),
]
# What a question of that kind does not have; everything else is asked.
_LACKS: dict[Kind, frozenset[str]] = {
    Kind.YES_NO: frozenset(),
    Kind.NUMBER: frozenset(
        {"event", "comparator", "threshold", "threshold_kind", "baseline_period", "status_quo"}
    ),
    Kind.DATE: frozenset({"window", "window_from", "status_quo"}),
}
Rows = tuple[tuple[str, ...], ...]
_QUESTION: Rows = (("event",), ("deadline",))
_FIGURE: Rows = (
    ("indicator",),
    ("comparator", "threshold", "threshold_kind", "baseline_period"),
    ("window", "window_from"),
    ("metric",),
    ("unit", "population", "geography"),
)
_ANSWER: Rows = (
    ("publisher",),
    ("resolution_rule",),
    ("reads_on", "vintage_rule", "if_it_stops"),
    ("definitions",),
    ("cause",),
    ("status_quo",),
    ("hides_forecasts",),
)
_WINDOWS = [
    (Window.AT.value, "on the deadline itself"),
    (Window.ANY_TIME_BY.value, "at any time up to the deadline"),
    (Window.AVERAGE_OVER.value, "as an average, from a period to the deadline"),
]
_THRESHOLDS = [
    (ThresholdKind.ABSOLUTE.value, "in the unit of the figure"),
    (ThresholdKind.CHANGE.value, "in per cent of change since a period"),
]
_VINTAGES = [
    (VintageRule.FIRST.value, "as it is first published"),
    (VintageRule.LATEST.value, "as it stands on the day of reading"),
]
_STATUS_QUO = [
    ("", "– not said"),
    (StatusQuo.NO.value, "no: yes takes a change"),
    (StatusQuo.YES.value, "yes: no takes a change"),
]


def _line(label: str, hint: str = "", limit: int = limits.NAME) -> TypedText:
    return TypedText(label, limit=limit, hint=hint)


class PredictionForm(forms.Form):
    """`indicators` are those that the person may see; one of them decides, or words do."""

    sentence = TypedText(
        "In one sentence",
        limit=limits.SUMMARY,
        lines=2,
        hint="As you would say it. What cannot be checked about it is told beside it.",
    )
    kind = ChoiceText("What do you ask?", _KINDS)  # by buttons: `kind_choices`
    event = TypedText(
        "What happens?",
        limit=limits.NOTE,
        lines=2,
        hint="One event that happens or does not, without its day. Empty where a figure decides.",
    )
    indicator = ChoiceText("Which figure decides?", [])
    metric = TypedText(
        "Or in words: which figure?",
        limit=limits.NOTE,
        hint="Only where no indicator of the list measures it.",
    )
    unit = _line("In which unit?", "Empty for the unit of the indicator.", 80)
    population = _line("Share of what?", "Such as “new cars sold in that year”.", limits.NOTE)
    geography = _line("Where?", "Countries or region that are counted.")
    comparator = ChoiceText(
        "It has to be", [("", "–"), *((each.value, each.value) for each in Comparator)]
    )
    threshold = _line("this number", "In plain digits: 120 or -50.", 40)
    threshold_kind = ChoiceText("given", _THRESHOLDS)
    baseline_period = _line("Change since", "Year, month or day: 2022, 2022-05.", 10)
    window = ChoiceText("It counts", _WINDOWS)
    window_from = _line("Average from", "The first period: 2030, 2030-01.", 10)
    deadline = DayText("By the end of which day?", hint="Forecasts are taken until then.")
    reads_on = DayText(
        "On which day is the answer read?",
        hint="Figures appear later than what they speak of. Empty for the indicator's release.",
    )
    publisher = _line("Who says so?", "Who publishes the figure or reports the event.", 300)
    vintage_rule = ChoiceText("Which figure, if it is revised?", _VINTAGES)
    if_it_stops = _line("And if nobody publishes it any more?", "Else it is annulled.")
    resolution_rule = TypedText(
        "How is the answer found out?",
        limit=limits.PASSAGE,
        lines=3,
        hint="Table, report or register, and the number to read there. With an indicator, empty"
        " writes it for you.",
    )
    definitions = TypedText(
        "What do its words mean?", limit=limits.PASSAGE, lines=3, hint="Edge cases first."
    )
    cause = TypedText(
        "Does it claim a cause?",
        limit=limits.NOTE,
        hint="No series shows one: a panel judges it against a counterfactual, which the"
        " definitions describe.",
    )
    status_quo = ChoiceText("If nothing changes, the answer is", _STATUS_QUO)
    hides_forecasts = forms.BooleanField(
        label="Hide forecasts from whoever has not given one",
        required=False,
        help_text="Readers give none, so they see forecasts and the pooled chance when it closes.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        indicators: tuple[KnownIndicator, ...] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        self.indicators = indicators
        named = [(each.slug, f"{each.name} ({each.unit})") for each in indicators]
        self.fields["indicator"].widget.choices = [("", "none: words decide"), *named]

    def said(self, name: str) -> str:
        """What stands in the field, in the page as it is sent back too."""
        return str(self[name].value() or "").strip()

    @property
    def chosen(self) -> KnownIndicator | None:
        slug = self.said("indicator")
        return next((each for each in self.indicators if each.slug == slug), None)

    @property
    def chosen_kind(self) -> Kind | None:
        said = self.said("kind") or Kind.YES_NO.value
        return Kind(said) if said in set(Kind) else None

    @property
    def kind_choices(self) -> list[tuple[str, str, bool]]:
        """Word of each kind, what it asks, and whether the form asks it now."""
        chosen = self.chosen_kind or Kind.YES_NO
        return [(word, label, word == chosen.value) for word, label in _KINDS]

    @property
    def kind_word(self) -> str:
        return self.said("kind") or Kind.YES_NO.value

    @property
    def figure_heading(self) -> str:
        if self.chosen_kind == Kind.NUMBER:
            return "The figure that is asked for"
        return "The figure that decides, where one does"

    @property
    def lacks(self) -> frozenset[str]:
        return _LACKS[self.chosen_kind or Kind.YES_NO]

    @property
    def put_aside(self) -> list[BoundField]:
        """What was said before another kind was chosen; it is kept and not read."""
        return [self[name] for name in PARTS if name in self.lacks and self.said(name)]

    @property
    def question_rows(self) -> list[list[BoundField]]:
        return self._rows(_QUESTION)

    @property
    def figure_rows(self) -> list[list[BoundField]]:
        return self._rows(_FIGURE)

    @property
    def answer_rows(self) -> list[list[BoundField]]:
        return self._rows(_ANSWER)

    def _rows(self, rows: Rows) -> list[list[BoundField]]:
        kept = ([self[name] for name in row if name not in self.lacks] for row in rows)
        return [row for row in kept if row]

    def read(self) -> tuple[Spec | None, list[FieldProblem]]:
        """The parts as far as they can be read, and what is wrong with the others."""
        asked = [name for name in PARTS if name not in self.lacks]
        raw: dict[str, Any] = dict.fromkeys(PARTS) | {
            name: self.said(name) or None for name in asked
        }
        problems: list[FieldProblem] = []
        spec = read_spec(Fields(filled_in(raw, self.chosen), "", problems))
        if self.chosen_kind is None:
            message = "Choose one of the three kinds of question."
            problems.append(FieldProblem("kind", self.said("kind"), message))
        return spec, problems

    def spec(self) -> Spec | None:
        """The parts, or None after every problem was told to its field."""
        spec, problems = self.read()
        for problem in problems:
            self.tell(problem.field, problem.message)
        return None if self.errors else spec

    def tell(self, field: str, message: str) -> None:
        name = field.removeprefix("spec.")
        self.add_error(name if name in self.fields else None, message)

    def wording(self) -> str:
        """The sentence that it was made from; DomainError where it cannot be kept."""
        return _kept(self.said("sentence"), "The sentence", "sentence", limits.SUMMARY)

    def reasons(self) -> dict[str, str]:
        """By the rule of a warning, why it is overruled."""
        return {
            key.removeprefix(OVERRULE): str(value).strip()
            for key, value in self.data.items()
            if key.startswith(OVERRULE) and str(value).strip()
        }

    def overruled(self) -> tuple[Overruled, ...]:
        return tuple(
            Overruled(rule, _kept(reason, "The reason", "", limits.REASON))
            for rule, reason in sorted(self.reasons().items())
        )


def _kept(text: str, noun: str, field: str, limit: int) -> str:
    try:
        return clean_text(text, multiline=True, field=noun, max_length=limit)
    except IntakeError as error:
        raise DomainError(error.message, field=field) from error
