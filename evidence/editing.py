"""The form of an item, and what it shows when somebody else changed the item meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from accounts.models import User
from accounts.selectors import names_of
from evidence.differing import NAMES, TAKE, FieldInConflict, field_in_conflict
from evidence.forms.item import ItemEditor, item_editor, typed_editor
from evidence.forms.passages import ROWS
from evidence.library import item_facts, whole_items
from evidence.models import Item
from evidence.services import Edit, EditConflict, Edited, ItemRefused, save_edit
from evidence.values.merging import MINE, THEIRS, Merge
from evidence.versions import facts_at, last_author_id
from intake.numbers import whole_or_zero
from record.errors import DomainError
from record.moments import one_moment

SOMEBODY = "somebody else"


@dataclass(frozen=True)
class EditPage:
    """`pages` are the other pages of passages: the words of a link and its query."""

    item: Item
    editor: ItemEditor
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConflictPage:
    """`typed` is what was typed, ready to be sent again on top of `item`."""

    item: Item
    author: str
    fields: tuple[FieldInConflict, ...]
    merged: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...]


def edit_page(item: Item, editor: ItemEditor) -> EditPage:
    return EditPage(item, editor, tuple(_pages(editor)))


def shown_editor(item: Item, asked: QueryDict) -> ItemEditor:
    return item_editor(item_facts(item), item.version, asked.get("place", ""))


def sent_editor(item: Item, data: QueryDict) -> ItemEditor:
    """What was typed, over the version that it was typed on."""
    with one_moment():
        held = whole_items(Item.objects.filter(pk=item.pk)).get()
        return typed_editor(
            data, facts_at(held, whole_or_zero(data.get("version"))) or item_facts(held)
        )


def saved_edit(item: Item, editor: ItemEditor, data: QueryDict, by: User) -> Edited | None:
    """None where something is refused, which the form then says; EditConflict as it comes."""
    if not editor.is_valid:
        return None
    edit = Edit(
        facts=editor.facts(),
        version=editor.form.cleaned_data["version"],
        reason=editor.form.cleaned_data["reason"],
        choices={name: data.get(f"{TAKE}{name}", "") for name in NAMES},
        newest=whole_or_zero(data.get("newest")),
    )
    try:
        return save_edit(item=item, edit=edit, by=by)
    except EditConflict:
        raise
    except ItemRefused as error:
        editor.refuse(error.faults)
    except DomainError as error:
        editor.refuse({error.field: error.message})
    return None


def conflict_page(conflict: EditConflict, data: QueryDict) -> ConflictPage:
    item, merge = conflict.item, conflict.merge
    return ConflictPage(
        item=item,
        author=_author(item),
        fields=tuple(field_in_conflict(one) for one in merge.conflicts),
        merged=tuple(_merged(merge, _author(item))),
        typed=tuple(_again(data, item)),
    )


def told(edited: Edited) -> str:
    if edited.merge is None:
        return "Saved."
    theirs = [NAMES[name].lower() for name in edited.merge.from_theirs]
    beside = f": {', '.join(theirs)}" if theirs else ""
    return f"Saved, beside what {name_told(edited.author_id)} had changed meanwhile{beside}."


def _author(item: Item) -> str:
    return name_told(last_author_id(item))


def name_told(person: int | None) -> str:
    return names_of([person]).get(person, SOMEBODY) if person else SOMEBODY


def _merged(merge: Merge, author: str) -> Iterable[tuple[str, str]]:
    whose: Mapping[str, str] = {THEIRS: author, MINE: "you"}
    for side, names in ((THEIRS, merge.from_theirs), (MINE, merge.from_mine)):
        for name in names:
            yield NAMES[name], whose[side]


def _again(data: QueryDict, item: Item) -> Iterable[tuple[str, str]]:
    for name, values in data.lists():
        if name not in {"csrfmiddlewaretoken", "newest"} and not name.startswith(TAKE):
            yield from ((name, value) for value in values)
    yield "newest", str(item.version)


def _pages(editor: ItemEditor) -> Iterable[tuple[str, str]]:
    if editor.total <= ROWS:
        return
    for first in range(0, editor.total, ROWS):
        last = min(first + ROWS, editor.total)
        yield f"{first + 1} to {last}", "" if first == editor.place else f"?place={first}"
