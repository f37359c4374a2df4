"""The part of the table of routes that is about the evidence library."""

from config.guard import Permission, Route
from rest.access import Access

_ITEM = "evidence/<slug:key>"
_TAG = "evidence/tags/<slug:slug>"

# Before the pages, one of which would otherwise be called "new".
EVIDENCE_FORMS: tuple[Route, ...] = (
    Route(
        "evidence/new/",
        "evidence.views.items.item_create",
        "evidence:item-create",
        Permission.ANALYST,
    ),
    Route(
        "evidence/import/",
        "evidence.views.bringing.item_import",
        "evidence:item-import",
        Permission.ANALYST,
    ),
    Route(
        f"{_ITEM}/read/",
        "evidence.views.reading.item_read",
        "evidence:item-read",
        Permission.ANALYST,
    ),
    Route(
        f"{_ITEM}/edit/",
        "evidence.views.editing.item_edit",
        "evidence:item-edit",
        Permission.ANALYST,
    ),
    Route(
        f"{_ITEM}/keep/",
        "evidence.views.states.item_keep",
        "evidence:item-keep",
        Permission.ANALYST,
    ),
    Route(
        f"{_ITEM}/retract/",
        "publishing.views.retraction.item_retract",
        "evidence:item-retract",
        Permission.ANALYST,
    ),
    Route(
        f"{_ITEM}/restore/",
        "evidence.views.states.item_restore",
        "evidence:item-restore",
        Permission.ANALYST,
    ),
)
EVIDENCE_PAGES: tuple[Route, ...] = (
    Route(
        "evidence/",
        "publishing.views.library.item_list",
        "publishing:item-list",
        Permission.ANALYST,
    ),
    # Before the items, whose keys always end in six signs of their own.
    Route(
        "evidence/tags/",
        "evidence.views.tags.tag_list",
        "evidence:tag-list",
        Permission.ANALYST,
    ),
    Route(
        f"{_TAG}/",
        "evidence.views.tags.tag_edit",
        "evidence:tag-edit",
        Permission.ANALYST,
    ),
    Route(
        f"{_TAG}/merge/",
        "evidence.views.tags.tag_merge",
        "evidence:tag-merge",
        Permission.ANALYST,
    ),
    Route(
        "evidence/tags/changes/<int:seq>/undo/",
        "evidence.views.tags.tag_undo",
        "evidence:tag-undo",
        Permission.ANALYST,
    ),
    Route(
        f"{_ITEM}/",
        "publishing.views.evidence.item_detail",
        "publishing:item-detail",
        Permission.ANALYST,
    ),
)
_READ, _WRITE = "read:drafts", "write:evidence"
EVIDENCE_API: tuple[Route, ...] = (
    Route(
        "api/v1/evidence/",
        "publishing.api.evidence.ItemList",
        "api:item-list",
        Access({"GET": _READ, "POST": _WRITE}),
    ),
    Route(
        "api/v1/evidence.<extension:extension>",
        "publishing.api.evidence.ItemFile",
        "api:item-list-file",
        Access({"GET": _READ}),
    ),
    Route(
        f"api/v1/{_ITEM}/",
        "evidence.api.items.ItemDetail",
        "api:item-detail",
        Access({"GET": _READ, "PUT": _WRITE}),
    ),
    Route(
        f"api/v1/{_ITEM}/related/",
        "evidence.api.related.ItemRelated",
        "api:item-related",
        Access({"GET": _READ}),
    ),
    Route(
        f"api/v1/{_ITEM}/keep/",
        "evidence.api.items.ItemKeep",
        "api:item-keep",
        Access({"POST": _WRITE}),
    ),
    Route(
        f"api/v1/{_ITEM}/retract/",
        "evidence.api.items.ItemRetract",
        "api:item-retract",
        Access({"POST": _WRITE}),
    ),
    Route(
        f"api/v1/{_ITEM}/restore/",
        "evidence.api.items.ItemRestore",
        "api:item-restore",
        Access({"POST": _WRITE}),
    ),
)
