"""The rows of the card form that cite an item of the evidence library."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BoundField

from assessments.forms.row import RowForm
from assessments.forms.typed import ChoiceText, OptionalText, TypedText
from assessments.values import limits
from assessments.values.citations import ITEM_KEY, Direction, Strength
from assessments.values.parts import is_web_address
from assessments.values.scale import Dimension
from evidence.models import Item

_PAGE = re.compile(f"(?:https?://[^/]+)?/evidence/({ITEM_KEY})/?")
_OPEN = ("", "choose")
DIRECTIONS = [
    _OPEN,
    (Direction.RAISES.value, "raises it"),
    (Direction.LOWERS.value, "lowers it"),
    (Direction.SUPPORTS.value, "supports it"),
]
# Of a row that is not read any further: its own field says what is wrong.
_UNREAD = "unread"


class CitationForm(RowForm):
    """`cited`, `title` and `url` go along unseen: they are the item as it was when it was cited,
    and hold as long as the row cites the same one."""

    noun = "Citation"
    template = "assessments/_citation_row.html"
    item_named = TypedText(
        "Item of the library",
        limit=limits.ITEM_URL,
        hint="Its title, its key or its address. Empty it to take the citation out.",
    )
    dimension = ChoiceText(
        "Bears on", [_OPEN, *((one.value, one.value.capitalize()) for one in Dimension)]
    )
    direction = ChoiceText("What it does to the score", DIRECTIONS)
    strength = ChoiceText(
        "How strongly", [_OPEN, *((one.value, one.value.capitalize()) for one in Strength)]
    )
    quote = TypedText(
        "Quotation", limit=limits.PASSAGE, lines=2, hint="The words that bear on it, if any do."
    )
    belief = TypedText(
        "Belief update",
        limit=limits.NOTE,
        lines=2,
        hint="In one line: was 3, now 3/4, because …",
    )
    cited = OptionalText("Cited", widget=forms.HiddenInput)
    title = OptionalText("Title", widget=forms.HiddenInput)
    url = OptionalText("Address", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_named"].widget.attrs["list"] = "library-items"
        self._found: Item | None = None
        # Set by the page, which asks for all rows at once.
        self.retracted: Item | None = None

    @classmethod
    def initial_of(cls, item: Any) -> dict[str, Any]:
        return {**item, "cited": item["item"], "item_named": item["item"]}

    @property
    def is_blank(self) -> bool:
        names = ("item_named", "quote", "belief")
        return not any(str(self[name].value() or "").strip() for name in names)

    @property
    def title_shown(self) -> str:
        return str(self["title"].value() or "")

    @property
    def key_shown(self) -> str:
        key = str(self["cited"].value() or "")
        return key if re.fullmatch(ITEM_KEY, key) else ""

    def plain_fields(self) -> list[BoundField]:
        return [field for field in super().plain_fields() if not field.is_hidden]

    def unseen_fields(self) -> list[BoundField]:
        return [field for field in super().plain_fields() if field.is_hidden]

    def clean(self) -> None:
        typed = self.cleaned_data
        if self._says_nothing():
            return
        named = str(typed.get("item_named", "")).replace("\0", "").strip()
        if not named:
            self.add_error("item_named", "Name the item, or empty the whole row.")
            return
        found = items_named(named)
        if len(found) == 1:
            self._found = found[0]
        elif found:
            keys = ", ".join(sorted(item.key for item in found)[:5])
            message = f"Several items are called so: {keys}. Give the key of one of them."
            self.add_error("item_named", message)
        else:
            message = (
                "The library holds no such item. Give its whole title, its key or its address, or"
                " bring it into the library first."
            )
            self.add_error("item_named", message)

    def _says_nothing(self) -> bool:
        names = ("item_named", "quote", "belief")
        return not any(str(self.cleaned_data.get(name) or "").strip() for name in names)

    def item(self) -> Any:
        if self._says_nothing():
            return None
        typed = self.cleaned_data
        judged = ("dimension", "direction", "strength", "quote", "belief")
        return self._item() | {name: typed.get(name) for name in judged}

    def _item(self) -> dict[str, object]:
        typed, found = self.cleaned_data, self._found
        if found is None:
            return {"item": _UNREAD, "title": _UNREAD, "url": None}
        if typed.get("cited") == found.key and typed.get("title"):
            return {"item": found.key, "title": typed["title"], "url": typed.get("url")}
        url = found.url if is_web_address(found.url) else None
        return {"item": found.key, "title": found.name, "url": url}


def items_named(text: str) -> list[Item]:
    """The items of that key, address of their page, own address or whole title."""
    page = _PAGE.fullmatch(text)
    key = page[1] if page else text
    rows = Item.objects.defer("text", "notes")
    exact = list(rows.filter(key=key[:80]))
    return exact or list(rows.filter(Q(url=text) | Q(title__iexact=text)).order_by("key")[:6])
