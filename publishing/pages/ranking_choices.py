"""What can be chosen about a ranking: whose weights, which order, which of its technologies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse

from publishing.filters import RankingFilters, entries_of
from publishing.lens_words import LensWords
from publishing.own_weights import MOST_TECHNOLOGIES, can_be_weighed
from publishing.pages.address import Address
from publishing.pages.narrowing import Narrowing, narrowing
from publishing.pages.published import Published
from publishing.ranking_order import BY_RANK, SORTS
from publishing.weights import EVEN, FIELD_PREFIX, MOST, Weights, read_weights, text_of_form
from scoring.inputs import JUDGED
from scoring.selectors import DEFAULT_LENS

Lenses = Mapping[str, LensWords]
"""Those that can be chosen, by key."""


@dataclass(frozen=True)
class LensOption:
    name: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class SortOption:
    value: str
    words: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Head:
    """A column; `url` sorts by it where that can be chosen, `sorted_words` say that it is."""

    words: str
    url: str
    sorted_words: str


@dataclass(frozen=True)
class WeightSlider:
    """`size` is where the slider stands, `share` what that is of all of them, in per cent."""

    key: str
    name: str
    label: str
    size: int
    share: str
    error: str


@dataclass(frozen=True)
class WeightsPanel:
    """`error` is about all of them; `kept` are name and value pairs that the form must not lose;
    `refusal` says why there are no sliders."""

    sliders: tuple[WeightSlider, ...]
    most: int
    error: str
    refusal: str
    is_in_force: bool
    is_open: bool
    url_without: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RankingChoices:
    """`tag` tells this question from others about the same state of the record."""

    narrowing: Narrowing
    lenses: tuple[LensOption, ...]
    sorts: tuple[SortOption, ...]
    sort_kept: tuple[tuple[str, str], ...]
    panel: WeightsPanel
    status: int
    slugs: frozenset[str]
    is_default_lens: bool
    is_narrowed: bool
    tag: str


TABLE_HEADS = (
    ("band", "Band"),
    (BY_RANK, "Expected rank"),
    ("", "90 of 100 draws"),
    ("p_top_3", "Top 3 of 100"),
    ("p_top_10", "Top 10 of 100"),
    ("", "Scored"),
)
_CONFIDENCE = ("confidence_factor", "Confidence of 100")


def more_heads_of(*, has_confidence: bool) -> tuple[tuple[str, str], ...]:
    return (
        ("p_first", "First of 100"),
        ("share_beaten", "Beats of 100 others"),
        ("entropy", "Entropy"),
        *([_CONFIDENCE] if has_confidence else []),
        ("", "Error of the expected rank"),
    )


def heads(columns: Iterable[tuple[str, str]], choices: "RankingChoices | None") -> tuple[Head, ...]:
    """Columns of a table; ranks and bands are sorted from the least, all else from the greatest."""
    options = {option.value: option for option in choices.sorts} if choices else {}
    found = []
    for key, words in columns:
        option = options.get(key)
        is_sorted = option is not None and option.is_chosen
        order = "ascending" if key in {BY_RANK, "band"} else "descending"
        found.append(Head(words, option.url if option else "", order if is_sorted else ""))
    return tuple(found)


def ranking_filters(asked: QueryDict | None, published: Published) -> RankingFilters:
    return RankingFilters(asked, entries_of(published))


def lens_asked_for(filters: RankingFilters) -> str:
    """The key of the lens, nothing where weights of one's own are asked for."""
    return "" if filters.weighed else str(filters.values.get("lens", DEFAULT_LENS))


def sort_asked_for(filters: RankingFilters) -> str:
    return str(filters.values.get("sort", BY_RANK))


def question_tag(filters: RankingFilters) -> str:
    weights = filters.weighed
    return weights.text if weights else lens_asked_for(filters)


