from evidence.values.facts import IndicatorFacts, check_facts
from evidence.values.observed import Fault, Observed, check_observed
from evidence.values.periods import (
    decimal_year,
    first_day,
    last_day,
    parse_period,
    time_of_deadline,
    time_of_period,
)

__all__ = [
    "Fault",
    "IndicatorFacts",
    "Observed",
    "check_facts",
    "check_observed",
    "decimal_year",
    "first_day",
    "last_day",
    "parse_period",
    "time_of_deadline",
    "time_of_period",
]
