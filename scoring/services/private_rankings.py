"""What the ranking would be if cards counted that readers do not see. Nothing is stored."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from numpy import generic
from numpy.typing import NDArray

from record.clock import today
from scoring.engine import smaa
from scoring.engine.lenses import lens_values
from scoring.inputs import ScoredCard, ranking_values
from scoring.selectors import DEFAULT_LENS, RANKING_DRAWS, SEED, edition_of, known_lens
from scoring.services.computations import headline_of, ranked
from scoring.services.repeats import unheard

MANY = 150
FEW_DRAWS = 2_048


@dataclass(frozen=True, eq=False)
class PrivateRanking:
    draws: int
    as_of: datetime.date
    headline: dict[str, Any]
    arrays: dict[str, NDArray[generic]]


def rank_privately(*, published: Iterable[ScoredCard], own: Iterable[ScoredCard]) -> PrivateRanking:
    """The ranking as if the team's own cards were published beside the others.

    Up to MANY technologies it takes the draws of the published ranking, seed and all, so that
    what differs comes from the cards alone; beyond that fewer, for somebody waits for it.
    """
    cards: list[ScoredCard] = [*published, *own]
    draws = RANKING_DRAWS if len({card.slug for card in cards}) <= MANY else FEW_DRAWS
    values = ranking_values(
        cards,
        as_of=today(),
        lens=lens_values(known_lens(DEFAULT_LENS)),
        draws=draws,
        tables=edition_of(as_of=today(), known_on=None),
    )
    result = ranked(values, seed=SEED, report=unheard)
    return PrivateRanking(
        draws=draws,
        as_of=today(),
        headline=headline_of(result, values),
        arrays=smaa.named_arrays(result),
    )
