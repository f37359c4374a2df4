"""How far the people agree who published cards of the same technology."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS
from publishing.cards import LevelScore, level_score
from publishing.pages.compare.gaps import place_of
from publishing.pages.published import Published
from publishing.wording import counted
from scoring.selectors import FEWEST_UNITS, WIDE, Agreement, agreement


@dataclass(frozen=True)
class WideGap:
    """Two published scores of one dimension that are two levels apart or more."""

    card: PublishedCard
    dimension: str
    words: str
    levels: float
    revisions: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Agreed:
    """Of one technology: `sentence` counts the pairs of scores, `gaps` are the wide ones."""

    sentence: str
    gaps: tuple[WideGap, ...]


@dataclass(frozen=True)
class AgreementRow:
    dimension: str
    found: Agreement

    @property
    def alpha(self) -> str:
        return "" if self.found.alpha is None else f"{self.found.alpha:.2f}"


@dataclass(frozen=True)
class AgreementTable:
    """Over all technologies that two or more people scored."""

    sentence: str
    rows: tuple[AgreementRow, ...]
    fewest: int = FEWEST_UNITS

    @property
    def has_alpha(self) -> bool:
        return any(row.alpha for row in self.rows)


def agreed_on(slug: str, published: Published) -> Agreed | None:
    """None where fewer than two cards of the technology are published."""
    cards = _cards(slug, published)
    if len(cards) < 2:
        return None
    units = [_places(cards, dimension.value) for dimension in LEVEL_DIMENSIONS]
    return Agreed(counts_words(agreement(units)), tuple(_wide(cards)))


def agreement_table(published: Published) -> AgreementTable:
    """In the order of the dimensions, all of them together last."""
    doubled = [_cards(slug, published) for slug in sorted(published.opinions)]
    units = {
        dimension.value: [_places(cards, dimension.value) for cards in doubled]
        for dimension in LEVEL_DIMENSIONS
    }
    rows = tuple(AgreementRow(name, agreement(found)) for name, found in units.items())
    whole = agreement([unit for found in units.values() for unit in found])
    count = sum(len(cards) > 1 for cards in doubled)
    if not whole.pairs:
        return AgreementTable("No technology has two published cards yet.", ())
    has = "has" if count == 1 else "have"
    sentence = f"{counted(count, 'technology', 'technologies').capitalize()} {has} published cards"
    return AgreementTable(f"{sentence} by two people or more: {_lower(counts_words(whole))}", rows)


def wide_gaps(published: Published) -> list[WideGap]:
    """The widest first, then by technology."""
    found = [gap for slug in sorted(published.opinions) for gap in _wide(_cards(slug, published))]
    return sorted(found, key=lambda gap: -gap.levels)


def _cards(slug: str, published: Published) -> Sequence[PublishedCard]:
    """The lead card first; without one readers see none of the technology."""
    lead = published.lead(slug)
    return (lead, *published.opinions.get(slug, ())) if lead else ()


def _places(cards: Sequence[PublishedCard], dimension: str) -> list[float]:
    scores = [level_score(card.card["scores"], dimension) for card in cards]
    return [place_of(score) for score in scores if score.level]


def _wide(cards: Sequence[PublishedCard]) -> list[WideGap]:
    found = []
    for dimension in LEVEL_DIMENSIONS:
        for one, other in combinations(cards, 2):
            first = level_score(one.card["scores"], dimension.value)
            second = level_score(other.card["scores"], dimension.value)
            if first.level and second.level:
                apart = abs(place_of(first) - place_of(second))
                if apart >= WIDE:
                    words = _said(first, one, second, other)
                    spoken = frozenset({one.revision_id, other.revision_id})
                    found.append(WideGap(cards[0], dimension.value, words, apart, spoken))
    return found


def _said(first: LevelScore, one: PublishedCard, second: LevelScore, other: PublishedCard) -> str:
    return f"{first.printed} by {one.author}, {second.printed} by {other.author}"


def counts_words(found: Agreement) -> str:
    """Same level 3 of 5, within one 4 of 5."""
    if not found.pairs:
        return "No dimension has two levels to compare."
    of = f"{found.pairs}"
    return f"Same level {found.same} of {of}, within one {found.within_one} of {of}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
