"""The series behind items: those that name the address of an item as their source."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from evidence.models import Indicator, Observation
from evidence.values.reference import bare_address

# The page of an indicator, on this site or where it stood before.
_PAGE = re.compile(r"/indicators/([a-z0-9_-]+)$")


def series_behind(addresses: Mapping[str, str]) -> dict[str, list[Indicator]]:
    """By the names that come with the addresses; what has no series is left out."""
    by_source: dict[str, list[Indicator]] = defaultdict(list)
    by_slug = {}
    for indicator in Indicator.objects.all():
        by_slug[indicator.slug] = indicator
        if indicator.source_url:
            by_source[bare_address(indicator.source_url)].append(indicator)
    found = {}
    for name, address in addresses.items():
        bare = bare_address(address)
        page = _PAGE.search(bare)
        rows = list(by_source.get(bare, ()))
        if page and page[1] in by_slug:
            rows.append(by_slug[page[1]])
        if bare and rows:
            found[name] = rows
    return found


def figures_since(indicators: Iterable[int], moment: datetime) -> dict[int, list[Observation]]:
    """What came into the record after the moment, by the key of the indicator, in its order."""
    rows = Observation.objects.filter(indicator__in=set(indicators), recorded_at__gt=moment)
    found: dict[int, list[Observation]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.indicator_id].append(row)
    return found
