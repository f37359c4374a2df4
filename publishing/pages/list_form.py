"""The form over a list that is narrowed by a few values: built from what the list declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publishing.cards import field_of_card
from publishing.pages.address import Address, Removable
from publishing.pages.published import Published, day_words
from record.filtering import Choice, Day, ListFilters, Parameter

# Where a program resumes; a person turns pages.
WITHOUT_CONTROL = ("since",)
KINDS = {Choice: "choice", Day: "date"}


@dataclass(frozen=True)
class Control:
    """`options` are pairs of value and words; a control without them takes text or a date."""

    name: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...]
    error: str


@dataclass(frozen=True)
class ListForm:
    """`pages` is the beginning of the address of each further page of the list; `errors` are
    those of parameters that have no control."""

    controls: tuple[Control, ...]
    chosen: tuple[Removable, ...]
    path: str
    pages: str
    errors: tuple[str, ...]

    @property
    def status(self) -> int:
        return 400 if self.errors or any(control.error for control in self.controls) else 200


def list_form(
    filters: ListFilters,
    published: Published,
    path: str,
    words: Mapping[str, Mapping[str, str]],
) -> ListForm:
    """`words` name the values of a choice for people, by the parameter."""
    # Of a field without a published technology readers know nothing.
    shown = [field_of_card(card, published.fields) for card in published.leads]
    fields = {field.slug: field.name for field in published.fields.values() if field in shown}
    named = {"domain": fields, **words}
    address, sentences = Address(path, filters.values), filters.sentences()
    controls = [
        _control(name, parameter, filters, named.get(name, {}), sentences.get(name, ""))
        for name, parameter in filters.parameters()
        if name not in WITHOUT_CONTROL
    ]
    chosen = [
        Removable(_words(filters.filters[name], value, named.get(name, {})), without)
        for name, value in filters.values.items()
        if (without := address.url(**{name: None}))
    ]
    return ListForm(
        controls=tuple(controls),
        chosen=tuple(chosen),
        path=path,
        pages=address.url(page=0).removesuffix("0"),
        errors=tuple(sentences[name] for name in WITHOUT_CONTROL if name in sentences),
    )


def _control(
    name: str, parameter: Parameter, filters: ListFilters, words: Mapping[str, str], error: str
) -> Control:
    values = parameter.choices if isinstance(parameter, Choice) else tuple(words)
    kind = "choice" if values else KINDS.get(type(parameter), "text")
    return Control(
        name=name,
        label=_label(parameter),
        kind=kind,
        value=str(filters.values.get(name, "")),
        options=tuple((value, words.get(value, value)) for value in values),
        error=error,
    )


def _label(parameter: Parameter) -> str:
    label = str(parameter.label).removeprefix("The ")
    return label[:1].upper() + label[1:]


def _words(parameter: Parameter, value: Any, words: Mapping[str, str]) -> str:
    shown = day_words(value) if isinstance(parameter, Day) else words.get(value, str(value))
    return f"{_label(parameter).lower()}: {shown}"
