"""In which format an answer is given: by the extension of the address, else by Accept."""

from dataclasses import dataclass

from django.http import HttpRequest

from rest.problems import Problem


@dataclass(frozen=True)
class Format:
    extension: str
    media_type: str
    content_type: str


JSON = Format("json", "application/json", "application/json")
CSV = Format("csv", "text/csv", "text/csv; charset=utf-8; header=present")
JSON_LINES = Format("jsonl", "application/x-ndjson", "application/x-ndjson")
OF_LISTS = (JSON, CSV, JSON_LINES)


class FileExtension:
    """Converter of addresses: the endings of files that a list can be had as."""

    regex = "csv|jsonl"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def chosen_format(request: HttpRequest, offered: tuple[Format, ...], extension: str) -> Format:
    if extension:
        return next(kind for kind in offered if kind.extension == extension)
    if not request.headers.get("Accept", "").strip():
        return offered[0]
    # A type that Accept gives no chance (q=0) is none of these, so it is never preferred.
    wanted = request.get_preferred_type([kind.media_type for kind in offered])
    for kind in offered:
        if kind.media_type == wanted:
            return kind
    names = ", ".join(kind.media_type for kind in offered)
    raise Problem(406, f"This address answers in {names}. Name one of them in Accept.")
