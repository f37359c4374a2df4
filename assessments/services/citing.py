"""What a card cites: the items behind it, and the rows that lead from an item to its scores."""

from collections.abc import Mapping

from accounts.models import User
from assessments.models import Citation, Revision
from assessments.values.card import CardDocument
from evidence.models import Item
from evidence.services.items import create_item
from evidence.values.item import ItemFacts
from record.errors import DomainError


def require_items(
    document: CardDocument, before: CardDocument | None, *, may_be_retracted: bool
) -> None:
    """Every item is in the library, and none is cited anew after it was retracted."""
    items = cited_items(document)
    stood = {(one.dimension, one.item) for one in before.citations} if before else set()
    for place, citation in enumerate(document.citations):
        item, field = items.get(citation.item), f"citations/{place}/item"
        if item is None:
            raise DomainError(
                f"The evidence library holds no item “{citation.item}”. Bring it in first, or take"
                " the citation out.",
                field=field,
            )
        is_new = (citation.dimension, citation.item) not in stood
        if item.state == Item.State.RETRACTED and is_new and not may_be_retracted:
            raise DomainError(
                f"“{item.name}” was retracted: {item.retracted_reason} Cite another item, or"
                " restore this one first.",
                field=field,
            )


def cited_items(document: CardDocument) -> Mapping[str, Item]:
    keys = {citation.item for citation in document.citations}
    rows = Item.objects.filter(key__in=keys).defer("text", "notes") if keys else ()
    return {item.key: item for item in rows}


def citation_rows(revision: Revision, document: CardDocument) -> list[Citation]:
    """The document's citations as rows, not yet saved; all its items are in the library."""
    items = cited_items(document)
    return [
        Citation(
            revision=revision,
            dimension=citation.dimension,
            item=items[citation.item],
            quote=citation.quote,
            direction=citation.direction,
            strength=citation.strength,
            belief=citation.belief,
        )
        for citation in document.citations
    ]


def keep_cited_items(document: CardDocument, *, by: User, is_demonstration: bool) -> None:
    """Items that a card of another installation cites wait in the inbox under their keys."""
    known = cited_items(document)
    missing = {one.item: one for one in document.citations if one.item not in known}
    for key, citation in missing.items():
        create_item(
            facts=ItemFacts(kind=Item.Kind.LINK, title=citation.title, url=citation.url or ""),
            by=by,
            key=key,
            is_demonstration=is_demonstration,
        )
