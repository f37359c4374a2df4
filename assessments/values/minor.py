"""What makes a revision more than a minor edit."""

from assessments.values.card import CardDocument, changed_dimensions


def more_than_words(old: CardDocument, new: CardDocument) -> list[str]:
    """The parts that bear on a score, a number or a promise to readers and differ.

    Beside what is judged and cited these are the numbers of scenarios, what is disclosed of
    companies, the day that the card speaks of, its series and its detail.
    """
    changed = changed_dimensions(old, new)
    if _numbers(old) != _numbers(new):
        changed.append("the numbers of scenarios")
    if _disclosed(old) != _disclosed(new):
        changed.append("disclosures")
    if old.as_of != new.as_of:
        changed.append("the day that it speaks of")
    if (old.series, old.detail) != (new.series, new.detail):
        changed.append("series or detail")
    return changed


def _numbers(document: CardDocument) -> dict[str, tuple[str | None, float | None]]:
    return {one.name: (one.impact_level, one.probability) for one in document.scenarios}


def _disclosed(document: CardDocument) -> dict[str, str]:
    return {one.name: one.disclosure for one in document.companies if one.disclosure}
