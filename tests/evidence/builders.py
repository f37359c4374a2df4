"""Small indicators and figures."""

from datetime import date
from typing import Any

from accounts.models import User
from evidence.models import Indicator
from evidence.services import create_indicator, record_observations
from evidence.values import IndicatorFacts, Observed

VINTAGE = date(2025, 3, 1)


def person(username: str = "anna", role: str = "analyst") -> User:
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(username=username, password=None, role=role)


def facts(slug: str = "module-price", **changes: Any) -> IndicatorFacts:
    given = {
        "name": f"Price of {slug}",
        "unit": "USD per watt",
        "progress": "down",
        "kind": "cost",
        "publisher": "The bureau of prices",
    }
    return IndicatorFacts(slug=slug, **(given | changes))


def row(period: str, entered: str, vintage: date = VINTAGE, **changes: Any) -> Observed:
    return Observed(period=period, entered=entered, vintage=vintage, **changes)


def indicator(slug: str = "module-price", *rows: Observed, **changes: Any) -> Indicator:
    """An indicator with these figures."""
    made = create_indicator(facts=facts(slug, **changes), by=person())
    if rows:
        record_observations(indicator=made, observed=rows, by=person())
    return made
