"""Two to five technologies side by side: levels, profile, windows, ranks, and the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS
from publishing.cards import (
    LevelScore,
    Window,
    field_of_card,
    level_score,
    opened_in,
    technology_url,
    window_of,
)
from publishing.charts.chart import Chart, Table
from publishing.charts.profile import Profiled, ProfileScore, profile_figure
from publishing.explanations import UNEXPLAINED, Reasons
from publishing.fields import Field
from publishing.figures.rank_rows import rank_axis
from publishing.figures.shapes import SHAPES, Shape, shape_sign
from publishing.figures.svg import NOTHING
from publishing.figures.windows import WindowRow, windows_drawing
from publishing.pages.compare.choice import LEAST, MOST, Choice, NameField, compare_url
from publishing.pages.compare.reasons import reasons_chart
from publishing.pages.compare.sentences import (
    counts_sentence,
    headline,
    levels_sentence,
    listed,
    not_ranked_sentence,
    pair_sentences,
    ranked_order,
)
from publishing.pages.published import Published
from publishing.pages.ranking import drawings_of
from publishing.results import Ranked, Ranking
from publishing.wording import counted, in_words, share_of_draws, verb
from scoring.inputs import age_class
from scoring.selectors import level_range

SUGGESTED = 4
TABLE_COLUMNS = ("Technology", "Dimension", "Level", "Certainty", "Bar from", "Bar to")


@dataclass(frozen=True)
class Compared:
    """A technology with the shape that stands for it all over the page."""

    name: str
    url: str
    sign: SafeString
    field: Field
    without_url: str


@dataclass(frozen=True)
class DimensionRow:
    name: str
    cells: tuple[tuple[Compared, LevelScore], ...]


@dataclass(frozen=True)
class TimingCell:
    of: Compared
    window: Window
    opened: int | None


@dataclass(frozen=True)
class StandingRow:
    of: Compared
    band: int
    drawing: SafeString
    expected: str
    interval: str
    top_10: str


@dataclass(frozen=True)
class Suggestion:
    words: str
    url: str


@dataclass(frozen=True)
class ComparePage:
    """Without `compared` it is the form that chooses, with what is wrong with the choice."""

    headline: str
    lede: str
    as_of: str
    choice: Choice
    fields: tuple[NameField, ...]
    names: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    compared: tuple[Compared, ...] = ()
    rows: tuple[DimensionRow, ...] = ()
    timing: tuple[TimingCell, ...] = ()
    profile: Chart | None = None
    windows: SafeString = NOTHING
    windows_sentence: str = ""
    axis: SafeString = NOTHING
    standing: tuple[StandingRow, ...] = ()
    pairs: tuple[str, ...] = ()
    reasons: Chart | None = None
    run_url: str = ""


@dataclass(frozen=True)
class _Chosen:
    """A card with the shape that it is drawn in."""

    card: PublishedCard
    shape: Shape
    shown: Compared

    @property
    def name(self) -> str:
        return self.shown.name


def compare_page(
    published: Published, choice: Choice, reasons: Reasons = UNEXPLAINED
) -> ComparePage:
    if not choice.is_complete:
        return _choosing(published, choice)
    ranking = published.ranking
    chosen = _chosen(published, choice)
    return ComparePage(
        headline=headline(choice.cards, ranking, reasons),
        lede=_lede(choice.cards, ranking),
        as_of=published.as_of,
        choice=choice,
        fields=_fields(choice),
        names=_names(published),
        suggestions=(),
        compared=tuple(each.shown for each in chosen),
        rows=_dimension_rows(chosen),
        timing=tuple(_timing(each) for each in chosen),
        profile=profile_chart(published, choice),
        windows=_windows(chosen, published),
        windows_sentence=_windows_sentence(chosen),
        axis=rank_axis(ranking.ranks) if ranking and ranking.ranked else NOTHING,
        standing=_standing(chosen, ranking),
        pairs=pair_sentences(choice.cards, ranking, reasons),
        reasons=reasons_chart(published, choice, reasons),
        run_url=reverse("scoring:run-detail", args=[ranking.run.id]) if ranking else "",
    )


def _choosing(published: Published, choice: Choice) -> ComparePage:
    return ComparePage(
        headline=f"Which {in_words(LEAST)} to {in_words(MOST)} technologies do you weigh up?",
        lede="",
        as_of=published.as_of,
        choice=choice,
        fields=_fields(choice),
        names=_names(published),
        suggestions=_suggestions(published),
    )


def _fields(choice: Choice) -> tuple[NameField, ...]:
    return (*choice.fields, *[NameField()] * (MOST - len(choice.fields)))


def _names(published: Published) -> tuple[str, ...]:
    names = (str(card.technology["name"]) for card in published.leads)
    return tuple(sorted(names, key=str.casefold))


def _suggestions(published: Published) -> tuple[Suggestion, ...]:
    """Neighbours in the ranking, whose order a visitor is likeliest to ask about."""
    ranked = published.ranking.ranked if published.ranking else ()
    pairs = list(pairwise(ranked))[:SUGGESTED]
    return tuple(
        Suggestion(f"{first.name} and {second.name}", compare_url([first.slug, second.slug]))
        for first, second in pairs
    )


def _chosen(published: Published, choice: Choice) -> list[_Chosen]:
    found = []
    for card, shape in zip(choice.cards, SHAPES, strict=False):
        others = [other.slug for other in choice.cards if other is not card]
        field = field_of_card(card, published.fields)
        shown = Compared(
            name=card.technology["name"],
            url=technology_url(card.slug),
            sign=shape_sign(shape, field.colour),
            field=field,
            without_url=compare_url(others) if len(others) >= LEAST else "",
        )
        found.append(_Chosen(card, shape, shown))
    return found


def _lede(cards: Sequence[PublishedCard], ranking: Ranking | None) -> str:
    why_not = not_ranked_sentence(cards, ranking)
    return why_not or counts_sentence(cards)


def _dimension_rows(chosen: Sequence[_Chosen]) -> tuple[DimensionRow, ...]:
    return tuple(
        DimensionRow(
            dimension.value.capitalize(),
            tuple(
                (each.shown, level_score(each.card.card["scores"], dimension.value))
                for each in chosen
            ),
        )
        for dimension in LEVEL_DIMENSIONS
    )


def _timing(each: _Chosen) -> TimingCell:
    return TimingCell(each.shown, window_of(each.card.card["scores"]), opened_in(each.card.body))


def profile_chart(published: Published, choice: Choice) -> Chart:
    """The levels of the chosen technologies with one standard deviation of their draws."""
    profiled, rows = [], []
    for card, shape in zip(choice.cards, SHAPES, strict=False):
        scores = tuple(
            _profile_score(card, level_score(card.card["scores"], dimension.value), published)
            for dimension in LEVEL_DIMENSIONS
        )
        name, colour = card.technology["name"], field_of_card(card, published.fields).colour
        profiled.append(Profiled(name, shape, colour, scores))
        rows += [
            _table_row(name, dimension.value, score)
            for dimension, score in zip(LEVEL_DIMENSIONS, scores, strict=True)
        ]
    drawing = profile_figure(profiled, [dimension.value for dimension in LEVEL_DIMENSIONS])
    return Chart(
        name="profile",
        heading="Profile: level in each dimension",
        sentence=levels_sentence(choice.cards),
        drawing=drawing,
        table=Table(TABLE_COLUMNS, tuple(rows)),
        caption=(
            "A mark is the level on the published card. Its bar reaches one standard deviation of"
            " the levels drawn for it to each side: the surer the analyst, the shorter."
        ),
        csv_url=f"{reverse('publishing:compare-csv')}?{choice.query}",
    )


def _profile_score(card: PublishedCard, score: LevelScore, published: Published) -> ProfileScore:
    if not score.level:
        return ProfileScore(words=score.unscored_reason)
    age = age_class(said_on=card.as_of, today=published.today)
    place, low, high = level_range(
        score.level, score.level_to or None, score.certainty or None, age
    )
    return ProfileScore(f"{score.printed}, {score.words}", score.certainty, place, low, high)


def _table_row(name: str, dimension: str, score: ProfileScore) -> tuple[str | float | None, ...]:
    if score.position is None:
        return (name, dimension, score.words, None, None, None)
    level = score.words.partition(",")[0]
    return (name, dimension, level, score.certainty, round(score.low, 2), round(score.high, 2))


def _windows(chosen: Sequence[_Chosen], published: Published) -> SafeString:
    rows = []
    for each in chosen:
        window, opened = window_of(each.card.card["scores"]), opened_in(each.card.body)
        rows.append(
            WindowRow(
                name=each.name,
                shape=each.shape,
                field=each.shown.field,
                words=window.printed,
                certainty="" if opened else window.certainty,
                year_from=window.year_from,
                year_to=window.year_to,
                opened=opened,
            )
        )
    return windows_drawing(rows, today=published.today, words=_windows_sentence(chosen))


def _windows_sentence(chosen: Sequence[_Chosen]) -> str:
    """Who is open, who opens first by the middle of the window, and who says nothing."""
    facts = [(each.name, _timing(each)) for each in chosen]
    opened = [name for name, cell in facts if cell.opened]
    dated = [
        (cell.window.middle, name, cell.window.printed)
        for name, cell in facts
        if not cell.opened and cell.window.middle is not None
    ]
    unknown = len(facts) - len(opened) - len(dated)
    words = []
    if opened:
        be = verb(opened[0], "is", "are") if len(opened) == 1 else "are"
        words.append(f"{listed(opened)} {be} open by the record.")
    if dated:
        _, name, printed = min(dated)
        order = "Next is" if opened else "The earliest window is that of"
        words.append(f"{order} {name}, {printed}.")
    if unknown:
        words.append(f"For {counted(unknown, 'technology', 'technologies')} no window is stated.")
    return " ".join(words)


def _standing(chosen: Sequence[_Chosen], ranking: Ranking | None) -> tuple[StandingRow, ...]:
    if ranking is None:
        return ()
    drawings = drawings_of(ranking)
    by_slug = {each.card.slug: each for each in chosen}
    rows = []
    for card in ranked_order([each.card for each in chosen], ranking):
        row = ranking.row(card.slug)
        if row is not None:
            rows.append(_standing_row(by_slug[card.slug], row, drawings[card.slug]))
    return tuple(rows)


def _standing_row(each: _Chosen, row: Ranked, drawn: SafeString) -> StandingRow:
    return StandingRow(
        of=each.shown,
        band=row.band,
        drawing=drawn,
        expected=f"{row.expected_rank:.1f}",
        interval=f"{row.rank_low}–{row.rank_high}",
        top_10=share_of_draws(row.p_top_10),
    )
