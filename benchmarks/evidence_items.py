"""Made-up items for the evidence library: words, tags and authors as unequal as in a real one."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from accounts.models import User
from evidence.models import Item, ItemTag, Passage, Tag
from evidence.services import index_items
from evidence.values.item import KINDS, tag_slug

ONSETS = "b br c ch d dr f g gl h k l m n p pl qu r s sh sk st t tr v w".split()  # noqa: SIM905
NUCLEI = "a ai e ea i io o ou u".split()  # noqa: SIM905
CODAS = ["", "", "l", "m", "n", "r", "s", "t", "nd", "rk"]
WORDS, TAGS, AUTHORS, PUBLISHERS, MEMOS = 12_000, 400, 1_500, 200, 300
STATES, STATE_SHARES = ("kept", "inbox", "retracted"), (0.9, 0.07, 0.03)
CHUNK = 500


class Maker:
    """The same seed gives the same items, and the first hundred of many are those of few."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self.words = self._vocabulary(WORDS, 1, 4)
        names = self._vocabulary(AUTHORS + PUBLISHERS, 2, 3)
        self.authors = [
            f"{names[place].title()} {names[-place - 1].title()}" for place in range(AUTHORS)
        ]
        self.publishers = [f"The {names[AUTHORS + one].title()}" for one in range(PUBLISHERS)]
        topics = self._vocabulary(TAGS, 2, 3)
        self.tags = [
            one if place % 3 else f"{one} {topics[place - 1]}" for place, one in enumerate(topics)
        ]
        self.memos = [self.text(14) for _ in range(MEMOS)]

    def _vocabulary(self, number: int, shortest: int, longest: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            count = int(self._rng.integers(shortest, longest + 1))
            syllables = self._pick(ONSETS) + self._pick(NUCLEI) + self._pick(CODAS)
            for _ in range(count - 1):
                syllables += self._pick(ONSETS) + self._pick(NUCLEI) + self._pick(CODAS)
            found[syllables] = None
        return list(found)

    def _pick(self, of: Sequence[str]) -> str:
        return of[int(self._rng.integers(len(of)))]

    def unequal(self, of: Sequence[str], number: int) -> list[str]:
        """By Zipf's law: the first of them far more often than the last."""
        places = self._rng.zipf(1.35, number) % len(of)
        return [of[int(place)] for place in places]

    def text(self, words: int) -> str:
        found = self.unequal(self.words, words)
        for place in range(0, words, 13):
            found[place] = f"{found[place - 1]}. {found[place].title()}" if place else found[0]
        return " ".join(found)

    def chance(self, share: float) -> bool:
        return bool(self._rng.random() < share)

    def between(self, low: int, high: int) -> int:
        return int(self._rng.integers(low, high + 1))

    def item(self, number: int, by: User) -> Item:
        state = str(self._rng.choice(STATES, p=STATE_SHARES))
        site = self.unequal(self.words, 1)[0]
        item = Item(
            key=f"item-{number:06}",
            kind=self._pick(KINDS),
            state=state,
            title=self.text(self.between(4, 10)).capitalize(),
            url=f"https://{site}.example/{number % 9_000}",
            authors=list(dict.fromkeys(self.unequal(self.authors, self.between(1, 3)))),
            publisher=self.unequal(self.publishers, 1)[0],
            published=f"{self.between(2005, 2026)}-{self.between(1, 12):02}",
            notes=self.text(self.between(10, 60)),
            text=self.text(self.between(80, 500)),
            created_by=by,
        )
        if state == "retracted":
            item.retracted_reason, item.retracted_on = "It was taken back.", "2026-01-01"
        return item

    def quotations(self, item: Item) -> Iterator[Passage]:
        number = self.between(1, 3) if self.chance(0.3) else 0
        for position, words in enumerate(dict.fromkeys(self.unequal(self.memos, number))):
            yield Passage(item=item, position=position, kind="quotation", text=words)


def fill_library(*, items: int, seed: int, by: User) -> None:
    """The empty library has so many items, all of which are found."""
    maker = Maker(seed)
    tags = [Tag(name=name, slug=tag_slug(name)) for name in maker.tags]
    known = {tag.name: tag for tag in Tag.objects.bulk_create(tags)}
    numbers = iter(range(items))
    while chunk := list(islice(numbers, CHUNK)):
        made = [maker.item(number, by) for number in chunk]
        tagged = [dict.fromkeys(maker.unequal(maker.tags, maker.between(2, 6))) for _ in made]
        passages = [passage for item in made for passage in maker.quotations(item)]
        Item.objects.bulk_create(made)
        Passage.objects.bulk_create(passages)
        ItemTag.objects.bulk_create(
            ItemTag(item=item, tag=known[name])
            for item, names in zip(made, tagged, strict=True)
            for name in names
        )
        index_items([item.pk for item in made])
