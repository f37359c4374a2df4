"""Two people changed one card: what both began from, what each made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from assessments.models import Revision
from assessments.opinions import Opinion, content_of
from assessments.pages.differences import Difference, Version, differences
from assessments.values.card import CardDocument, content_json


@dataclass(frozen=True)
class ConflictPage:
    """`fields` are what was typed, ready to be sent again on top of `theirs`."""

    name: str
    card_id: int
    theirs: Revision
    base_number: int
    differences: tuple[Difference, ...]
    fields: tuple[tuple[str, str], ...]

    @property
    def next_number(self) -> int:
        return self.theirs.number + 1


def conflict_page(
    opinion: Opinion, theirs: Revision, mine: CardDocument, typed: QueryDict
) -> ConflictPage:
    base = theirs.card.revisions.filter(content_hash=mine.parent or "").first()
    versions = [
        Version(
            f"Theirs: {theirs.author.get_username()}, revision {theirs.number}", content_of(theirs)
        ),
        Version("Yours, not saved", content_json(mine)),
    ]
    if base is not None:
        versions.insert(0, Version(f"Before: revision {base.number}", content_of(base)))
    return ConflictPage(
        name=opinion.technology.name,
        card_id=theirs.card_id,
        theirs=theirs,
        base_number=base.number if base else 0,
        differences=differences(*versions),
        fields=tuple(_again(typed, theirs)),
    )


def _again(typed: QueryDict, theirs: Revision) -> Iterable[tuple[str, str]]:
    for name, values in typed.lists():
        if name not in {"csrfmiddlewaretoken", "then", "parent"}:
            yield from ((name, value) for value in values)
    yield "parent", theirs.content_hash
