"""The parts of the card form that repeat: each row is one item of a list of the card."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from assessments.forms.citations import CitationForm
from assessments.forms.row import RowForm
from assessments.forms.typed import ChoiceText, DayText, OptionalText, ShareText, TypedText
from assessments.values import limits
from assessments.values.scale import Dimension, levels_of, next_level

SPARE_ROWS = 1
# Longer ones are kept when they come from a file; whoever types needs no more.
SHORT = 250


def _impact_choices() -> list[tuple[str, str]]:
    levels = levels_of(Dimension.IMPACT)
    choices = [("", "not said")]
    for level in levels:
        above = next_level(Dimension.IMPACT, level)
        choices.append((level, level))
        if above:
            choices.append((f"{level}/{above}", f"{level}/{above}"))
    return choices


class ScenarioForm(RowForm):
    noun = "Scenario"
    name = TypedText("Name", limit=limits.NAME, hint="Such as high, base or low.")
    probability = ShareText("Probability", "The probability", hint="Between 0 and 1.")
    impact_level = ChoiceText("Impact in it", _impact_choices())
    text = TypedText("What happens in it", limit=limits.PASSAGE, lines=3)


class CompanyForm(RowForm):
    noun = "Company"
    name = TypedText("Name", limit=limits.NAME)
    note = TypedText("What it does here", limit=limits.NOTE, lines=2)
    disclosure = OptionalText(
        "Disclosure", hint="Such as “We hold shares in it”. Printed wherever the company is."
    )


class TripwireForm(RowForm):
    noun = "Tripwire"
    sentence = TypedText("One observation that would change a level", limit=limits.NOTE)

    def item(self) -> str | None:
        return str(self.cleaned_data.get("sentence", "")) if super().item() else None


class QuestionForm(RowForm):
    noun = "Question"
    question = TypedText("Question", limit=limits.NOTE)
    answer = OptionalText("Answer", limit=limits.PASSAGE, lines=2, hint="Empty while it is open.")
    answered_on = DayText("Answered on")


class PredictionForm(RowForm):
    noun = "Prediction"
    folded = ("kind", "resolvability", "wording_problem", "later_status")
    statement = OptionalText(
        "Statement",
        limit=limits.NOTE * 2,
        lines=2,
        hint="One sentence that will be plainly true or plainly false on the deadline.",
    )
    metric = OptionalText("What is measured")
    direction = OptionalText("Direction", limit=SHORT, hint="Such as at least, below.")
    threshold = OptionalText("Threshold", limit=SHORT, hint="The number with its unit.")
    population = OptionalText("Of what", hint="Which devices, firms, countries are counted.")
    baseline = OptionalText("Against", hint="The value and year it starts from.")
    deadline = DayText("Deadline", hint="Ends at 23:59:59 UTC.")
    resolution_rule = OptionalText(
        "Where it is read",
        limit=limits.PASSAGE,
        lines=2,
        hint="The source, and what counts when it is missing.",
    )
    kind = OptionalText("Kind", limit=SHORT)
    resolvability = OptionalText("Resolvability", limit=SHORT)
    wording_problem = OptionalText("Problem of the wording", limit=limits.PASSAGE, lines=2)
    later_status = OptionalText("Later status", limit=limits.PASSAGE, lines=2)


class SourceForm(RowForm):
    noun = "Source"
    title = TypedText("Title", limit=limits.TITLE)
    url = OptionalText("Address", limit=limits.URL, hint="Begins with http:// or https://.")
    accessed_on = DayText("Read on")


class WholeRows(BaseFormSet):  # type: ignore[type-arg]
    """Rows that arrived whole, or a refusal in words that whoever types can use."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "missing_management_form": "The rows did not arrive whole. Go back and send them again.",
        "too_many_forms": "At most %(num)d rows are kept. Take some out.",
    }


class RowSet(WholeRows):
    """The rows of one list; a row in which nothing is typed is no item."""

    def filled(self) -> list[RowForm]:
        return [form for form in self.forms if form.item() is not None]


FORMS: Mapping[str, type[RowForm]] = {
    "scenarios": ScenarioForm,
    "companies": CompanyForm,
    "tripwires": TripwireForm,
    "open_questions": QuestionForm,
    "predictions": PredictionForm,
    "sources": SourceForm,
    "citations": CitationForm,
}
_SETS = {
    key: formset_factory(
        form,
        formset=RowSet,
        extra=SPARE_ROWS,
        max_num=limits.ITEMS,
        absolute_max=limits.ITEMS + 10,
    )
    for key, form in FORMS.items()
}


def row_set(key: str, data: QueryDict | None = None, items: Sequence[Any] | None = None) -> RowSet:
    """The rows of the list that the card keeps under the key."""
    initial = [FORMS[key].initial_of(item) for item in items or ()]
    made = _SETS[key](data, prefix=key, initial=None if data is not None else initial)
    return cast("RowSet", made)
