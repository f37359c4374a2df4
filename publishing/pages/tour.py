"""Ten minutes through what the product has: stops that are ordinary links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.management import get_commands
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role, has_role
from publishing.pages.published import Published, day_words

BLIND = "neuromorphic-computing"
COMPARED = (BLIND, "photonic-computing", "analog-in-memory-computing")
FILES = "export_map"
# Nobody is named who measures it, and that it was the assistants no series shows.
LOOSE = (
    "By the end of 2030, AI assistants will have lifted output per hour worked across the OECD by"
    " 20 % over its level of 2022"
)
FORECAST_ON = "large-language-models"


@dataclass(frozen=True)
class Stop:
    """`address` is the page's own, `url` the one that keeps the tour going; `role` is what
    opening it takes, None for anybody."""

    number: int
    title: str
    look_for: str
    address: str
    role: Role | None

    @property
    def url(self) -> str:
        return f"{self.address}{'&' if '?' in self.address else '?'}tour={self.number}"


@dataclass(frozen=True)
class Strip:
    """What a page says that was come to by the tour; `next` is None at the last stop."""

    stop: Stop
    of: int
    next: Stop | None


@dataclass(frozen=True)
class StopView:
    stop: Stop
    is_open: bool


@dataclass(frozen=True)
class TourPage:
    stops: tuple[StopView, ...]
    has_files: bool


def tour_page(published: Published, viewer: Any) -> TourPage:
    views = (
        StopView(stop, is_open=stop.role is None or has_role(viewer, stop.role))
        for stop in tour_stops(published)
    )
    return TourPage(tuple(views), has_files=FILES in get_commands())


def strip_at(wanted: str, published: Published) -> Strip | None:
    """The strip of the stop of that number, None for what is no number of a stop."""
    stops = tour_stops(published)
    place = next((i for i, stop in enumerate(stops) if str(stop.number) == wanted), None)
    if place is None:
        return None
    return Strip(stops[place], len(stops), stops[place + 1] if place + 1 < len(stops) else None)


def tour_stops(published: Published) -> tuple[Stop, ...]:
    """The stops whose pages this installation has, in their order."""
    stops: list[Stop] = []
    for route, query, title, look_for, role in _wanted(published):
        try:
            address = reverse(route)
        except NoReverseMatch:  # A page that is not there is no stop.
            continue
        address += f"?{urlencode(query)}" if query else ""
        stops.append(Stop(len(stops) + 1, title, look_for, address, role))
    return tuple(stops)


Wanted = tuple[str, Sequence[tuple[str, str]], str, str, Role | None]


def _wanted(published: Published) -> Iterator[Wanted]:
    yield (
        "publishing:map",
        (),
        "The map, and one sentence",
        (
            "Read the sentence above the map first. Each bar is the window in which a market should"
            " open; its ring says how sure the analyst is of the years."
        ),
        None,
    )
    blind = published.lead(BLIND)
    name = blind.technology["name"] if blind else "a technology"
    yield (
        "assessments:sketch-create",
        [("technology", BLIND)] if blind else (),
        f"Score {name[:1].lower() + name[1:]} blind",
        (
            "Six keys and one sentence, in about 90 seconds. What the team wrote stays hidden until"
            " yours is kept; then the two stand side by side."
        ),
        Role.ANALYST,
    )
    yield (
        "publishing:sketch-list",
        (),
        "Your ranking beside the team’s",
        "See what your view moves. Nobody outside the team sees sketches.",
        Role.ANALYST,
    )
    yield (
        "publishing:ranking-detail",
        (),
        "The ranking that readers get",
        (
            "It comes in bands: inside one, the order is open. The line in each row holds 90 of 100"
            " draws."
        ),
        None,
    )
    yield from _compared(published)
    past = published.today.replace(year=published.today.year - 1, day=1)
    yield (
        "publishing:map",
        [("as_of", past.isoformat())],
        "The map of a year ago",
        (
            f"What the record said about {day_words(past)}. A revision adds to the record and"
            " takes nothing away, so each date can be shown again."
        ),
        None,
    )
    yield (
        "publishing:prediction-list",
        (),
        "What can turn out wrong",
        (
            "Each prediction has a deadline and a rule by which it is resolved. Below them: the"
            " chance that each market is open by the end of 2030."
        ),
        None,
    )
    yield (
        "assessments:prediction-create",
        [("technology", FORECAST_ON)] * bool(published.lead(FORECAST_ON)) + [("sentence", LOOSE)],
        "A sentence that nobody could mark",
        (
            "The form says what is loose in it: nobody is named who measures it, and no series"
            " shows the cause. It offers two questions in its place. Fill the form with the figure,"
            " and the sentence is written anew from its parts."
        ),
        Role.ANALYST,
    )
    yield (
        "assessments:backlog-paste",
        (),
        "Paste a list of your own",
        (
            "One name a line. Each becomes a technology that waits to be sketched; readers see"
            " none of it."
        ),
        Role.ANALYST,
    )


def _compared(published: Published) -> Iterator[Wanted]:
    known = [slug for slug in COMPARED if published.lead(slug)]
    slugs = known if len(known) > 1 else [card.slug for card in published.judged[:3]]
    if len(slugs) > 1:
        yield (
            "publishing:compare",
            [("t", slug) for slug in slugs],
            "Side by side",
            "Dimension by dimension, and in words by which of them one is ahead.",
            None,
        )
