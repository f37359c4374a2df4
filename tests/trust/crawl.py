"""Every address of the site, taken from the table of routes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken, Invitation, User
from assessments.models import (
    Card,
    Challenge,
    Prediction,
    ReviewComment,
    Revision,
    Technology,
)
from config.routes import ROUTES, Route
from evidence.models import Indicator, Item, Tag
from record.models import Change
from scoring.models import Run

QUERIES = (
    "q=zq&domain=unsorted",
    "q=a&page=1&t=alpha&t=gamma",
    "domain=nowhere&page=2&t=alpha&t=zq",
    "page=-1&seen=none",
    "page=x&seen=none&q=zq&domain=ai",
)
JSON = "application/json"
SCRIPT = {"HX-Request": "true"}
NOWHERE = ("/nowhere/", "/technologies/nowhere/x/", "/runs/x/", "/static/nowhere.css", "/%ff/")
REFUSED = ("/?q=%00", "/technologies/?q=%E2%80%AE", f"/technologies/?q={'a' * 200}")


Parts = list[dict[str, Any]]
FILES: Parts = [{"extension": "csv"}, {"extension": "jsonl"}]


def slugs() -> Parts:
    known = Technology.objects.values_list("slug", flat=True)
    return [{"slug": slug} for slug in (*known, "nowhere", "zq")]


def indicators() -> Parts:
    known = Indicator.objects.values_list("slug", flat=True)
    return [{"slug": slug} for slug in (*known, "nowhere")]


def item_keys() -> Parts:
    known = Item.objects.order_by("pk").values_list("key", flat=True)
    return [{"key": key} for key in (*known, "nowhere")]


def tag_slugs() -> Parts:
    known = Tag.objects.order_by("pk").values_list("slug", flat=True)
    return [{"slug": slug} for slug in (*known, "nowhere")]


def tag_changes() -> Parts:
    known = Change.objects.filter(kind="tag.renamed").values_list("seq", flat=True)
    return [{"seq": seq} for seq in (*known, 10**30)]


def lens_keys() -> Parts:
    return [{"key": key} for key in ("city-fund", "moonshot", "nowhere")]


def card_keys() -> Parts:
    """The lead card of every technology, and opinions: shown, hidden, withdrawn and none."""
    opinions = ("alpha~otto", "beta~otto", "gamma~ben", "zq~otto")
    return [{"key": key} for key in (*(parts["slug"] for parts in slugs()), *opinions)]


def keys_of(
    model: type[Model], *, every: bool = False, name: str = "pk", **others: Any
) -> Callable[[], Parts]:
    """The keys in use or the first and the last of them, then the next one and an absurd one."""

    def keys() -> Parts:
        used = sorted(model._default_manager.values_list("pk", flat=True))
        chosen = used if every else [*used[:1], *used[1:][-1:]]
        return [{name: key} | others for key in (*chosen, max(used, default=0) + 1, 10**30)]

    return keys


def prediction_keys() -> Parts:
    """Of published ones and drafts, of one that a card words, and of nothing."""
    keys = Prediction.objects.order_by("pk").values_list("key", flat=True)
    return [{"key": key} for key in (*keys, "alpha-1", "nowhere-2030-0", "nowhere")]


def challenge_keys() -> Parts:
    keys = Challenge.objects.order_by("pk").values_list("key", flat=True)
    return [{"key": key} for key in (*keys, "nowhere-0")]


RUNS = keys_of(Run, every=True, name="seq")
USERS, CARDS = keys_of(User), keys_of(Card)
# What stands in the place of each part of a path, by the name of the route.
VALUES: dict[str, Callable[[], Parts]] = {
    "assessments:technology-edit": slugs,
    "assessments:opening-detail": slugs,
    "assessments:opening-test": slugs,
    "assessments:opening-confirm": slugs,
    "assessments:opening-refuse": slugs,
    "assessments:opening-withdraw": slugs,
    "assessments:challenge-create": slugs,
    "assessments:challenge-detail": challenge_keys,
    "assessments:challenge-step": challenge_keys,
    "assessments:card-edit": CARDS,
    "assessments:issue-card": item_keys,
    "assessments:issue-next": item_keys,
    "assessments:buffer-keep": CARDS,
    "assessments:revision-list": CARDS,
    "assessments:revision-detail": keys_of(Card, number=1),
    "assessments:note-create": CARDS,
    "assessments:revision-compare": CARDS,
    "assessments:minor-create": CARDS,
    "assessments:minor-detail": keys_of(Card, number=2),
    "assessments:minor-confirm": keys_of(Card, number=2),
    "assessments:minor-take-back": keys_of(Card, number=2),
    "assessments:card-submit": CARDS,
    "assessments:card-approve": CARDS,
    "assessments:card-return": CARDS,
    "assessments:card-publish": CARDS,
    "assessments:card-withdraw": CARDS,
    "assessments:review-detail": keys_of(Revision),
    "assessments:comment-create": keys_of(Revision),
    "assessments:comment-resolve": keys_of(ReviewComment),
    "assessments:prediction-publish": prediction_keys,
    "assessments:prediction-withdraw": prediction_keys,
    "assessments:forecast-create": prediction_keys,
    "assessments:forecast-withdraw": prediction_keys,
    "publishing:opinion-list": slugs,
    "publishing:sketch-detail": CARDS,
    "assessments:round-answer": CARDS,
    "publishing:technology-detail": slugs,
    "publishing:technology-history-csv": slugs,
    "publishing:technology-drivers-csv": slugs,
    "publishing:prediction-detail": prediction_keys,
    "publishing:prediction-csv": prediction_keys,
    "publishing:prediction-chances-csv": prediction_keys,
    "scoring:resolution-edit": prediction_keys,
    "publishing:lens-edit": lens_keys,
    "publishing:lens-retire": lens_keys,
    "evidence:indicator-edit": indicators,
    "evidence:observation-create": indicators,
    "publishing:indicator-detail": indicators,
    "publishing:indicator-history-csv": indicators,
    "evidence:item-read": item_keys,
    "evidence:item-edit": item_keys,
    "evidence:tag-edit": tag_slugs,
    "evidence:tag-merge": tag_slugs,
    "evidence:tag-undo": tag_changes,
    "evidence:item-keep": item_keys,
    "evidence:item-retract": item_keys,
    "evidence:item-restore": item_keys,
    "publishing:item-detail": item_keys,
    "api:item-list-file": lambda: FILES,
    "api:item-detail": item_keys,
    "api:item-related": item_keys,
    "api:item-keep": item_keys,
    "api:item-retract": item_keys,
    "api:item-restore": item_keys,
    "api:indicator-list-file": lambda: FILES,
    "api:indicator-detail": indicators,
    "api:observation-list": indicators,
    "api:observation-list-file": lambda: [one | two for one in indicators() for two in FILES],
    "api:lens-list-file": lambda: FILES,
    "api:lens-detail": lens_keys,
    "scoring:run-detail": RUNS,
    "scoring:run-reopen": RUNS,
    "scoring:run-json": RUNS,
    "scoring:run-csv": RUNS,
    "accounts:demo-sign-in": lambda: [{"signed": "x"}, {"signed": "MQ:1:x"}],
    "accounts:password-reset": lambda: [{"person": "1", "secret": "x"}],
    "accounts:invitation-accept": lambda: [{"secret": "x"}],
    "accounts:invitation-withdraw": keys_of(Invitation),
    "accounts:user-role": USERS,
    "accounts:user-deactivate": USERS,
    "accounts:user-reactivate": USERS,
    "accounts:user-reset-link": USERS,
    "accounts:token-revoke": keys_of(ApiToken),
    "api:technology-list-file": lambda: FILES,
    "api:technology-detail": slugs,
    "api:ranking-list-file": lambda: FILES,
    "api:ranking-detail": keys_of(Run, every=True, name="run"),
    "api:ranking-changes": keys_of(Run, every=True, name="run"),
    "api:technology-ranking": slugs,
    "api:ranking-technology": lambda: [
        run | technology for run in keys_of(Run, every=True, name="run")() for technology in slugs()
    ],
    "api:ranking-pair": keys_of(Run, every=True, name="run"),
    "api:prediction-list-file": lambda: FILES,
    "api:prediction-detail": prediction_keys,
    "api:prediction-publish": prediction_keys,
    "api:prediction-withdraw": prediction_keys,
    "api:opening-step": slugs,
    "api:forecast-list": prediction_keys,
    "api:forecast-list-file": lambda: [one | two for one in prediction_keys() for two in FILES],
    "api:resolution-list": prediction_keys,
    "api:resolution-list-file": lambda: [one | two for one in prediction_keys() for two in FILES],
    "api:probability-list": prediction_keys,
    "api:probability-list-file": lambda: [one | two for one in prediction_keys() for two in FILES],
    "api:score-list-file": lambda: FILES,
    "api:indicator-forecast": indicators,
    "api:hubverse-list-file": lambda: FILES,
    "api:run-list-file": lambda: FILES,
    "api:challenge-list-file": lambda: FILES,
    "api:card-list-file": lambda: FILES,
    "api:card-detail": card_keys,
    "api:revision-list": card_keys,
    "api:revision-list-file": lambda: [one | two for one in card_keys() for two in FILES],
    "api:card-submit": card_keys,
    "api:card-approve": card_keys,
    "api:card-return": card_keys,
    "api:card-publish": card_keys,
    "api:change-list-file": lambda: FILES,
}


def addresses_of(route: Route) -> list[str]:
    """Every address of the route. One whose parts nobody has given values for has none."""
    if "<" not in route.path:
        return [reverse(route.name)]
    parts = VALUES.get(route.name, list)()
    return [reverse(route.name, kwargs=kwargs) for kwargs in parts]


def addresses() -> list[str]:
    return [address for route in ROUTES for address in addresses_of(route)]


@dataclass(frozen=True)
class Answer:
    """What was asked for, in words, and all that came back."""

    asked: str
    status: int
    text: str


def read(asked: str, response: Any) -> Answer:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    text = f"{headers}\n{response.cookies.output()}\n\n{response.getvalue().decode()}"
    return Answer(asked, response.status_code, text)


def crawl(make_client: Callable[[], Client], asked: Iterable[str]) -> Iterator[Answer]:
    """Everything that a visitor can be answered by asking, in each way of asking."""
    client, writer = make_client(), make_client()
    plain = [reverse(route.name) for route in ROUTES if "<" not in route.path]
    for address in (*asked, *NOWHERE, *REFUSED):
        whole = read(f"GET {address}", client.get(address))
        yield whole
        yield read(f"POST {address}", writer.post(address))
        if address == reverse("accounts:sign-out"):
            writer = make_client()
        if whole.status == 200:
            yield from _parts(client, address, QUERIES if address in plain else ())
    yield from _refusals(make_client)


def _parts(client: Client, address: str, queries: Iterable[str]) -> Iterator[Answer]:
    """The page by its queries, and what it gives to scripts."""
    yield read(f"part {address}", client.get(address, headers=SCRIPT))
    for query in queries:
        asked = f"{address}?{query}"
        yield read(f"GET {asked}", client.get(asked))
        if "seen" in query:
            yield read(f"part {asked}", client.get(asked, headers=SCRIPT))


def crawl_by_program(client: Client, asked: Iterable[str]) -> Iterator[Answer]:
    """Everything below /api/ in each way of asking, with a hash that nothing has."""
    named = {"If-Match": f'"{"0" * 64}"', "If-None-Match": f'"{"0" * 64}"'}
    for address in asked:
        if not address.startswith("/api/"):
            continue
        for method in ("GET", "POST", "PUT"):
            for headers in ({}, named):
                answer = client.generic(method, address, b"{}", JSON, headers=headers)
                yield read(f"{method} {address} {len(headers)}", answer)


def _refusals(make_client: Callable[[], Client]) -> Iterator[Answer]:
    strict = make_client()
    strict.handler.enforce_csrf_checks = True
    yield read("POST without its mark", strict.post("/accounts/sign-in/"))
    yield read("DELETE /", make_client().delete("/"))
    yield read("another host", make_client().get("/", headers={"host": "evil.example"}))
    yield read("too long", make_client().generic("POST", "/", b"x" * (5 << 20), "text/plain"))
    yield read("rot13", make_client().generic("POST", "/", b"x", "text/plain; charset=rot13"))
