"""Indicators of the planted record: one for readers, one that is the team's alone."""

from datetime import date

from accounts.models import User
from evidence.services import create_indicator, record_observations
from evidence.values import IndicatorFacts, Observed
from tests.trust.words import Say

VINTAGE = date(2024, 2, 1)


def plant_indicator(slug: str, say: Say, *, is_public: bool, by: User) -> None:
    """Every text of it is a planted word."""
    made = create_indicator(
        facts=IndicatorFacts(
            slug=slug,
            name=say("name"),
            unit=say("unit"),
            progress="down",
            kind="cost",
            geography=say("geography"),
            publisher=say("publisher"),
            source_url=f"https://example.org/{say('source')}",
            licence=say("licence"),
            licence_url=f"https://example.org/{say('licence address')}",
            comparability=say("comparability"),
            is_public=is_public,
        ),
        by=by,
    )
    rows = [_row(year, say) for year in (2021, 2022, 2023)]
    record_observations(indicator=made, observed=rows, by=by)


def _row(year: int, say: Say) -> Observed:
    return Observed(
        period=str(year),
        entered=f"{2030 - year}.5",
        vintage=VINTAGE,
        label=say("label"),
        source=say("source of a figure"),
        source_url=f"https://example.org/{say('address of a figure')}",
        note=say("note"),
    )
