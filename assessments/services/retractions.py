"""What readers are told when an item is retracted that publications cite."""

from accounts.models import User
from assessments.retractions import titles_seen
from evidence.models import Item
from record.services import log_change


def tell_readers(*, item: Item, before: str, by: User, reason: str) -> None:
    """Of every technology whose publications cite it, a public change says so; of other items
    readers learn nothing."""
    states = {before, item.state}
    if Item.State.RETRACTED not in states or len(states) == 1:
        return
    is_retracted = item.state == Item.State.RETRACTED
    for slug, title in sorted(titles_seen(item).items()):
        log_change(
            kind="source.retracted" if is_retracted else "source.restored",
            subject_kind="technology",
            subject_key=slug,
            actor_id=by.pk,
            reason=f"“{title}”: {reason}" if reason else f"“{title}”",
            is_public=True,
        )
