"""Figures in a form: read, compared with the record, and shown before they are saved."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify

from evidence.comparison import Comparison, compare, compare_new
from evidence.forms.indicator import IndicatorForm
from evidence.forms.observations import FigureForm, TableForm
from evidence.forms.owid import OwidForm
from evidence.importing.owid import Described, LeftOut, observed_in, read_metadata
from evidence.importing.tables import read_observations
from evidence.models import Indicator
from evidence.pages import Preview, preview
from evidence.services import IndicatorRefused, ItemRefused, ObservationsRefused
from evidence.values import Fault, IndicatorFacts, Observed
from evidence.values.facts import NAME_CHARACTERS, FactsInvalid, check_facts
from intake.errors import IntakeError
from record.errors import DomainError

_COLUMNS = {"entered": "value"}


@dataclass(frozen=True)
class EntryPage:
    """`looked_at` is the table as text, once it was read."""

    indicator: Indicator
    figure: FigureForm
    table: TableForm
    looked_at: str = ""
    preview: Preview | None = None


@dataclass
class OwidPage:
    """`facts` and `preview` are there once entity and column are chosen."""

    form: OwidForm
    facts: IndicatorForm | None = None
    indicator: Indicator | None = None
    preview: Preview | None = None
    observed: list[Observed] = field(default_factory=list)
    said: Described = field(default_factory=Described)

    @property
    def checked(self) -> IndicatorFacts | None:
        """What would be saved, if it can be."""
        if self.facts is None or not self.facts.is_bound or not self.facts.is_valid():
            return None
        return self.facts.facts()


def entry_page(indicator: Indicator, figure: FigureForm, table: TableForm) -> EntryPage:
    """With the preview of the table, where one was sent and can be read."""
    if not table.is_bound or not table.is_valid():
        return EntryPage(indicator, figure, table)
    typed = table.cleaned_data
    try:
        rows, faults = read_table(indicator, typed)
    except IntakeError as error:
        table.add_error("table", error.message)
        return EntryPage(indicator, figure, table)
    shown = preview(compare(indicator, rows), faults=faults)
    return EntryPage(indicator, figure, table, typed["text"], shown)


def read_table(indicator: Indicator, typed: dict[str, Any]) -> tuple[list[Observed], list[Fault]]:
    return read_observations(typed["text"], vintage=typed["vintage"], unit=indicator.unit)


def refuse_figure(form: forms.Form, error: DomainError) -> None:
    """Each fault at its field; the sentence that nothing was saved stands above them."""
    if not isinstance(error, ObservationsRefused):
        form.add_error(None, error.message)
        return
    for fault in error.faults:
        name = _COLUMNS.get(fault.column, fault.column)
        form.add_error(name if name in form.fields else None, fault.message)


def refuse_facts(form: forms.Form, error: DomainError) -> None:
    faults = {error.field: error.message}
    if isinstance(error, IndicatorRefused | ItemRefused):
        faults = error.faults
    for name, message in faults.items():
        form.add_error(name if name in form.fields else None, message)


def owid_page(form: OwidForm, data: QueryDict | None) -> OwidPage:
    page = OwidPage(form)
    if not form.is_bound or not form.is_valid() or form.read is None:
        return page
    typed = form.cleaned_data
    if not typed["entity"] or not typed["column"]:
        return page
    try:
        page.said = read_metadata(typed["described"], typed["column"])
    except IntakeError as error:
        form.add_error("metadata", error.message)
        return page
    vintage = typed["vintage"] or page.said.last_updated
    if vintage is None:
        form.add_error("vintage", "Needed: the day on which these figures were published.")
        return page
    page.observed, left = observed_in(form.read, typed["entity"], typed["column"], vintage)
    _with_facts(page, data or QueryDict(), left)
    return page


def _with_facts(page: OwidPage, data: QueryDict, left: list[LeftOut]) -> None:
    proposed = _proposed(page)
    page.facts = IndicatorForm(data if "slug" in data else None, initial=proposed)
    facts = page.checked or IndicatorFacts(**proposed)
    page.indicator = Indicator.objects.filter(slug=facts.slug).first()
    if page.indicator is None and page.checked is not None:
        facts = _checked(page.facts, facts)
    faults = _other_unit(page)
    page.preview = preview(_compared(page, facts), left, faults)


def _checked(form: IndicatorForm, facts: IndicatorFacts) -> IndicatorFacts:
    try:
        return check_facts(facts)
    except FactsInvalid as error:
        for name, message in error.faults.items():
            form.add_error(name, message)
        return facts


def _compared(page: OwidPage, facts: IndicatorFacts) -> Comparison:
    if page.indicator is not None:
        return compare(page.indicator, page.observed)
    return compare_new(facts, page.observed)


def _other_unit(page: OwidPage) -> list[Fault]:
    """The unit of an indicator that has figures already does not change with a file."""
    unit = page.said.unit
    if page.indicator is None or not unit or unit == page.indicator.unit:
        return []
    message = (
        f"The file is in “{unit}” and {page.indicator.name} in “{page.indicator.unit}”. Give"
        " another address, so that these figures become an indicator of their own."
    )
    return [Fault("", "unit", message)]


def _proposed(page: OwidPage) -> dict[str, Any]:
    """What the metadata says; what it does not say is left to be filled in."""
    said, typed = page.said, page.form.cleaned_data
    entity, name = typed["entity"], said.name or typed["column"]
    title = name if entity == "World" else f"{name}, {entity}"
    unit = said.unit
    given = {
        "slug": slugify(title)[:80].strip("-_").replace("_", "-"),
        "name": title[:NAME_CHARACTERS].strip(),
        "unit": unit,
        "kind": "share" if unit.startswith("%") else "",
        "progress": "",
        "cadence": page.form.read.cadence if page.form.read else "year",
        "geography": entity[:NAME_CHARACTERS],
        "publisher": said.publisher,
    }
    more = ("source_url", "licence", "licence_url", "comparability")
    return given | {name: getattr(said, name) for name in more}


def facts_to_save(page: OwidPage) -> IndicatorFacts | None:
    """None while the form or a row keeps the file from being saved."""
    whole = page.preview is not None and page.preview.is_whole
    facts = page.checked
    return facts if whole and facts is not None and not page.form.errors else None
