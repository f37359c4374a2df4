"""The planted record with a payload in every text that may hold one."""

from unittest import mock

from accounts.models import User
from evidence.models import Item
from evidence.services.items import create_item
from evidence.values.item import ItemFacts, PassageFacts
from tests.trust import planting
from tests.trust.words import Words

# Short, because each stands before a word in fields of as few as sixty characters.
SHORT = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "</textarea><img src onerror=alert(1)>",
)
# Of these only letters and digits are taken.
PLAIN = ("address", "account", "e-mail", "mark of", "key of a buffer", "invitation", "reference")


class Payloads(Words):
    """Words with something before them that would like to run."""

    def at(self, place: str) -> str:
        word = super().at(place)
        if any(part in place for part in PLAIN) or place.endswith(", source"):
            return word
        return f"{SHORT[int.from_bytes(word.encode()) % len(SHORT)]} {word}"


def plant_payloads(texts: list[str]) -> None:
    """Everything that `plant` plants, then an item for each text."""
    record = planting.Record(Payloads(), Payloads())
    with mock.patch.object(planting, "Record", return_value=record):
        planting.plant()
    by = User.objects.get(username="anna")
    User.objects.update(display_name=SHORT[0])
    for number, text in enumerate(texts):
        facts = ItemFacts(
            kind="digest",
            title=f"{SHORT[number % len(SHORT)]} {number}",
            authors=(SHORT[1],),
            publisher=SHORT[2],
            licence=SHORT[3],
            via=SHORT[0],
            notes=text,
            text=text,
            tags=(SHORT[4].replace(",", ""),),
            passages=(
                PassageFacts(
                    "quotation", text[:60], heading=SHORT[1], comment=text, exact=text[:9]
                ),
            ),
        )
        create_item(facts=facts, by=by, state=Item.State.KEPT, key=f"payload-{number}")
