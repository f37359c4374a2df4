"""What puts the first of those that are compared ahead of, or behind, each of the others."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from django.urls import reverse

from assessments.selectors import PublishedCard
from publishing.cards import field_of_card
from publishing.charts.chart import Cell, Chart, Table
from publishing.charts.parts import Against, parts_figure
from publishing.explanations import Reasons
from publishing.figures.shapes import SHAPES, Shape
from publishing.pages.compare.choice import Choice
from publishing.pages.compare.sentences import ranked_order
from publishing.pages.published import Published
from publishing.wording import share_of_draws, verb
from scoring.services.explanations import PairContrast

COLUMNS = (
    *("Technology", "Against", "Dimension", "Part, points", "Standard error"),
    *("Decides, % of draws", "Ahead, % of draws"),
)
POINTS = 100


def reasons_chart(published: Published, choice: Choice, reasons: Reasons) -> Chart | None:
    """None where fewer than two are ranked, or where the run cannot be taken apart."""
    ordered = ranked_order(choice.cards, published.ranking)
    pairs = [
        (one, other, row)
        for one, other in combinations(ordered, 2)
        if (row := reasons.of(one.slug, other.slug))
    ]
    if not pairs:
        return None
    first = ordered[0]
    shapes = dict(zip((card.slug for card in choice.cards), SHAPES, strict=False))
    others = [
        _against(other, row, shapes[other.slug], published)
        for one, other, row in pairs
        if one is first
    ]
    dimensions = list(pairs[0][2].parts)
    name = _name(first)
    return Chart(
        name="reasons",
        heading=f"What puts {name} ahead or behind, in points of worth",
        sentence=_sentence(pairs[0], len(ordered)),
        drawing=parts_figure(name, others, dimensions),
        table=Table(COLUMNS, tuple(line for pair in pairs for line in _rows(*pair))),
        caption=(
            "A technology is worth 0 points on level 1 everywhere and 100 on level 5. A bar is the"
            " mean over draws of weight times difference in value; the bars of a pair add up to the"
            " mean difference of their worths. The table holds every pair."
        ),
        csv_url=f"{reverse('publishing:compare-reasons-csv')}?{choice.query}",
    )


def _name(card: PublishedCard) -> str:
    return str(card.technology["name"])


def _against(card: PublishedCard, row: PairContrast, shape: Shape, published: Published) -> Against:
    return Against(
        name=_name(card),
        shape=shape,
        colour=field_of_card(card, published.fields).colour,
        parts=tuple(POINTS * part for part in row.parts.values()),
        decides=tuple(share_of_draws(share) for share in row.decides.values()),
    )


def _sentence(pair: tuple[PublishedCard, PublishedCard, PairContrast], count: int) -> str:
    """What speaks most for the first of a pair, what for the other, and how often it decides."""
    first, other, row = pair
    best, worst = _furthest(row.parts, 1), _furthest(row.parts, -1)
    words = "" if count == 2 else f"Against {_name(other)}: "
    if not best:
        return f"{words}no dimension speaks for {_name(first)}."
    words += f"{best} {verb(best, 'speaks', 'speak')} most for {_name(first)}"
    words += f" and {verb(best, 'decides', 'decide')} {share_of_draws(row.decides[best])}"
    words += " of 100 draws"
    if not worst:
        return _opened(f"{words}; nothing speaks for {_name(other)}.")
    return _opened(f"{words}; {worst} {verb(worst, 'speaks', 'speak')} for {_name(other)}.")


def _opened(words: str) -> str:
    return words[:1].upper() + words[1:]


def _furthest(parts: Mapping[str, float], sign: int) -> str:
    """The dimension that speaks most for one side; empty where none reaches a tenth of a point."""
    name = max(parts, key=lambda key: sign * parts[key])
    return name if sign * parts[name] * POINTS >= 0.1 else ""


def _rows(
    one: PublishedCard, other: PublishedCard, row: PairContrast
) -> Sequence[tuple[Cell, ...]]:
    return [
        (
            _name(one),
            _name(other),
            dimension,
            round(POINTS * part, 2),
            round(POINTS * row.parts_se[dimension], 2),
            round(POINTS * row.decides[dimension], 1),
            round(POINTS * row.share_ahead, 1),
        )
        for dimension, part in row.parts.items()
    ]
