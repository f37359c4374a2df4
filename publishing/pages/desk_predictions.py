"""What waits at the desk because of predictions: forecasts, answers, stepping stones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from assessments.predictions import ForecastRecord, PredictionRecord
from publishing.pages.desk_rows import DeskRow, DeskSection, section
from publishing.pages.prediction.page import prediction_url
from publishing.pages.published import Published, day_words
from publishing.wording import counted
from scoring.resolution_states import Standing, State, people_behind, standing_proposal
from scoring.selectors import HALF_LIFE_SHARE

DUE_WITHIN = timedelta(days=90)
# Under a prediction that is due sooner a stepping stone would teach nothing in time.
STONES_WITHIN_DAYS = 548


@dataclass(frozen=True)
class Foretold:
    """The predictions that the person sees, how each stands, and what the person forecast on them,
    by key. Only who `is_editor` can confirm an answer."""

    at: datetime
    person_id: int = 0
    is_editor: bool = False
    records: Sequence[PredictionRecord] = ()
    states: Mapping[str, State] = field(default_factory=dict)
    own: Mapping[str, Sequence[ForecastRecord]] = field(default_factory=dict)

    @property
    def standing(self) -> Iterator[tuple[PredictionRecord, State]]:
        """Those that readers see and nobody has resolved."""
        for record in self.records:
            state = self.states[record.key]
            if record.is_public and not state.is_closed:
                yield record, state


def own_sections(foretold: Foretold) -> tuple[DeskSection, ...]:
    """What waits for the person alone."""
    return _to_confirm(foretold), _stale(foretold), _without_stones(foretold)


def _to_confirm(foretold: Foretold) -> DeskSection:
    found = [
        (record, state)
        for record, state in foretold.standing
        if state.standing == Standing.PROPOSED and _may_confirm(foretold, state)
    ]
    found.sort(key=lambda one: one[1].events[-1].at)
    caption = "Proposed by somebody else or by a figure; the longest proposed first."
    return section(("Answers that you may confirm", caption), found, _confirmable)


def _may_confirm(foretold: Foretold, state: State) -> bool:
    behind = people_behind(standing_proposal(state.events))
    return foretold.is_editor and foretold.person_id not in behind


def _confirmable(one: tuple[PredictionRecord, State]) -> DeskRow:
    record, state = one
    by = state.proposal.by if state.proposal and state.proposal.by else "the deciding figure"
    return DeskRow(
        name=record.technology_name,
        url=reverse("scoring:resolution-edit", args=[record.key]),
        words="Confirm or refuse it",
        what=record.statement,
        tag=f"{state.outcome}, by {by}",
    )


def _stale(foretold: Foretold) -> DeskSection:
    found = [
        (record, stale)
        for record, state in foretold.standing
        if state.standing == Standing.OPEN
        and (stale := _stale_words(record, foretold.own.get(record.key, ()), foretold.at))
    ]
    caption = (
        "Expired, or older than a third of the question’s life: such a forecast has lost half of"
        " its weight."
    )
    return section(("Forecasts gone stale", caption), found, _stale_row)


def _stale_words(
    record: PredictionRecord, own: Sequence[ForecastRecord], at: datetime
) -> str | None:
    """Why the last forecast no longer speaks; None where it does, or where there is none."""
    if not own or own[-1].is_withdrawal or at >= record.closes_at:
        return None
    last = own[-1]
    if not last.stands_at(at):
        return f"expired {day_words(last.expires_on)}" if last.expires_on else None
    life = record.closes_at - record.made_at
    if at - last.made_at > life * HALF_LIFE_SHARE:
        return f"said {day_words(last.made_at.date())}"
    return None


def _stale_row(one: tuple[PredictionRecord, str]) -> DeskRow:
    record, words = one
    return DeskRow(
        name=record.technology_name,
        url=reverse("assessments:forecast-create", args=[record.key]),
        words="Forecast again",
        what=record.statement,
        tag=words,
    )


def _without_stones(foretold: Foretold) -> DeskSection:
    last = (foretold.at + timedelta(days=STONES_WITHIN_DAYS)).date()
    found = [
        record
        for record, state in foretold.standing
        if state.standing == Standing.OPEN
        and record.author_id == foretold.person_id
        and record.parent_key is None
        and not record.stones
        and record.deadline > last
    ]
    caption = "Of your own predictions: without one, nothing is learnt before the deadline."
    return section(("Stepping stones missing", caption), found, _stoneless)


def _stoneless(record: PredictionRecord) -> DeskRow:
    asked = urlencode({"technology": record.technology_slug, "parent": record.key})
    return DeskRow(
        name=record.technology_name,
        url=f"{reverse('assessments:prediction-create')}?{asked}",
        words="Add a stepping stone",
        what=record.statement,
        tag=f"due {day_words(record.deadline)}",
    )


def due_section(foretold: Foretold, published: Published) -> DeskSection:
    """Overdue ones first; then what is due soon, and what cards word and nobody can resolve."""
    rows = sorted([*_due(foretold, published.today), *_worded(published)], key=_due_order)
    caption = "Those that can be read or have a deadline within 90 days, the oldest first."
    empty = "No published prediction is due."
    return section(("Predictions due", caption), rows, lambda one: one[2], empty=empty)


Due = tuple[date, str, DeskRow]


def _due_order(one: Due) -> tuple[date, str]:
    return one[0], one[1]


def _due(foretold: Foretold, today: date) -> Iterator[Due]:
    for record, state in foretold.standing:
        if state.standing == Standing.DUE:
            yield state.reads_on, record.key, _answerable(record, state, foretold)
        elif state.standing == Standing.OPEN and record.deadline <= today + DUE_WITHIN:
            tag = f"deadline {day_words(record.deadline)}"
            yield record.deadline, record.key, _looked_at(record, tag)


def _answerable(record: PredictionRecord, state: State, foretold: Foretold) -> DeskRow:
    """Editors answer; others of the team look at it."""
    tag = f"{counted(state.days_overdue, 'day')} overdue"
    row = _looked_at(record, tag if state.days_overdue else "can be read since today")
    if not foretold.is_editor:
        return row
    address = reverse("scoring:resolution-edit", args=[record.key])
    return replace(row, url=address, words="Answer it")


def _looked_at(record: PredictionRecord, tag: str) -> DeskRow:
    return DeskRow(
        name=record.technology_name,
        url=prediction_url(record.key),
        words="Look at it",
        what=record.statement,
        tag=tag,
    )


def _worded(published: Published) -> Iterator[Due]:
    last = published.today + DUE_WITHIN
    for card in published.cards:
        for row in card.card["predictions"]:
            deadline = date.fromisoformat(row["deadline"]) if row["deadline"] else None
            if deadline is None or deadline > last or row["later_status"]:
                continue
            verb = "was due" if deadline < published.today else "due"
            words = row["statement"] or row["metric"] or ""
            yield (
                deadline,
                card.slug,
                DeskRow(
                    name=card.technology["name"],
                    url=reverse("publishing:technology-detail", args=[card.slug]),
                    words="Look at it",
                    what=words,
                    tag=f"{verb} {day_words(deadline)}",
                ),
            )
