"""Every variable of the environment that the code reads; prints the table of the operations."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """Name, what it says, and what holds where it is not set."""

    name: str
    meaning: str
    unless_set: str

    @property
    def row(self) -> str:
        return f"| `{self.name}` | {self.meaning} | {self.unless_set} |"


VARIABLES = (
    Variable("PORT", "the port of the web server, on 127.0.0.1", "8000, else a free one"),
    Variable("VAR_DIR", "the folder that holds all that is written", "`var` in the project"),
    Variable("DATABASE_URL", "`sqlite:///…` or `postgres://…`", "SQLite in `VAR_DIR`"),
    Variable(
        "OWNER_DATABASE_URL",
        "the same database as the owner of its tables, for commands with `--database owner`",
        "roles are not apart",
    ),
    Variable(
        "REDIS_URL",
        "the broker; with it set, `make run` starts none",
        "a private one on a socket in `VAR_DIR`",
    ),
    Variable("REDIS_KEY_PREFIX", "stands before every key, to share one Redis", "nothing"),
    Variable(
        "API_CALLS_A_MINUTE",
        "how much one token, person or address may ask of the API; `0` counts nothing",
        "12000",
    ),
    Variable("SECRET_KEY", "signs sessions and links", "a key kept in `VAR_DIR`"),
    Variable(
        "DEMO",
        "`0` starts with an empty record and closes the sign-in links",
        "`1`; always off in production",
    ),
    Variable(
        "TWO_EYES",
        "`0` lets authors approve their own cards, and each publication says so",
        "`1`",
    ),
    Variable(
        "PUBLISHER",
        "whose the data of the exported map are",
        "The analysts of this Bellwether",
    ),
    Variable(
        "PUBLIC_MAP_URL",
        "where the exported map will lie",
        "open: links within the map alone",
    ),
    Variable(
        "BELLWETHER_TODAY",
        "a date as YYYY-MM-DD that takes the place of today",
        "the date, in UTC",
    ),
    Variable(
        "TRUSTED_PROXIES",
        "networks whose X-Forwarded-For is believed, separated by commas",
        "none",
    ),
    Variable(
        "TRUST_FORWARDED_PROTO",
        "`1` where the proxy sets X-Forwarded-Proto itself (production)",
        "`0`",
    ),
    Variable(
        "ALLOWED_HOSTS",
        "names of the site, separated by commas (production)",
        "required there",
    ),
    Variable("WEB_CONCURRENCY", "processes of the web server", "2"),
    Variable("WEB_THREADS", "threads in each of them", "4"),
    Variable(
        "DJANGO_SETTINGS_MODULE",
        "`config.settings.local` or `config.settings.production`",
        "local",
    ),
)


def table() -> str:
    """The table as it stands in the operations, in Markdown."""
    head = ["| variable | meaning | unless set |", "|---|---|---|"]
    return "\n".join([*head, *(variable.row for variable in VARIABLES)]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
