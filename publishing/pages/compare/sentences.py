"""What a comparison finds, in fixed patterns with one verb a class."""

from collections.abc import Sequence
from itertools import combinations

from assessments.selectors import PublishedCard
from publishing.explanations import UNEXPLAINED, Reasons, share_between
from publishing.pages.compare.gaps import gaps, widest
from publishing.results import Ranked, Ranking
from publishing.wording import counted, in_words, share_of_draws, verb
from scoring.selectors import pairwise_word


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def headline(
    cards: Sequence[PublishedCard], ranking: Ranking | None, reasons: Reasons = UNEXPLAINED
) -> str:
    """About the order where all are ranked, about their levels where one is not."""
    ordered = ranked_order(cards, ranking)
    if ranking is None or len(ordered) < len(cards):
        return levels_sentence(cards)
    if len(ordered) == 2:
        return pair_sentence(ordered[0], ordered[1], ranking, reasons)
    return _among_many(ordered, ranking)


def ranked_order(
    cards: Sequence[PublishedCard], ranking: Ranking | None
) -> tuple[PublishedCard, ...]:
    """Those that are ranked, by their expected rank."""
    if ranking is None:
        return ()
    places = {row.slug: place for place, row in enumerate(ranking.ranked)}
    found = [card for card in cards if card.slug in places]
    return tuple(sorted(found, key=lambda card: places[card.slug]))


def levels_sentence(cards: Sequence[PublishedCard]) -> str:
    most = widest(cards)
    if most is None:
        return "No dimension has a level on more than one of these cards."
    if not most.steps:
        return f"The {in_words(len(cards))} stand on the same level wherever they are scored."
    high, low = most.levels
    names = f"{_name(most.highest)} {verb(_name(most.highest), 'has', 'have')} {high}"
    return f"They differ most in {most.dimension}: {names}, {_name(most.lowest)} {low}."


def counts_sentence(cards: Sequence[PublishedCard]) -> str:
    """In how many dimensions each of two stands higher; the widest gap among more."""
    if len(cards) != 2:
        return levels_sentence(cards)
    first, second = cards
    steps = [gap.steps for gap in gaps(first, second)]
    if not any(steps):
        return levels_sentence(cards)
    above, below = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    has = verb(_name(first), "has", "have")
    words = f"{_name(first)} {has} the higher level in {counted(above, 'dimension')},"
    words += f" {_name(second)} in {_none_or(below)}"
    equal = len(steps) - above - below
    return f"{words}; in {_none_or(equal)} they are equal." if equal else f"{words}."


def _none_or(count: int) -> str:
    return in_words(count) if count else "none"


def pair_sentence(
    first: PublishedCard, second: PublishedCard, ranking: Ranking, reasons: Reasons
) -> str:
    """One verb a class; a share is of draws and printed of 100."""
    share = share_between(ranking, reasons, first.slug, second.slug)
    if share is None:
        return (
            f"{_name(first)} has the better expected rank of the two; of so many technologies only"
            " neighbours are compared draw by draw."
        )
    if share < 0.5:
        first, second, share = second, first, 1 - share
    word, this, other = pairwise_word(share), _name(first), _name(second)
    be, draws = verb(this, "is", "are"), f"{share_of_draws(share)} of 100 draws"
    if word == "level":
        return f"{this} and {other} are level: {this} {be} ahead in {draws}."
    by = reasons.mostly(first.slug, second.slug)
    return f"{this} {be} {word} of {other} in {draws}{f', mostly by {by}' if by else ''}."


def pair_sentences(
    cards: Sequence[PublishedCard], ranking: Ranking | None, reasons: Reasons
) -> tuple[str, ...]:
    """Each against each; of two alone the headline says it."""
    ordered = ranked_order(cards, ranking)
    if ranking is None or len(ordered) == len(cards) == 2:
        return ()
    return tuple(
        pair_sentence(first, second, ranking, reasons) for first, second in combinations(ordered, 2)
    )


def _among_many(ordered: Sequence[PublishedCard], ranking: Ranking) -> str:
    leader, others = ordered[0], ordered[1:]
    name, be = _name(leader), verb(_name(leader), "is", "are")
    found = {card.slug: ranking.share_ahead(leader.slug, card.slug) for card in others}
    shares = {slug: share for slug, share in found.items() if share is not None}
    if len(shares) < len(others):
        has = verb(name, "has", "have")
        return (
            f"{name} {has} the best expected rank; of so many technologies only neighbours are"
            " compared draw by draw."
        )
    behind = [card for card in others if pairwise_word(shares[card.slug]) == "ahead"]
    open_ = [card for card in others if card not in behind]
    if not open_:
        least = share_of_draws(min(shares.values())).removeprefix(">")
        rest = f"the other {in_words(len(others))}"
        return f"{name} {be} ahead of {rest}, in at least {least} of 100 draws."
    against = listed([_name(card) for card in open_])
    if behind:
        ahead_of = listed([_name(card) for card in behind])
        return f"{name} {be} ahead of {ahead_of}; against {against} the order is open."
    has = verb(name, "has", "have")
    return f"{name} {has} the best expected rank, but the order against {against} is open."


def not_ranked_sentence(cards: Sequence[PublishedCard], ranking: Ranking | None) -> str:
    """Why the order of some of them is not known; empty where all are ranked."""
    if ranking is None:
        return "No ranking has been computed yet, so their order is not known."
    found = [(_name(card), ranking.row(card.slug)) for card in cards]
    reasons = [
        f"{name} {verb(name, 'is', 'are')} not ranked: {_reason(row)}."
        for name, row in found
        if not _is_ranked(row)
    ]
    return " ".join(reasons)


def _is_ranked(row: Ranked | None) -> bool:
    return row is not None and row.is_ranked


def _reason(row: Ranked | None) -> str:
    return row.not_ranked_because if row else "the last ranking does not hold it"


def _name(card: PublishedCard) -> str:
    return str(card.technology["name"])
