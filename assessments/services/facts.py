"""A technology's facts and links change together, and so does what readers see of them."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from assessments.models import Link, Technology
from assessments.services.publication import republish_facts
from assessments.services.technologies import Facts, edit_technology, set_links


@transaction.atomic
def revise_facts(
    *, technology: Technology, facts: Facts, links: Sequence[Link], version: int, by: User
) -> int:
    """Facts and links are these, and published where a card is; the number of cards published."""
    edited = edit_technology(technology=technology, facts=facts, version=version, by=by)
    set_links(technology=edited, links=links, version=edited.version, by=by)
    return len(republish_facts(technology=edited, by=by))
