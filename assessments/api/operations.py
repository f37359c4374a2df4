"""What each method at the addresses of cards does, as the documentation tells it."""

from assessments.api import shapes
from assessments.api.card_example import CARD
from assessments.api.meeting_shapes import SAVED_CARD, STALE
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.shapes import page_shape

TAG = "Cards"
_SIGHT = (
    " With read:drafts it is the newest revision of the team; with write:cards also what the"
    " token's owner wrote; else what is published."
)
_TAGGED = (
    "The ETag begins with the content hash of the revision; after its dot stands what changes"
    " without a new revision, such as the name of the technology."
)


def _link(operation: str, why: str, **more: object) -> dict[str, object]:
    return {"operationId": operation, "description": why} | more


def _links(key: str) -> dict[str, object]:
    """What may be done next with the card of that key, at the version that was answered."""
    named = {"path.key": key, "header.If-Match": "$response.header.ETag"}
    return {
        "save": _link("saveCard", "Save on top of it.", parameters=named),
        "submit": _link("submitCard", "Send it to review.", parameters=named),
        "approve": _link("approveCard", "Approve what was read.", parameters=named),
        "return": _link("returnCard", "Give it back.", parameters=named),
        "publish": _link("publishCard", "Publish it.", parameters=named),
        "revisions": _link("listRevisions", "What came before it.", parameters={"path.key": key}),
    }


_FIRST = {"path.key": "$response.body#/results/0/key"}

CARD_FILE = {
    "GET": Operation(
        id="listCards",
        tag=TAG,
        summary="Cards by their keys",
        description="One line a card: which revision is newest and where it stands." + _SIGHT,
        answers={
            200: Answered(
                "A page of cards.",
                page_shape(shapes.CARD_ROW),
                OF_LISTS,
                ("ETag", "Link"),
                links={"first": _link("readCard", "The first card.", parameters=_FIRST)},
            )
        },
    )
}
CARD_LIST = {
    **CARD_FILE,
    "POST": Operation(
        id="startCard",
        tag=TAG,
        summary="Begin a card",
        description="The first revision of the lead card of a technology, or of a second opinion"
        " of the token's owner. It is a draft.",
        body=shapes.SENT_CARD,
        body_example=CARD,
        answers={
            201: Answered(
                "The card as it is kept.",
                shapes.CARD_SHAPE,
                headers=("ETag", "Location"),
            )
        },
        refusals=(409,),
    ),
}
CARD_DETAIL = {
    "GET": Operation(
        id="readCard",
        tag=TAG,
        summary="A card, whole",
        description=f"The newest revision.{_SIGHT} {_TAGGED}",
        answers={
            200: Answered(
                "One revision.",
                shapes.CARD_SHAPE,
                headers=("ETag", "Link"),
                example=CARD,
                links=_links("$request.path.key"),
            )
        },
    ),
    "PUT": Operation(
        id="saveCard",
        tag=TAG,
        summary="Save a revision",
        description="A new revision on top of the one that If-Match names. Was another saved"
        " meanwhile, the answer is 412: nothing is overwritten, it holds the newest revision and"
        " the fields that both changed, and what was sent is kept for the person's form. With"
        " `merge=disjoint` fields that only one of the two changed are merged. A card in which"
        " no word differs is not saved again.",
        body=shapes.SENT_CARD,
        body_example=CARD,
        answers={
            200: Answered(
                "The card as it is kept.",
                SAVED_CARD,
                headers=("ETag",),
                links=_links("$request.path.key"),
            )
        },
        refusals=(409,),
        needs_match=True,
        problems={412: STALE},
    ),
}
REVISION_LIST = {
    "GET": Operation(
        id="listRevisions",
        tag=TAG,
        summary="The revisions of a card, newest first",
        description="Those that the caller sees: all with read:drafts, else those that were"
        " published and not withdrawn since.",
        answers={
            200: Answered(
                "A page of revisions.",
                page_shape(shapes.REVISION_ROW),
                OF_LISTS,
                ("ETag", "Link"),
            )
        },
    )
}
_DONE = {200: Answered("Where the revision stands now.", shapes.STEP)}
SUBMIT = {
    "POST": Operation(
        id="submitCard",
        tag=TAG,
        summary="Send the newest revision to review",
        description="With If-Match, only when the newest is the one named.",
        body=shapes.SUBMISSION,
        is_body_optional=True,
        answers=_DONE,
        refusals=(409,),
        takes_match=True,
    )
}
APPROVE = {
    "POST": Operation(
        id="approveCard",
        tag=TAG,
        summary="Approve exactly what was read",
        description="If-Match names the content that was read. Nobody approves what they wrote;"
        " impact 5+ needs two approvers. An administrator may give a reason for approving alone,"
        " which readers see.",
        body=shapes.APPROVAL,
        is_body_optional=True,
        answers=_DONE,
        refusals=(409,),
        needs_match=True,
    )
}
RETURN = {
    "POST": Operation(
        id="returnCard",
        tag=TAG,
        summary="Give a revision back to its author",
        description="With a sentence on what to change.",
        body=shapes.RETURN,
        answers=_DONE,
        refusals=(409,),
        takes_match=True,
    )
}
PUBLISH = {
    "POST": Operation(
        id="publishCard",
        tag=TAG,
        summary="Publish an approved revision",
        description="Readers see it from now on, and a new ranking is computed. With If-Match,"
        " the revision that it names; else the newest.",
        body=shapes.PUBLICATION,
        is_body_optional=True,
        answers=_DONE,
        refusals=(409,),
        takes_match=True,
    )
}
