"""The chart of a technology's levels by date, from its published revisions."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.urls import reverse

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS
from publishing.cards import LevelScore, level_score
from publishing.charts.chart import Cell, Chart, Table
from publishing.charts.score_history import LevelsOnDays, LevelThen, score_history_figure
from publishing.pages.published import month_words
from publishing.pages.technology.history import once_each
from publishing.wording import opening_words
from scoring.selectors import level_range

COLUMNS = ("Speaks of", "Published on", "Series")


def score_history(
    card: PublishedCard, publications: Sequence[PublishedCard], *, today: date
) -> Chart | None:
    """None while fewer than two revisions of the lead card have been published."""
    revisions = _revisions(card, publications)
    if len(revisions) < 2:
        return None
    until = max(today, revisions[-1].as_of)
    rows = [_levels(revisions, dimension.value, until) for dimension in LEVEL_DIMENSIONS]
    breaks = [after.as_of for before, after in pairwise(revisions) if _is_break(before, after)]
    drawing = score_history_figure(rows, breaks=breaks, first=revisions[0].as_of, last=until)
    return Chart(
        name="score-history",
        heading="Score history: level by date, in each dimension",
        sentence=_sentence(revisions),
        drawing=drawing,
        table=_table(revisions),
        caption=(
            "A mark is a published revision, at the date it speaks of; its bar reaches one standard"
            " deviation of the levels drawn for it to each side. A level stands until the next."
        ),
        csv_url=reverse("publishing:technology-history-csv", args=[card.slug]),
    )


def _revisions(
    card: PublishedCard, publications: Sequence[PublishedCard]
) -> tuple[PublishedCard, ...]:
    """Those of the lead card, by the date they speak of; of one date the last published."""
    own = [row for row in once_each(publications) if row.card_id == card.card_id]
    by_date = {row.as_of: row for row in sorted(own, key=lambda row: row.seq)}
    return tuple(by_date[day] for day in sorted(by_date))


def _is_break(before: PublishedCard, after: PublishedCard) -> bool:
    return bool(before.card["series"] != after.card["series"])


def _levels(revisions: Sequence[PublishedCard], dimension: str, until: date) -> LevelsOnDays:
    stretches: list[tuple[tuple[LevelThen, ...], date]] = []
    here: list[LevelThen] = []
    before: PublishedCard | None = None
    for revision in revisions:
        score = level_score(revision.card["scores"], dimension)
        is_broken = before is not None and _is_break(before, revision)
        if here and (is_broken or not score.level):
            stretches.append((tuple(here), revision.as_of))
            here = []
        if score.level:
            here.append(_level_then(score, revision.as_of))
        before = revision
    if here:
        stretches.append((tuple(here), until))
    return LevelsOnDays(dimension, tuple(stretches))


def _level_then(score: LevelScore, day: date) -> LevelThen:
    place, low, high = level_range(score.level, score.level_to or None, score.certainty or None)
    return LevelThen(day, score.printed, score.certainty, place, low, high)


def _sentence(revisions: Sequence[PublishedCard]) -> str:
    """What moved since the last change of series, first to last."""
    start = 0
    for place, (before, after) in enumerate(pairwise(revisions), start=1):
        start = place if _is_break(before, after) else start
    first, last = revisions[start], revisions[-1]
    words = ""
    if start:
        words = f"Another series begins in {month_words(first.as_of)}, so what is before it"
        words += " is not compared. "
    if first is last:
        return words + "Since then one revision has been published."
    moved = [
        f"{dimension.value} from {old.printed or 'not scored'} to {new.printed or 'not scored'}"
        for dimension in LEVEL_DIMENSIONS
        if (old := level_score(first.card["scores"], dimension.value)).printed
        != (new := level_score(last.card["scores"], dimension.value)).printed
    ]
    since = f"{month_words(first.as_of)} and {month_words(last.as_of)}"
    if not moved:
        return f"{words}No level differs between {since}."
    count = "One level differs" if len(moved) == 1 else f"{opening_words(len(moved))} levels differ"
    return f"{words}{count} between {since}: {', '.join(moved)}."


def _table(revisions: Sequence[PublishedCard]) -> Table:
    names = [dimension.value for dimension in LEVEL_DIMENSIONS]
    columns = [*COLUMNS, *(part for name in names for part in (name.capitalize(), "Certainty"))]
    rows: list[tuple[Cell, ...]] = []
    for revision in reversed(revisions):
        cells: list[Cell] = [revision.as_of.isoformat(), revision.at.date().isoformat()]
        cells.append(revision.card["series"])
        for name in names:
            score = level_score(revision.card["scores"], name)
            cells += [score.printed or score.unscored_reason, score.certainty or None]
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows))
