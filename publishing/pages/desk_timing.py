"""What waits at the desk because of when markets open: proposals, and windows at odds."""

from collections.abc import Sequence

from django.urls import reverse

from assessments.models import OpeningStep
from publishing.cards import technology_url
from publishing.pages.desk_rows import DeskRow, DeskSection, section
from publishing.pages.link_lines import contradiction_words, name_of
from publishing.pages.published import Published, day_words
from publishing.results import Contradicted


def openings_section(steps: Sequence[OpeningStep]) -> DeskSection:
    """Of others, for whoever may be the second person."""
    caption = "An opening counts once a second person has confirmed it; the last proposed first."
    newest = sorted(steps, key=lambda step: step.pk, reverse=True)
    return section(("Openings that you may confirm", caption), newest, _opening)


def _opening(step: OpeningStep) -> DeskRow:
    who, day = step.by.get_username(), day_words(step.at.date())
    said = "open since" if step.status == "open" else "closed again in"
    return DeskRow(
        name=step.technology.name,
        url=reverse("assessments:opening-detail", args=[step.technology.slug]),
        words="Confirm or refuse it",
        what=f"{said} {step.year}: {step.evidence}",
        tag=f"by {who}, {day}",
    )


def contradictions_section(published: Published) -> DeskSection:
    """As the newest outlook found them."""
    found = published.outlook.contradictions if published.outlook else ()
    caption = (
        "A market that would open before one that it requires: a window or the link is wrong."
        " The last outlook found them."
    )
    seen = sorted(found, key=lambda row: (not row.is_circle, row.slug, row.requires))
    words = ("Windows at odds with what they require", caption)
    return section(words, seen, lambda row: _at_odds(row, published))


def _at_odds(row: Contradicted, published: Published) -> DeskRow:
    card = published.lead(row.slug)
    url = technology_url(row.slug)
    if card is not None and not row.is_circle:
        url = reverse("assessments:card-edit", args=[card.card_id]) + "#timing"
    (what,) = contradiction_words((row,), published)
    return DeskRow(
        name=name_of(row.slug, published),
        url=url,
        words="Look at its links" if row.is_circle else "Revise its window",
        what=what,
        tag="a circle" if row.is_circle else "",
    )
