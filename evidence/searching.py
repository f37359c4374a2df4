"""The one place that knows how a database finds words: FTS5 in SQLite, tsvector in PostgreSQL,
and reading through all rows in an SQLite that was built without FTS5."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Protocol

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.expressions import RawSQL

from evidence.values.words import Query, Term

COLUMNS = ("title", "tags", "parts", "body")
# How much a word counts in each of them, for the order of the best match.
WEIGHTS = (10.0, 6.0, 3.0, 1.0)
TABLE = "evidence_itemwords"
INDEX = "evidence_itemsearch"
# What SQLite keeps beside the index.
INDEX_TABLES = (INDEX, *(f"{INDEX}_{part}" for part in ("config", "data", "docsize", "idx")))
EVENTS = ("insert", "delete", "update")

Statement = tuple[str, list[Any]]


class Engine(Protocol):
    def install(self, using: str) -> None: ...

    def matching(self, terms: Sequence[Term]) -> Statement:
        """Selects the items in which all of the words stand."""

    def ranked(self, terms: Sequence[Term]) -> Statement:
        """Selects the items in which all of the words stand, the best match first."""


class _Fts5:
    """The index is of the rows of ItemWords; triggers keep it, also while a backup returns."""

    def install(self, using: str) -> None:
        with connections[using].cursor() as cursor:
            known = set(connections[using].introspection.table_names(cursor))
            if TABLE not in known:
                return
            if INDEX in known and self._is_kept(cursor):
                return
            if INDEX not in known:
                cursor.execute(
                    f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(COLUMNS)},"
                    f" content='{TABLE}', content_rowid='item_id', tokenize='ascii', prefix='2 3')"
                )
            for statement in self._triggers():
                cursor.execute(statement)
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608

    def _is_kept(self, cursor: Any) -> bool:
        cursor.execute(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            [f"{INDEX}_%"],
        )
        return bool(cursor.fetchone()[0] == len(EVENTS))

    def _triggers(self) -> list[str]:
        names = ", ".join(COLUMNS)
        old, new = (", ".join(f"{row}.{one}" for one in COLUMNS) for row in ("old", "new"))
        forget = (
            f"INSERT INTO {INDEX}({INDEX}, rowid, {names})"  # noqa: S608
            f" VALUES ('delete', old.item_id, {old});"
        )
        learn = f"INSERT INTO {INDEX}(rowid, {names}) VALUES (new.item_id, {new});"  # noqa: S608
        bodies = (learn, forget, f"{forget} {learn}")
        return [
            statement
            for event, body in zip(EVENTS, bodies, strict=True)
            for statement in (
                f"DROP TRIGGER IF EXISTS {INDEX}_{event}",
                f"CREATE TRIGGER {INDEX}_{event} AFTER {event.upper()} ON {TABLE} BEGIN {body} END",
            )
        ]

    def matching(self, terms: Sequence[Term]) -> Statement:
        wanted = " AND ".join(map(_phrase, terms))
        return f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [wanted]  # noqa: S608

    def ranked(self, terms: Sequence[Term]) -> Statement:
        weights = ", ".join(map(str, WEIGHTS))
        order = f"bm25({INDEX}, {weights}), rowid DESC"
        select, wanted = self.matching(terms)
        return f"{select} ORDER BY {order}", wanted


class _TsVector:
    """A generated column, so that nothing has to be told of a change, and a GIN index on it."""

    def install(self, using: str) -> None:
        parts = " || ".join(
            f"setweight(to_tsvector('simple', {column}), '{letter}')"
            for column, letter in zip(COLUMNS, "ABCD", strict=True)
        )
        with connections[using].cursor() as cursor:
            if TABLE not in connections[using].introspection.table_names(cursor):
                return
            cursor.execute(
                f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS vector tsvector"
                f" GENERATED ALWAYS AS ({parts}) STORED"
            )
            # Beside the row: fetched out of line, ten thousand of them take longer than all else.
            cursor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN vector SET STORAGE MAIN")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (vector)")

    def matching(self, terms: Sequence[Term]) -> Statement:
        return _all_of(map(self._where, terms))

    def ranked(self, terms: Sequence[Term]) -> Statement:
        select, values = self.matching(terms)
        # One word by the other: of words that must both stand there, PostgreSQL measures how far
        # each place of the one is from each of the other.
        again = [self._asked(term, "||") for term in terms]
        asked = " || ".join(sql for sql, _ in again)
        weights = ", ".join(str(one / WEIGHTS[0]) for one in reversed(WEIGHTS))
        rank = f"ts_rank('{{{weights}}}', vector, {asked}, 1)"
        return f"{select} ORDER BY {rank} DESC, item_id DESC", values + _values(again)

    def _asked(self, term: Term, how: str = "&&") -> Statement:
        """The words one by one, of which a long text has more places than are kept."""
        whole = term.words[:-1] if term.is_prefix else term.words
        parts, values = ["plainto_tsquery('simple', %s)"] * len(whole), list(whole)
        if term.is_prefix:
            parts.append("to_tsquery('simple', %s)")
            values.append(f"'{term.words[-1]}':*")
        return f"({f' {how} '.join(parts)})", values

    def _where(self, term: Term) -> Statement:
        asked, values = self._asked(term)
        sql = f"vector @@ {asked}"
        if len(term.words) == 1:
            return sql, values
        reading, pattern = _Reading().condition(term)
        return f"({sql} AND {reading})", [*values, *pattern]


class _Reading:
    """Without an index: every row is read, which holds for a small library."""

    def install(self, using: str) -> None:
        """There is nothing to install."""

    def condition(self, term: Term) -> Statement:
        ending = "%%" if term.is_prefix else " %%"
        pattern = f"%% {' '.join(term.words)}{ending}".replace("%%", "%")
        columns = " OR ".join(f"(' ' || {column} || ' ') LIKE %s" for column in COLUMNS)
        return f"({columns})", [pattern] * len(COLUMNS)

    def matching(self, terms: Sequence[Term]) -> Statement:
        return _all_of(map(self.condition, terms))

    def ranked(self, terms: Sequence[Term]) -> Statement:
        select, values = self.matching(terms)
        return f"{select} ORDER BY item_id DESC", values


def _all_of(conditions: Iterable[Statement]) -> Statement:
    each = list(conditions)
    where = " AND ".join(sql for sql, _ in each)
    return f"SELECT item_id FROM {TABLE} WHERE {where}", _values(each)  # noqa: S608


def _values(statements: Iterable[Statement]) -> list[Any]:
    return [value for _, values in statements for value in values]


def engine(using: str = DEFAULT_DB_ALIAS) -> Engine:
    if connections[using].vendor == "postgresql":
        return _TsVector()
    return _Fts5() if has_fts5(using) else _Reading()


def has_fts5(using: str = DEFAULT_DB_ALIAS) -> bool:
    return _compiled(using)


@cache
def _compiled(using: str) -> bool:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'")
        return cursor.fetchone() is not None


def install_search(*, using: str, **_: object) -> None:
    """Receiver of post_migrate: the index stands, also where a migration remade the table."""
    engine(using).install(using)


def matching(rows: Any, query: Query) -> Any:
    """Those of the items in which all that is wanted stands, and nothing that is not."""
    found = engine(rows.db)
    for term in query.wanted:
        rows = rows.filter(pk__in=_ids(found.matching([term])))
    for term in query.unwanted:
        rows = rows.exclude(pk__in=_ids(found.matching([term])))
    return rows


def best_first(query: Query, using: str = DEFAULT_DB_ALIAS) -> list[int]:
    """The items in which all that is wanted stands and nothing that is not, the best match
    first."""
    return _without(query, engine(using).ranked, using)


def all_found(query: Query, using: str = DEFAULT_DB_ALIAS) -> list[int]:
    """The same items as they come."""
    return _without(query, engine(using).matching, using)


def _without(query: Query, wanted: Callable[[Sequence[Term]], Statement], using: str) -> list[int]:
    if not query.wanted:
        return []
    left_out = _left_out(query, using)
    found = _asked(wanted(query.wanted), using)
    return [pk for pk in found if pk not in left_out] if left_out else found


def _left_out(query: Query, using: str) -> set[int]:
    found = engine(using)
    return {pk for term in query.unwanted for pk in _asked(found.matching([term]), using)}


def _asked(statement: Statement, using: str) -> list[int]:
    with connections[using].cursor() as cursor:
        cursor.execute(*statement)
        return [pk for (pk,) in cursor.fetchall()]


def check_search(
    *, databases: Iterable[str] | None = None, **_: object
) -> list[checks.CheckMessage]:
    """Says so where SQLite has no index of words."""
    return [
        checks.Warning(
            "This SQLite was built without FTS5, so the search of the evidence library reads"
            " through every item.",
            hint="Use a Python whose SQLite has FTS5, or PostgreSQL.",
            id="evidence.W001",
        )
        for using in databases or ()
        if connections[using].vendor == "sqlite" and not has_fts5(using)
    ]


def _ids(statement: Statement) -> RawSQL:
    return RawSQL(*statement)  # noqa: S611 the words are parameters


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}'
