"""The two file shapes that cards come in."""

from collections.abc import Callable, Mapping

from assessments.importing import state_of_the_future
from assessments.importing.results import ImportedCard, Refusal
from assessments.values.card import CardInvalid, parse_card
from intake import strict_json
from intake.errors import IntakeError
from intake.showing import kind_of, shown

__all__ = ["FORMAT", "ImportedCard", "Refusal", "read_cards_file"]

FORMAT = "bellwether.cards/1"
# A whole record in one file is larger than anything that the site takes over HTTP.
MAX_BYTES = 50_000_000

Item = ImportedCard | Refusal


def read_cards_file(
    data: bytes, *, same: Mapping[str, str] | None = None, chain: bool = False
) -> list[Item]:
    """Every card of the file in its order, each read whole or refused whole.

    A list is read as State of the Future's cards; `same` joins its slugs, and the cards of one
    technology and edition come in the order of their dates. An object is read as the contract's
    file; `chain` says that its cards name no parents. Raises IntakeError where the file itself
    cannot be read.
    """
    value = strict_json.loads(data, max_bytes=MAX_BYTES)
    if isinstance(value, list):
        return _read_printed(value, same or {})
    return _read_contract(value, chain=chain)


def _read_printed(values: list[object], same: Mapping[str, str]) -> list[Item]:
    def read(value: object, label: str) -> ImportedCard:
        return state_of_the_future.read_card(value, label=label, same=same)

    items = [_read(value, _label(number, value), read) for number, value in enumerate(values, 1)]
    named = iter(
        state_of_the_future.agree_on_names([i for i in items if isinstance(i, ImportedCard)])
    )
    return _in_order([next(named) if isinstance(i, ImportedCard) else i for i in items])


def _read_contract(value: object, *, chain: bool) -> list[Item]:
    if not isinstance(value, dict):
        raise IntakeError(
            f"The file holds {kind_of(value)}; it must hold an object with the keys format and"
            " cards, or a list of State of the Future's cards."
        )
    if value.get("format") != FORMAT:
        raise IntakeError(
            f'The key format is {shown(value.get("format"))}; a file of cards says "{FORMAT}".'
        )
    unknown = sorted(set(value) - {"format", "cards"})
    if unknown:
        raise IntakeError(f"The file has the key {shown(unknown[0])}; take it out.")
    cards = value.get("cards")
    if not isinstance(cards, list):
        raise IntakeError(f"The key cards holds {kind_of(cards)}; it must hold a list.")

    def read(card: object, label: str) -> ImportedCard:
        return ImportedCard(document=parse_card(card), label=label, chains=chain)

    return [_read(card, _label(number, card), read) for number, card in enumerate(cards, 1)]


def _read(value: object, label: str, read: Callable[[object, str], ImportedCard]) -> Item:
    try:
        return read(value, label)
    except CardInvalid as invalid:
        return Refusal.of(label, invalid.errors)


def _label(number: int, value: object) -> str:
    """ "card 3 (edge-ai, 2026)" in either shape, as far as the card says what it is."""
    if not isinstance(value, dict):
        return f"card {number}"
    technology = value.get("technology")
    slug = technology.get("slug") if isinstance(technology, dict) else value.get("slug")
    said = (slug, value.get("edition") or value.get("role"), value.get("as_of"))
    names = ", ".join(shown(part)[1:-1] for part in said if isinstance(part, str) and part)
    return f"card {number} ({names})" if names else f"card {number}"


def _in_order(items: list[Item]) -> list[Item]:
    """Cards of one series take each other's places until their dates ascend."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, item in enumerate(items):
        if isinstance(item, ImportedCard):
            key = (item.document.technology.slug, item.document.series)
            places.setdefault(key, []).append(place)
    ordered = list(items)
    for taken in places.values():
        cards = [card for place in taken if isinstance(card := items[place], ImportedCard)]
        cards.sort(key=lambda card: card.document.as_of)
        for place, card in zip(taken, cards, strict=True):
            ordered[place] = card
    return ordered
