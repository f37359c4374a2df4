"""What readers doubt and nobody has answered, at the desk."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from assessments.challenges import ChallengeRecord
from publishing.pages.desk_rows import DeskRow, DeskSection, section
from publishing.pages.published import day_words
from publishing.rechecks import stake_words


def challenge_section(
    waiting: Sequence[ChallengeRecord], ranks: Mapping[str, float]
) -> DeskSection:
    """On what could move the ranking most first, then the oldest; `ranks` by technology."""
    found = sorted(waiting, key=lambda one: (-ranks.get(one.slug, 0.0), one.said_on, one.key))
    words = ("Corrections from readers", "Each is answered in public.")
    return section(words, [(one, ranks.get(one.slug, 0.0)) for one in found], _row)


def _row(found: tuple[ChallengeRecord, float]) -> DeskRow:
    one, ranks = found
    about = f"{one.dimension}: " if one.dimension else ""
    words = one.claim if len(one.claim) <= 120 else f"{one.claim[:119]}…"
    return DeskRow(
        name=one.name,
        url=reverse("assessments:challenge-detail", args=[one.key]),
        words="Answer it" if one.is_shown else "Show it, and answer it",
        what=f"{about}{words}",
        tag=f"since {day_words(one.said_on)}",
        stake=stake_words(ranks),
        ranks=ranks,
    )
