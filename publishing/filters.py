"""What the published lists may be asked for: one FilterSet a list, for page, API and export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from assessments.models import Citation
from assessments.selectors import PublishedCard
from assessments.values.prediction import Kind
from assessments.values.scale import Certainty, Detail, RatingValue, Role, WindowWord, window_word
from evidence.facets import Counted
from evidence.filters import ItemFilters
from intake.errors import IntakeError
from publishing.cards import field_of_card, level_score, opened_in, window_of
from publishing.memory import Remembered
from publishing.pages.changes import KINDS
from publishing.pages.published import Past, Published
from publishing.ranking_order import SORTS
from publishing.weights import PATTERN as WEIGHTS_PATTERN
from publishing.weights import Weights, read_weights
from record.errors import DomainError
from record.filtering import Choice, Choices, Day, ListFilters, Number, Parameter, Slug, Words
from record.models import PublicChange
from scoring.resolution_states import Standing
from scoring.selectors import DEFAULT_LENS, known_lens

IMPACTS = ("1", "2", "3", "4", "5", "5+")
YES_NO = ("yes", "no")
WINDOWS = ("now", "soon", "later", "open")
_WINDOW_OF = {
    WindowWord.NOW: "now",
    WindowWord.SOON: "soon",
    WindowWord.LATER: "later",
    WindowWord.DISTANT: "later",
}

Asked = QueryDict | Mapping[str, Any] | None


@dataclass(frozen=True)
class Entry:
    """A published card with what it can be found by."""

    card: PublishedCard
    texts: str
    field: str
    impacts: frozenset[str]
    certainty: str
    rating: str
    window: str


_entries: Remembered[tuple[Published, tuple[Entry, ...]]] = Remembered(most=6)


def entries_of(published: Published) -> tuple[Entry, ...]:
    """The lead cards, as `TechnologyFilters` and the choices beside a list read them."""
    # The cards are the same object for as long as the record is; the value keeps them alive.
    key = id(published.cards), published.today
    return _entries.get(key, lambda: (published, _read_entries(published)))[1]


def _read_entries(published: Published) -> tuple[Entry, ...]:
    return tuple(_entry(card, published) for card in published.leads)


def _entry(card: PublishedCard, published: Published) -> Entry:
    facts, scores = card.technology, card.card["scores"]
    impact = level_score(scores, "impact")
    texts = [facts["name"], *facts["aliases"], *facts["domains"], card.card["summary"]]
    return Entry(
        card=card,
        texts="\n".join(texts).casefold(),
        field=field_of_card(card, published.fields).slug,
        impacts=frozenset(filter(None, (impact.level, impact.level_to))),
        certainty=window_of(scores).certainty,
        rating=(card.card["rating"] or {}).get("value", ""),
        window=_window(card, published.today),
    )


def _window(card: PublishedCard, today: date) -> str:
    """Nothing for a window that is not known, or that passed without a recorded opening."""
    if opened_in(card.body) is not None:
        return "open"
    window = window_of(card.card["scores"])
    if window.year_from is None:
        return ""
    return _WINDOW_OF.get(window_word(window.year_from, window.year_to, on=today), "")


class EntryFilters(ListFilters):
    """Over `entries_of(published)`: what every list of technologies can be narrowed by."""

    q = Words(
        "The search",
        "Words of the name, the aliases, the fields or the summary.",
        keeps=lambda row, words: words.casefold() in row.texts,
        example="fusion",
    )
    domain = Slug(
        "The field",
        "The field, by its slug.",
        keeps=lambda row, slug: row.field == slug,
        example="energy",
    )
    impact = Choices(
        "The impact",
        "Levels of impact; a card that spans two levels is on both.",
        IMPACTS,
        keeps=lambda row, levels: not row.impacts.isdisjoint(levels),
        example="5",
    )
    certainty = Choice(
        "The certainty",
        "How sure the analyst is of the window.",
        [word.value for word in Certainty],
        keeps=lambda row, word: row.certainty == word,
    )
    rating = Choice(
        "The rating",
        "How the world rates the technology, by its lead card.",
        [word.value for word in RatingValue],
        keeps=lambda row, word: row.rating == word,
    )
    window = Choice(
        "The window",
        "When the market opens: within two years, within five, after that, or open by the record.",
        WINDOWS,
        keeps=lambda row, word: row.window == word,
    )


class TechnologyFilters(EntryFilters):
    """`as_of` and `known_on` choose the record and not the rows."""

    as_of = Day("The date spoken of", "What the record says about this date.")
    known_on = Day("The date of knowledge", "What was in the record at the end of this date.")

    @property
    def past(self) -> Past | None:
        """The record asked for, or None for the one of now."""
        asked = Past(self.values.get("as_of"), self.values.get("known_on"))
        return None if asked == Past() else asked


class WeightsParameter(Parameter):
    """Somebody's own weights, kept as the text that addresses hold."""

    schema = {"type": "string", "pattern": WEIGHTS_PATTERN}
    example = "viability:20,drivers:20,novelty:20,diffusion:20,impact:20"

    def read(self, text: str) -> Any:
        return read_weights(text).weights.text


class LensParameter(Slug):
    """A lens that there is."""

    def read(self, text: str) -> Any:
        try:
            return known_lens(super().read(text)).key
        except DomainError as error:
            raise IntakeError(error.message) from error


