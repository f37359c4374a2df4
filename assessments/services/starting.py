"""A card and its first revision come into the record together, or not at all."""

from django.db import IntegrityError, transaction

from accounts.models import User
from assessments.models import Revision, Technology
from assessments.services.drafting import Save, open_card, save_revision
from assessments.values.card import CardDocument
from record.errors import Conflict


def start_card(*, technology: Technology, document: CardDocument, by: User) -> Revision:
    """The document is the first revision of the technology's card of that role."""
    try:
        with transaction.atomic():
            card = open_card(technology=technology, role=document.role, owner=by)
            return save_revision(card=card, document=document, save=Save(by=by))
    except IntegrityError as error:
        raise Conflict(
            f"Somebody else began to score {technology.name} at the same moment. Nothing was"
            " overwritten; compare the two and save again."
        ) from error
