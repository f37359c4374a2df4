"""Programs that call the API of cards: each with a token of one person."""

from typing import Any

from django.test import Client

from accounts.scopes import scopes_of_role
from accounts.services import create_token
from tests.assessments.factories import person

BASE = "/api/v1"


class Program:
    """Calls with a token of that person, of all the scopes of its role unless some are named."""

    def __init__(self, username: str = "", role: str = "analyst", scopes: str = "") -> None:
        self.headers: dict[str, str] = {}
        self.client = Client(raise_request_exception=False)
        if username:
            user = person(username, role)
            chosen = scopes.split() or scopes_of_role(user.role)
            _, secret = create_token(user=user, name="program", scopes=chosen, days=1)
            self.headers["Authorization"] = f"Bearer {secret}"

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(BASE + path, headers=self.headers | _spelled(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._write("post", path, body, headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self._write("put", path, body, headers)

    def _write(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        every = self.headers | _spelled(headers)
        if body is None:
            return self.client.generic(method.upper(), BASE + path, headers=every)
        send = getattr(self.client, method)
        return send(BASE + path, body, content_type="application/json", headers=every)


def _spelled(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