class RankingFilters(EntryFilters):
    """The last three choose the ranking and its order, and not the rows."""

    lens = LensParameter(
        "The lens",
        "Whose priorities the ranking is seen with, by the key of the lens.",
        example=DEFAULT_LENS,
    )
    weights = WeightsParameter(
        "The weights",
        "Weights of one's own in place of a lens: whole numbers from 0 to 100 by dimension, of"
        " which only the shares count. The ranking is computed for the call, around them.",
    )
    sort = Choice(
        "The order",
        "The index that the list is sorted by, the best first; entropy the least settled first.",
        tuple(SORTS),
    )

    @property
    def weighed(self) -> Weights | None:
        """The weights asked for."""
        text = self.values.get("weights")
        return read_weights(text).weights if text else None


class CardFilters(ListFilters):
    """Over published cards."""

    technology = Slug(
        "The technology",
        "The technology, by its slug.",
        keeps=lambda card, slug: card.slug == slug,
        example="edge-ai",
    )
    role = Choice(
        "The role",
        "Lead cards, or second opinions.",
        [role.value for role in Role],
        keeps=lambda card, role: card.role == role,
    )
    detail = Choice(
        "The detail",
        "Sketches, or full cards.",
        [detail.value for detail in Detail],
        keeps=lambda card, detail: card.card["detail"] == detail,
        example="full",
    )
    series = Words(
        "The series",
        "The series of cards, by its name.",
        keeps=lambda card, series: card.card["series"] == series,
        example="house",
    )


class PredictionFilters(ListFilters):
    """Over `publishing.prediction_data.prediction_records`, or over rows with the same names."""

    technology = Slug(
        "The technology",
        "The technology, by its slug.",
        keeps=lambda record, slug: record["technology"]["slug"] == slug,
        example="edge-ai",
    )
    domain = Slug("The field", "The field of the technology, by its slug.", example="energy")
    deadline_before = Day(
        "The latest deadline",
        "Predictions that are due before this date.",
        keeps=lambda record, day: bool(record["deadline"]) and record["deadline"] < str(day),
        example="2031-01-01",
    )
    deadline_after = Day(
        "The earliest deadline",
        "Predictions that are due after this date.",
        keeps=lambda record, day: bool(record["deadline"]) and record["deadline"] > str(day),
    )
    state = Choice(
        "The state",
        "How far it is on its way from open to resolved; predictions in words alone have none.",
        [standing.value for standing in Standing],
        keeps=lambda record, state: record["state"] == state,
    )
    kind = Choice(
        "The kind",
        "What is asked for: yes or no, a number, or a date.",
        [kind.value for kind in Kind],
        keeps=lambda record, kind: record["kind"] == kind,
    )
    indicator = Slug(
        "The indicator",
        "The indicator that decides, by its slug.",
        keeps=lambda record, slug: record["indicator"] == slug,
        example="cost-per-genome",
    )

    def __init__(self, data: Asked, rows: Sequence[Any], *, published: Published) -> None:
        super().__init__(data, rows)
        self.filters["domain"].keeps = lambda record, slug: (
            field_slug(record["technology"]["slug"], published) == slug
        )


class ChangeFilters(ListFilters):
    """Over the numbered public changes."""

    since = Number(
        "The number",
        "Changes after this number, as `next_since` names it.",
        field_name="seq",
        lookup_expr="gt",
    )
    kind = Choice("The kind", "What happened.", tuple(KINDS), field_name="change__kind")
    technology = Slug(
        "The technology",
        "The technology, by its slug; changes of predictions about it are among them.",
        example="edge-ai",
    )
    domain = Slug(
        "The field",
        "The present field of the technology, by its slug.",
        example="energy",
    )

    def __init__(
        self, data: Asked, rows: "QuerySet[PublicChange]", *, published: Published
    ) -> None:
        super().__init__(data, rows)
        self._published = published

    def filter_queryset(self, queryset: Any) -> Any:
        values = dict(self.values)
        field, technology = values.pop("domain", None), values.pop("technology", None)
        rows = self._kept(queryset, values)
        if technology is not None:
            rows = rows.filter(_about([technology]))
        if field is None:
            return rows
        return rows.filter(_about(slugs_in(field, self._published)))


def _about(slugs: Sequence[str]) -> Q:
    """Changes of those technologies and of predictions about them."""
    of_predictions = Q(change__subject_kind="prediction", change__after__technology__in=slugs)
    return Q(change__subject_key__in=slugs) | of_predictions


def field_slug(slug: str, published: Published) -> str:
    """The field of a published technology, nothing for any other."""
    card = published.lead(slug)
    return field_of_card(card, published.fields).slug if card else ""


def slugs_in(field: str, published: Published) -> list[str]:
    """The published technologies of a field."""
    return [card.slug for card in published.leads if field_slug(card.slug, published) == field]


class _Cited(Choice):
    def filter(self, rows: Any, value: Any) -> Any:
        if not value:
            return rows
        cited = Citation.objects.values("item")
        return rows.filter(pk__in=cited) if value == "yes" else rows.exclude(pk__in=cited)


class LibraryFilters(ItemFilters):
    """Over items of the library, for those who see drafts."""

    cited = _Cited("The use", "Items that a card cites, in any revision, or the others.", YES_NO)


def cited_counts(filters: LibraryFilters) -> tuple[Counted, ...]:
    """How many items each choice of use would leave."""
    every = filters.kept(filters.every, without="cited")
    known = set(Citation.objects.order_by().values_list("item", flat=True).distinct())
    cited = sum(pk in known for pk in every)
    counts = (("yes", cited), ("no", len(every) - cited))
    return tuple(Counted(value, value, number) for value, number in counts if number)
