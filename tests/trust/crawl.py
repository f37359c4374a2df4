"""Every address of the site, taken from the table of routes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken, Invitation, User
from assessments.models import Technology
from config.routes import ROUTES, Route
from scoring.models import Run

QUERIES = (
    "q=zq&field=unsorted",
    "q=a&page=1",
    "field=nowhere&page=2",
    "page=-1&seen=none",
    "page=x&seen=none&q=zq&field=ai",
)
NOWHERE = ("/nowhere/", "/technologies/nowhere/x/", "/runs/x/", "/static/nowhere.css", "/%ff/")
REFUSED = ("/?q=%00", "/technologies/?q=%E2%80%AE", f"/technologies/?q={'a' * 200}")


def slugs() -> list[Any]:
    return [*Technology.objects.values_list("slug", flat=True), "nowhere", "sigm", "zq"]


def keys_of(model: type[Model], *, every: bool = True) -> Callable[[], list[Any]]:
    """The keys in use or the first and the last of them, then the next one and an absurd one."""

    def keys() -> list[Any]:
        used = sorted(model._default_manager.values_list("pk", flat=True))
        chosen = used if every else [*used[:1], *used[1:][-1:]]
        return [*chosen, max(used, default=0) + 1, 10**30]

    return keys


# What stands in the place of each part of a path, by the name of the route.
VALUES: dict[str, dict[str, Callable[[], list[Any]]]] = {
    "publishing:technology-detail": {"slug": slugs},
    "scoring:run-detail": {"seq": keys_of(Run)},
    "scoring:run-reopen": {"seq": keys_of(Run)},
    "accounts:demo-sign-in": {"signed": lambda: ["x", "MQ:1:x"]},
    "accounts:password-reset": {
        "person": lambda: ["1", "zz"],
        "secret": lambda: ["x", "set-password"],
    },
    "accounts:invitation-accept": {"secret": lambda: ["x"]},
    "accounts:invitation-withdraw": {"pk": keys_of(Invitation)},
    "accounts:user-role": {"pk": keys_of(User, every=False)},
    "accounts:user-deactivate": {"pk": keys_of(User, every=False)},
    "accounts:user-reactivate": {"pk": keys_of(User, every=False)},
    "accounts:user-reset-link": {"pk": keys_of(User, every=False)},
    "accounts:token-revoke": {"pk": keys_of(ApiToken)},
}


def addresses_of(route: Route) -> list[str]:
    """Every address of the route. One whose parts nobody has given values for has none."""
    if "<" not in route.path:
        return [reverse(route.name)]
    parts = VALUES.get(route.name, {})
    if not parts:
        return []
    columns = [[(name, value) for value in values()] for name, values in parts.items()]
    return [reverse(route.name, kwargs=dict(row)) for row in zip(*columns, strict=True)]


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
    text = f"{headers}\n{response.cookies.output()}\n\n{response.content.decode()}"
    return Answer(asked, response.status_code, text)


def crawl(make_client: Callable[[], Client], asked: Iterable[str]) -> Iterator[Answer]:
    """Everything that a visitor can be answered by asking, in each way of asking."""
    client, writer = make_client(), make_client()
    for address in (*asked, *NOWHERE, *REFUSED):
        yield read(f"GET {address}", client.get(address))
        yield read(f"part {address}", client.get(address, headers={"HX-Request": "true"}))
        yield read(f"POST {address}", writer.post(address))
        if address == reverse("accounts:sign-out"):
            writer = make_client()
    for route in ROUTES:
        if "<" not in route.path and not route.path.startswith("accounts/"):
            yield from _queries(client, reverse(route.name))
    yield from _refusals(make_client)


def _queries(client: Client, address: str) -> Iterator[Answer]:
    for query in QUERIES:
        asked = f"{address}?{query}"
        yield read(f"GET {asked}", client.get(asked))
        yield read(f"part {asked}", client.get(asked, headers={"HX-Request": "true"}))


def _refusals(make_client: Callable[[], Client]) -> Iterator[Answer]:
    strict = make_client()
    strict.handler.enforce_csrf_checks = True
    yield read("POST without its mark", strict.post("/accounts/sign-in/"))
    yield read("DELETE /", make_client().delete("/"))
    yield read("another host", make_client().get("/", headers={"host": "evil.example"}))
    yield read("too long", make_client().generic("POST", "/", b"x" * (5 << 20), "text/plain"))
    yield read("rot13", make_client().generic("POST", "/", b"x", "text/plain; charset=rot13"))
