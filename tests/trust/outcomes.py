"""What became of a form that was sent: taken, or refused by which words at which field."""

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from tests.trust.conftest import visitor
from tests.trust.hostile import send
from tests.trust.objects import ROLES, Things
from tests.trust.sending import Submission

_ERROR = re.compile(r'class="(?:[^"]* )?(?:errorlist|is-error|error)[ "]')
_HAS_NO_END = {"input", "br", "img", "meta", "link", "hr", "path", "circle", "rect", "col"}


class Page(HTMLParser):
    """The fields of a page, those that carry an error, and the words of all errors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: set[str] = set()
        self.wrong: set[str] = set()
        self.words = ""
        self._inside: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag in {"input", "select", "textarea"}:
            self.fields.add(values.get("name", ""))
            if values.get("aria-invalid") == "true":
                self.wrong.add(values.get("name", ""))
        if found := re.fullmatch(r"id_(.+)_error", values.get("id", "")):
            self.wrong.add(found[1])
        if tag not in _HAS_NO_END:
            classes = set(values.get("class", "").split())
            is_error = bool(classes & {"errorlist", "is-error", "error"})
            self._inside.append(is_error or (bool(self._inside) and self._inside[-1]))

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1]:
            self.words += f" {data.strip()}"


@dataclass
class Outcome:
    """The answer to a form, with the page that the person sees in the end."""

    answer: Any
    text: str

    @property
    def is_refused(self) -> bool:
        # A conflict is shown beside what was typed, which is kept for that.
        status = self.answer.status_code
        return status != 409 and (status >= 400 or bool(_ERROR.search(self.text)))

    @cached_property
    def page(self) -> Page:
        return Page(self.text)

    def trouble(self, form: Submission, field: str) -> str:
        """What is wrong with the refusal: it must name the field and say a sentence."""
        # A page of its own says what cannot be read, or is not there.
        if self.answer.status_code in {400, 404, 413}:
            return ""
        called = f"{form.words}|{field.rpartition('-')[2]}".removeprefix("|")
        words = self.page.words
        if field not in self.page.wrong and not re.search(called, words, re.IGNORECASE):
            return f"{field} is not named: {words[:200]}"
        return "" if "." in words else f"no sentence: {words[:200]}"


def submit(form: Submission, things: Things, parts: list[tuple[str, str]]) -> Outcome:
    """Sends the form as its sender does and follows where the answer leads."""
    client = visitor(ROLES[form.role])
    answer: Any = send(client, form.address(things), parts)
    seen = client.get(answer["Location"]) if answer.status_code == 302 else answer
    assert answer.status_code < 500, parts
    assert seen.status_code < 500, parts
    return Outcome(answer, seen.content.decode())
