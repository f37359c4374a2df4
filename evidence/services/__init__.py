from evidence.services.demonstration import load_demonstration_indicators
from evidence.services.demonstration_items import load_demonstration_items
from evidence.services.editing import Edit, EditConflict, Edited, merged_edit, save_edit
from evidence.services.importing import import_series
from evidence.services.indexing import index_items
from evidence.services.indicators import IndicatorRefused, create_indicator, edit_indicator
from evidence.services.items import (
    ItemRefused,
    create_item,
    edit_item,
    keep_item,
    restore_item,
    retract_item,
)
from evidence.services.observations import ObservationsRefused, record_observations
from evidence.services.pasting import Pasted, add_paste, paste_item
from evidence.services.reading import Series, save_reading
from evidence.services.tags import merge_tags, rename_tag, undo_tag_change

__all__ = [
    "Edit",
    "EditConflict",
    "Edited",
    "IndicatorRefused",
    "ItemRefused",
    "ObservationsRefused",
    "Pasted",
    "Series",
    "add_paste",
    "create_indicator",
    "create_item",
    "edit_indicator",
    "edit_item",
    "import_series",
    "index_items",
    "keep_item",
    "load_demonstration_indicators",
    "load_demonstration_items",
    "merge_tags",
    "merged_edit",
    "paste_item",
    "record_observations",
    "rename_tag",
    "restore_item",
    "retract_item",
    "save_edit",
    "save_reading",
    "undo_tag_change",
]
