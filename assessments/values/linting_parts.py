"""What keeps the parts of a prediction from being checked, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from assessments.values.findings import Finding, error, warning
from assessments.values.linting import Context, lint_text, lint_words, ordered
from assessments.values.measures import KnownIndicator, latest
from assessments.values.prediction import Comparator, Kind, Spec, Window, wrong_parts

_COUNTERFACTUAL = ("counterfactual", "without", "would have")
_MEETS: dict[Comparator, Callable[[float, float], bool]] = {
    Comparator.AT_LEAST: lambda value, bound: value >= bound,
    Comparator.ABOVE: lambda value, bound: value > bound,
    Comparator.AT_MOST: lambda value, bound: value <= bound,
    Comparator.BELOW: lambda value, bound: value < bound,
}


@dataclass(frozen=True)
class Stated:
    """A prediction in its parts, before it is made."""

    kind: Kind
    spec: Spec


def lint(said: str | Stated, context: Context) -> tuple[Finding, ...]:
    """Every finding on a free sentence, or on the parts of a prediction; nothing is read or
    written."""
    return lint_text(said, context) if isinstance(said, str) else _lint_parts(said, context)


def _lint_parts(stated: Stated, context: Context) -> tuple[Finding, ...]:
    spec = stated.spec
    found = [
        error(problem.code, *_halves(problem.message), f"spec.{problem.field}")
        for problem in wrong_parts(stated.kind, spec)
    ]
    indicator = context.indicator(spec.indicator)
    found += [*_days(spec, context), *_source(spec, context, indicator), *_panel(spec)]
    if indicator is not None:
        found += [*_release(spec, indicator), *_against(spec, indicator)]
    for part in ("event", "metric"):
        found += lint_words(getattr(spec, part), context, field=f"spec.{part}")
    found += [*_whole(spec, indicator)]
    return ordered(found)


def _halves(message: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    wrong, _, instead = message.partition(". ")
    return f"{wrong.rstrip('.')}.", instead


def _days(spec: Spec, context: Context) -> Iterator[Finding]:
    if spec.deadline <= context.today:
        yield error(
            "past-deadline",
            f"The deadline, {spec.deadline.isoformat()}, is not in the future.",
            "Give a day that is still to come.",
            "spec.deadline",
        )


def _source(spec: Spec, context: Context, indicator: KnownIndicator | None) -> Iterator[Finding]:
    if spec.indicator and indicator is None:
        yield error(
            "no-indicator",
            f"There is no indicator “{spec.indicator}”.",
            "Choose one of the list, or describe the measure in words.",
            "spec.indicator",
        )
    elif indicator is None and not spec.publisher:
        yield warning(
            "no-publisher",
            "Nobody is named who will say whether it came true.",
            "Name who publishes the figure or reports the event.",
            "spec.publisher",
        )
    if spec.is_measured and indicator is None and not spec.unit and not spec.is_change:
        yield warning(
            "no-unit",
            "The number has no unit.",
            "Give the unit in which it is published.",
            "spec.unit",
        )


def _panel(spec: Spec) -> Iterator[Finding]:
    if spec.cause is None:
        return
    if not any(word in spec.definitions.lower() for word in _COUNTERFACTUAL):
        yield warning(
            "no-counterfactual",
            "A cause is judged against what would have been without it, and that is not described.",
            "Describe the counterfactual in the definitions: the path without the cause, who writes"
            " it down, and when.",
            "spec.definitions",
        )
    if spec.is_measured:
        yield warning(
            "causal-claim",
            "The figure is read from a series, which cannot show its cause.",
            "Leave the cause out here, and ask for it in a second question that a panel judges.",
            "spec.cause",
        )


def _release(spec: Spec, indicator: KnownIndicator) -> Iterator[Finding]:
    out = indicator.released_on(spec.deadline)
    if out > spec.reads_on:
        yield warning(
            "before-release",
            f"It is read on {spec.reads_on.isoformat()}, but the figure that decides appears about"
            f" {out.isoformat()}.",
            f"Read it on {out.isoformat()} or later.",
            "spec.reads_on",
        )


def _against(spec: Spec, indicator: KnownIndicator) -> Iterator[Finding]:
    if indicator.is_snapshot:
        yield warning(
            "snapshot",
            f"{indicator.name} is a snapshot: its figures are not comparable over time.",
            "Choose an indicator that is measured the same way each time.",
            "spec.indicator",
        )
    if spec.unit and not spec.is_change and _plain(spec.unit) != _plain(indicator.unit):
        yield error(
            "other-unit",
            f"The threshold is given in {spec.unit}, and the indicator is in {indicator.unit}.",
            f"Give the threshold in {indicator.unit}.",
            "spec.unit",
        )
    if spec.threshold is not None:
        yield from _bound(spec, indicator)


def _bound(spec: Spec, indicator: KnownIndicator) -> Iterator[Finding]:
    bound = bound_of(spec, indicator)
    if bound is None:
        if spec.baseline_period:
            yield warning(
                "no-baseline-figure",
                f"{indicator.name} has no figure for {spec.baseline_period}.",
                "Choose a period that it has a figure for.",
                "spec.baseline_period",
            )
        return
    if not _is_possible(bound, indicator):
        yield warning(
            "impossible-threshold",
            f"{indicator.name} cannot be {bound:.6g} {indicator.unit}.",
            "Check the number and its unit.",
            "spec.threshold",
        )
    yield from _met(spec, indicator, bound)


def bound_of(spec: Spec, indicator: KnownIndicator) -> float | None:
    """The threshold in the indicator's unit; None while the baseline has no figure."""
    if spec.threshold is None or not spec.is_change:
        return spec.threshold
    base = indicator.values.get(spec.baseline_period or "")
    return None if base is None else base * (1 + spec.threshold / 100)


def _is_possible(bound: float, indicator: KnownIndicator) -> bool:
    if indicator.kind == "share":
        return 0 <= bound <= (indicator.ceiling[1] if indicator.ceiling else 100.0)
    return bound > 0 if indicator.kind == "cost" else True


def _met(spec: Spec, indicator: KnownIndicator, bound: float) -> Iterator[Finding]:
    newest = latest(indicator)
    if newest is None or spec.comparator is None:
        return
    period, value = newest
    if _MEETS[spec.comparator](value, bound):
        lasting = "" if spec.window == Window.ANY_TIME_BY else ", though it may change back"
        yield warning(
            "already-met",
            f"The figure of {period}, {value:.6g} {indicator.unit}, meets the threshold already"
            f"{lasting}.",
            "Ask for more, or say why it is still open.",
            "spec.threshold",
        )


def _whole(spec: Spec, indicator: KnownIndicator | None) -> Iterator[Finding]:
    is_share = indicator is None and spec.unit.strip() in {"%", "per cent", "percent"}
    if is_share and spec.metric and not spec.population:
        yield warning(
            "share-of-what",
            "The number is a share, and the whole is not named.",
            "Say of what, in “share of what”.",
            "spec.population",
        )


def _plain(unit: str) -> str:
    return "".join(unit.lower().split())


def released_on(deadline: date, indicator: KnownIndicator | None) -> date:
    """The first sensible day to read the answer on."""
    return deadline if indicator is None else max(deadline, indicator.released_on(deadline))
