"""What pages say of a lens, from what it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publishing.wording import in_words
from scoring.selectors import DEFAULT_LENS, definition_of

OWN_WEIGHTS_NAME = "Your own weights"
_READINESS = (
    "Readiness (viability, drivers and diffusion) so carries 60 % of the weight on average."
)


@dataclass(frozen=True)
class LensWords:
    """`sentence` says whose priorities those are."""

    name: str
    sentence: str


def lens_words(definition: Mapping[str, Any]) -> LensWords:
    """Of a lens as its receipt holds it."""
    horizon = definition["horizon"]
    sentences = [_region(definition["region"], 6 if horizon else 5)]
    if definition["key"] == DEFAULT_LENS:
        sentences.append(_READINESS)
    if definition["rule"] != "mean":
        sentences.append(
            "Strong dimensions make up little for a weak one: the weights are exponents, not"
            " factors."
        )
    if definition["spacing"] is not None:
        sentences.append(_spacing(definition["spacing"]))
    sentences.append(_horizon(horizon))
    return LensWords(definition["name"], " ".join(sentences))


def default_lens_words() -> LensWords:
    return lens_words(definition_of(DEFAULT_LENS))


def _region(region: Mapping[str, Any], dimensions: int) -> str:
    if region["kind"] == "bounds":
        return _bounds(region)
    if region["kind"] == "slider":
        total = sum(region["centre"].values())
        near = _listed([f"{k} {100 * v / total:.0f} %" for k, v in region["centre"].items()])
        return f"Weights are near {near}."
    return f"Every mix of the {in_words(dimensions)} weights counts the same."


def _bounds(region: Mapping[str, Any]) -> str:
    parts = []
    for name, low in region["lower"].items():
        high = region["upper"][name]
        if low <= 0 and high >= 1:
            continue
        if low <= 0:
            parts.append(f"{name} at most {100 * high:.0f}")
        elif high >= 1:
            parts.append(f"{name} at least {100 * low:.0f}")
        else:
            parts.append(f"{name} {100 * low:.0f} to {100 * high:.0f}")
    sentence = f"Weights in per cent: {_listed(parts)}." if parts else "No weight is bounded."
    return sentence + _order([(more, less) for more, less in region["order"]])


def _order(order: Sequence[tuple[str, str]]) -> str:
    if not order:
        return ""
    heads = {more for more, _ in order}
    if len(heads) == 1 and len(order) > 1:
        return f" {heads.pop().capitalize()} weighs most."
    parts = _listed([f"{more} at least as much as {less}" for more, less in order])
    return f" {parts[:1].upper()}{parts[1:]}."


def _spacing(spacing: float | str) -> str:
    if spacing == 1:
        return "Of levels their order alone counts, not how far they are apart."
    if isinstance(spacing, str):
        return "Levels are taken as equal steps."
    return f"The gaps between levels are drawn with concentration {spacing:g}."


def _horizon(horizon: Mapping[str, Any] | None) -> str:
    if horizon is None:
        return "Timing is not counted."
    start, end = horizon["full_from"], horizon["full_to"]
    full = f"within {_years(end)}" if start <= 0 else f"in {start:g} to {_years(end)}"
    return (
        f"Timing counts in full for a market that opens {full}, less the later, and not at all"
        f" from {_years(horizon['zero_at'])} on; one that is open already counts"
        f" {100 * horizon['if_open']:.0f} % of that."
    )


def _years(years: float) -> str:
    return f"{years:g} year" if years == 1 else f"{years:g} years"


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
