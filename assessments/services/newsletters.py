"""What a newsletter issue says becomes the newest revision of a card."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from assessments.models import Revision, Technology
from assessments.opinions import Opinion, says_the_same
from assessments.services.challenges import Received, receive_challenge, reply_to_challenge
from assessments.services.drafting import Save, add_note, drop_buffer, save_revision
from assessments.services.starting import start_card
from assessments.values.card import CardDocument
from assessments.values.challenge import Claim, Sender
from assessments.values.scale import Origin
from evidence.models import Item


@transaction.atomic
def save_from_issue(
    *, opinion: Opinion, document: CardDocument, notes: Sequence[str], by: User
) -> Revision:
    """The card is a draft that says it was imported; the notes stand beside it, for the team.
    What the newest revision says already is not saved again."""
    document = replace(document, origin=Origin.IMPORTED)
    head = opinion.head
    if opinion.card is not None and head is not None and says_the_same(document, head):
        revision = head
        drop_buffer(card=opinion.card, user=by)
    elif opinion.card is None:
        revision = start_card(technology=opinion.technology, document=document, by=by)
    else:
        revision = save_revision(card=opinion.card, document=document, save=Save(by=by))
        drop_buffer(card=opinion.card, user=by)
    known = set(revision.card.notes.values_list("text", flat=True))
    for note in [one for one in dict.fromkeys(notes) if one not in known]:
        add_note(card=revision.card, text=note, author=by)
    return revision


@transaction.atomic
def receive_letter(
    *, technology: Technology, claim: Claim, sender: Sender, reply: str, source: Item, by: User
) -> Received:
    """What a reader wrote stands in the ledger, once, with what the issue answered. A letter that
    is there stays as it was first entered: what was answered in public answers those words."""
    received = receive_challenge(
        technology=technology, claim=claim, sender=sender, source=source, by=by
    )
    if received.is_new and reply.strip():
        reply_to_challenge(challenge=received.challenge, by=by, note=reply)
    return received