def url_of_form(query: QueryDict) -> str:
    """The address of what the form of sliders sends; nothing where no form was sent."""
    text = text_of_form(query)
    if not text:
        return ""
    kept = {
        name: values
        for name, values in query.lists()
        if not name.startswith(FIELD_PREFIX) and name not in {"weights", "lens", "page"}
    }
    return Address(reverse("publishing:ranking-detail"), kept).url(weights=text)


def ranking_choices(
    filters: RankingFilters, published: Published, asked: QueryDict, lenses: Lenses
) -> RankingChoices:
    path = reverse("publishing:ranking-detail")
    address = Address(path, filters.values)
    found = narrowing(filters, published, path)
    # The sentence about weights stands at the sliders.
    elsewhere = tuple(said for name, said in filters.sentences().items() if name != "weights")
    return RankingChoices(
        narrowing=replace(found, errors=elsewhere),
        status=400 if found.errors else 200,
        lenses=_lenses(filters, address, lenses),
        sorts=_sorts(sort_asked_for(filters), address),
        sort_kept=address.kept("sort"),
        panel=_panel(filters, published, asked, address),
        slugs=frozenset(entry.card.slug for entry in filters.qs),
        is_default_lens=lens_asked_for(filters) == DEFAULT_LENS,
        is_narrowed=bool(found.chosen or found.words),
        tag=question_tag(filters),
    )


def _lenses(filters: RankingFilters, address: Address, lenses: Lenses) -> tuple[LensOption, ...]:
    chosen = lens_asked_for(filters)
    return tuple(
        LensOption(
            name=words.name,
            url=address.url(lens=None if key == DEFAULT_LENS else key, weights=None),
            is_chosen=key == chosen,
        )
        for key, words in lenses.items()
    )


def _sorts(chosen: str, address: Address) -> tuple[SortOption, ...]:
    return tuple(
        SortOption(
            value=value,
            words=sort.label,
            url=address.url(sort=None if value == BY_RANK else value),
            is_chosen=value == chosen,
        )
        for value, sort in SORTS.items()
    )


def _panel(
    filters: RankingFilters, published: Published, asked: QueryDict, address: Address
) -> WeightsPanel:
    weights, typed = filters.weighed, asked.get("weights", "")
    faults = dict(read_weights(typed).faults) if typed and weights is None else {}
    sizes = dict(zip(JUDGED, weights.sizes, strict=True)) if weights else {}
    if faults:
        sizes = dict.fromkeys(JUDGED, 0) | dict(read_weights(typed).sizes)
    sliders = tuple(_slider(name, sizes or dict.fromkeys(JUDGED, EVEN), faults) for name in JUDGED)
    return WeightsPanel(
        sliders=sliders,
        most=MOST,
        error=faults.get("", ""),
        refusal=_refusal(published),
        is_in_force=weights is not None,
        is_open=weights is not None or bool(faults),
        url_without=address.url(weights=None),
        kept=address.kept("weights", "lens"),
    )


def _slider(name: str, sizes: Mapping[str, int], faults: Mapping[str, str]) -> WeightSlider:
    total = sum(sizes.values())
    share = 100 * sizes[name] / total if total else 0.0
    return WeightSlider(
        key=f"{FIELD_PREFIX}{name}",
        name=name,
        label=name.capitalize(),
        size=sizes[name],
        share=f"{share:.0f}",
        error=faults.get(name, ""),
    )


def _refusal(published: Published) -> str:
    if can_be_weighed(published):
        return ""
    if not published.judged:
        return "There is nothing to rank yet."
    return (
        f"Sliders rank up to {MOST_TECHNOLOGIES:,} technologies while you wait, and"
        f" {len(published.judged):,} are published. Choose a lens instead: those are computed"
        " before you ask."
    )


def weight_words(weights: Weights) -> str:
    """viability 30 %, drivers 20 %, … ."""
    return ", ".join(f"{name} {100 * share:.0f} %" for name, share in weights.shares.items())
