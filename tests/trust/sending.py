"""Who sends which form where, with what the page would have filled in."""

from dataclasses import dataclass, field
from urllib.parse import quote_plus

from django.urls import reverse

from accounts.models import User
from assessments.models import Card, Technology
from assessments.second_opinions import opinions_in
from evidence.models import Indicator, Item, Tag
from scoring.models import LensVersion
from tests.trust.objects import Things

# Stand for what the page would have filled in.
HASH, VERSION = "@hash", "@version"
PROPOSAL = "@proposal"
OPINIONS = "@opinions"
SHOWN, OTHER = "@shown", "@other"


@dataclass(frozen=True)
class Submission:
    """Who sends what where. `words` is a pattern of what a refusal calls its field, where it
    stands in a message and not beside the field; `tried` are the fields tried one by one."""

    route: str
    role: str
    fields: dict[str, str] = field(default_factory=dict)
    thing: str = "-"
    words: str = ""
    query: str = ""
    tried: tuple[str, ...] = ()

    def address(self, things: Things) -> str:
        kwargs = things.parts(self.thing, role=self.role)
        return f"{reverse(self.route, kwargs=kwargs)}{self.query}"

    def parts(self, things: Things) -> list[tuple[str, str]]:
        """The valid form, percent-encoded."""
        kwargs = things.parts(self.thing, role=self.role)
        known = _known(kwargs) | _proposal(kwargs)
        return [
            (name, quote_plus(said))
            for name, value in self.fields.items()
            for said in (_opinions(kwargs) if value == OPINIONS else [known.get(value, value)])
        ]

    def with_value(self, things: Things, names: set[str], value: str) -> list[tuple[str, str]]:
        """The valid form with these fields in the given spelling, already percent-encoded."""
        return [(name, value if name in names else kept) for name, kept in self.parts(things)]

    @property
    def tried_fields(self) -> tuple[str, ...]:
        return self.tried or tuple(self.fields)


def _known(kwargs: dict[str, object]) -> dict[str, str]:
    indicator = Indicator.objects.filter(slug=kwargs.get("slug", "")).first()
    if indicator is not None:
        return {VERSION: str(indicator.version), "@unit": indicator.unit}
    if tag := Tag.objects.filter(slug=kwargs.get("slug", "")).first():
        other = Tag.objects.exclude(pk=tag.pk).earliest("pk")
        return {SHOWN: tag.name, OTHER: other.name}
    if "slug" in kwargs:
        version = Technology.objects.get(slug=kwargs["slug"]).version
        return {VERSION: str(version)}
    if item := Item.objects.filter(key=kwargs.get("key", "")).first():
        return {VERSION: str(item.version)}
    if lens := LensVersion.objects.filter(key=kwargs.get("key", "")).order_by("-seq").first():
        return {VERSION: str(lens.seq)}
    card = Card.objects.filter(pk=kwargs.get("pk", 0)).first()
    head = card.revisions.order_by("-number").first() if card else None
    return {HASH: head.content_hash} if head else {}


def _proposal(kwargs: dict[str, object]) -> dict[str, str]:
    technology = Technology.objects.filter(slug=kwargs.get("slug", "")).first()
    proposed = technology.opening_steps.filter(answer=None).last() if technology else None
    return {PROPOSAL: str(proposed.pk)} if proposed else {}


def _opinions(kwargs: dict[str, object]) -> list[str]:
    technology = Technology.objects.get(slug=kwargs["slug"])
    anna = User.objects.get(username="anna")
    return [row.content_hash for row in opinions_in(technology, anna)]
