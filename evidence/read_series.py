"""The figures of a reading on their way into an indicator."""

from evidence.read_figures import observed_rows
from evidence.reading_page import ReadingPage
from evidence.services import IndicatorRefused, ObservationsRefused
from evidence.services.reading import Series
from record.errors import DomainError


def series_to_save(page: ReadingPage) -> Series | None:
    """None where the figures are not to be saved; a DomainError says what they lack."""
    series, indicator = page.series, page.indicator
    if series is None or indicator is None or not series.cleaned_data["make"]:
        return None
    if not indicator.is_valid():
        raise DomainError("What the figures measure is not filled in yet; see below.")
    rows = observed_rows([(row.form, row.figure) for row in page.figures], series)
    return Series(indicator.facts(), rows)


def refuse_series(page: ReadingPage, error: DomainError) -> bool:
    """Whether the refusal was about the figures; then it stands beside them."""
    series, indicator = page.series, page.indicator
    if series is None or indicator is None:
        return False
    if isinstance(error, IndicatorRefused):
        for name, message in error.faults.items():
            indicator.add_error(name if name in indicator.fields else None, message)
        return True
    if isinstance(error, ObservationsRefused) or error.field in {"vintage", "make"}:
        series.add_error(error.field if error.field in series.fields else None, error.message)
        return True
    return False
