"""What the endpoints of evidence items do, as the documentation tells it."""

from evidence.api.item_shapes import (
    CHANGED_ITEM,
    EXAMPLE,
    ITEM,
    REASON,
    RELATED,
    ROW,
    SAVED_ITEM,
    SENT_ITEM,
    STALE_ITEM,
)
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.shapes import page_shape

TAG = "Evidence"
COLUMNS = tuple(ROW.fields)
_LISTED = ("ETag", "Link")
_LIST = Operation(
    id="listItems",
    tag=TAG,
    summary="Items of the evidence library, by key",
    description="For the team: what stands behind scores, with the inbox, narrowed and searched as"
    " on the page of the library. Texts and passages are in the item itself.",
    answers={200: Answered("A page of items.", page_shape(ROW), OF_LISTS, _LISTED)},
)
ITEM_FILE = {"GET": _LIST}
ITEM_LIST = {
    "GET": _LIST,
    "POST": Operation(
        id="bringItem",
        tag=TAG,
        summary="Bring an item into the inbox",
        description="No address is opened. The same address, or the same text without an address,"
        " again is answered with the item that is there, or with 409 where it has less than was"
        " sent.",
        body=SENT_ITEM,
        body_example=EXAMPLE,
        answers={
            200: Answered("The item that is there already.", ITEM, headers=("ETag", "Location")),
            201: Answered("The item as it is kept.", ITEM, headers=("ETag", "Location")),
        },
        refusals=(409,),
    ),
}
ITEM_DETAIL = {
    "GET": Operation(
        id="getItem",
        tag=TAG,
        summary="One item, whole",
        description="With its text, and its passages with where each stands.",
        answers={200: Answered("The item.", ITEM, headers=_LISTED)},
    ),
    "PUT": Operation(
        id="changeItem",
        tag=TAG,
        summary="Change an item",
        description="Everything is replaced; what is left out is empty again. What GET answers is"
        " taken as it is: fields that are set here change nothing. 412 has the"
        " newer version and the fields that both changed since the one that If-Match names; with"
        " `merge=disjoint` fields that only one of the two changed are merged.",
        body=CHANGED_ITEM,
        body_example=EXAMPLE,
        answers={200: Answered("The item as it is now.", SAVED_ITEM, headers=("ETag",))},
        refusals=(409,),
        needs_match=True,
        problems={412: STALE_ITEM},
    ),
}
ITEM_RELATED = {
    "GET": Operation(
        id="listRelatedItems",
        tag=TAG,
        summary="What else to read beside an item",
        description="The nearest first, by what both share: rare tags, telling words, authors, an"
        " address, what one quotes of the other or both of a third. Retracted items are left out.",
        answers={200: Answered("Items, each with the reasons.", RELATED, headers=_LISTED)},
    )
}


def _step(identity: str, summary: str, description: str, *, has_reason: bool) -> Operation:
    return Operation(
        id=identity,
        tag=TAG,
        summary=summary,
        description=f"{description} Only the version that If-Match names: 412 tells each field"
        " that changed since, then and now.",
        body=REASON if has_reason else None,
        answers={200: Answered("The item as it is now.", ITEM, headers=("ETag",))},
        refusals=(409,),
        needs_match=True,
    )


KEEP = {"POST": _step("keepItem", "Keep an item", "It leaves the inbox.", has_reason=False)}
RETRACT = {
    "POST": _step("retractItem", "Retract an item", "It stays, and says why.", has_reason=True)
}
RESTORE = {"POST": _step("restoreItem", "Restore an item", "It stands again.", has_reason=False)}
