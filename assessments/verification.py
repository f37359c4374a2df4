"""Whether revisions, their scores, their reviews and publications still are what was hashed."""

import json
from collections.abc import Iterator
from typing import Any

from assessments.models import Prediction, Publication, ReviewEvent, Revision
from assessments.overseen import wrong_with_oversight
from assessments.services.drafting import score_rows
from assessments.services.predictions import hashed_content
from assessments.values.card import CardDocument, CardInvalid, content_json, parse_card
from assessments.values.prediction import SpecInvalid, parse_spec
from record.canonical import canonical_json, digest
from record.verification import Check, Examined, register_check

CHUNK = 500
SCORE_COLUMNS = (
    "dimension",
    "level",
    "level_to",
    "year_from",
    "year_to",
    "certainty",
    "unscored_reason",
)
CITATION_COLUMNS = ("dimension", "quote", "direction", "strength", "belief")


def register_checks() -> None:
    register_check(Check("revisions", _revisions))
    register_check(Check("scores", _scores))
    register_check(Check("citations", _citations))
    register_check(Check("review events", _events))
    register_check(Check("publications", _publications))
    register_check(Check("oversight", _oversight))
    register_check(Check("predictions", _predictions))


def _revisions() -> Iterator[Examined]:
    rows = Revision.objects.select_related("parent", "card__technology").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield Examined(f"revision {row.pk}", _wrong_with_revision(row))


def _wrong_with_revision(row: Revision) -> str:
    if digest(row.content) != row.content_hash:
        return "its content is not that of its content hash"
    document = _document(row)
    if document is None or canonical_json(content_json(document)) != row.content:
        return "its content is not the canonical spelling of a card"
    if document.technology.slug != row.card.technology.slug or document.role != row.card.role:
        return "its content speaks of another card"
    if not _has_own_columns(row, document):
        return "its columns differ from its content"
    return _wrong_with_parent(row)


def _document(row: Revision) -> CardDocument | None:
    try:
        content = json.loads(row.content)
        # The name is no part of what was hashed, but a card cannot be read without one.
        content["technology"]["name"] = content["technology"]["slug"]
        return parse_card(content)
    except (ValueError, KeyError, TypeError, CardInvalid):
        return None


def _has_own_columns(row: Revision, document: CardDocument) -> bool:
    stored = (row.origin, row.series, row.detail, row.as_of, row.reason, row.parent_hash)
    return stored == (
        document.origin,
        document.series,
        document.detail,
        document.as_of,
        document.reason,
        document.parent or "",
    )


def _wrong_with_parent(row: Revision) -> str:
    parent = row.parent
    if parent is None:
        return "" if row.number == 1 else "the revision before it is missing"
    if parent.card_id != row.card_id or parent.number != row.number - 1:
        return f"revision {parent.pk} is not the one before it"
    return ""


def _scores() -> Iterator[Examined]:
    rows = Revision.objects.prefetch_related("scores").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        document = _document(row)
        stored = sorted(map(_score, row.scores.all()))
        wanted = sorted(map(_score, score_rows(row, document))) if document else []
        wrong = "" if stored == wanted else "they are not those of its content"
        yield Examined(f"scores of revision {row.pk}", wrong)


def _score(row: Any) -> tuple[str, ...]:
    return tuple(str(getattr(row, column)) for column in SCORE_COLUMNS)


def _citations() -> Iterator[Examined]:
    rows = Revision.objects.prefetch_related("citations__item").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        document = _document(row)
        stored = sorted(_citation(one.item.key, one) for one in row.citations.all())
        cited = document.citations if document else ()
        wanted = sorted(_citation(one.item, one) for one in cited)
        wrong = "" if stored == wanted else "they are not those of its content"
        yield Examined(f"citations of revision {row.pk}", wrong)


def _citation(key: str, one: Any) -> tuple[str, ...]:
    return (key, *(str(getattr(one, column)) for column in CITATION_COLUMNS))


def _events() -> Iterator[Examined]:
    rows = ReviewEvent.objects.select_related("revision").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        signed = (row.content_hash, row.revision_author_id)
        is_whole = signed == (row.revision.content_hash, row.revision.author_id)
        wrong = "" if is_whole else f"it is of another content than revision {row.revision_id}"
        yield Examined(f"review event {row.pk}", wrong)


def _publications() -> Iterator[Examined]:
    rows = Publication.objects.select_related("revision", "technology", "card").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield Examined(f"publication {row.seq}", _wrong_with_publication(row))


def _oversight() -> Iterator[Examined]:
    rows = Publication.objects.filter(kind=Publication.Kind.CARD).select_related("revision__card")
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        # Of a body that was changed the check of publications tells.
        wrong = "" if _wrong_with_publication(row) else wrong_with_oversight(row)
        yield Examined(f"oversight of publication {row.seq}", wrong)


def _wrong_with_publication(row: Publication) -> str:
    if digest(row.body) != row.body_hash:
        return "its body is not that of its hash"
    revision = row.revision
    if (row.card_id, row.technology_id) != (revision.card_id, row.card.technology_id):
        return "it is of another card than its revision"
    try:
        body = json.loads(row.body)
        if canonical_json(body) != row.body:
            return "its body is not in canonical spelling"
        content = dict(body["card"], technology={"slug": body["card"]["technology"]["slug"]})
        is_same = body["content_hash"] == revision.content_hash and row.as_of == revision.as_of
    except (ValueError, KeyError, TypeError):
        return "its body is no publication"
    if not is_same or canonical_json(content) != revision.content:
        return f"its body is not that of revision {revision.pk}"
    return ""


def _predictions() -> Iterator[Examined]:
    rows = Prediction.objects.select_related("technology", "parent", "replaces").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield Examined(f"prediction {row.key}", _wrong_with_prediction(row))


def _wrong_with_prediction(row: Prediction) -> str:
    if digest(hashed_content(row)) != row.content_hash:
        return "its content is not that of its hash"
    try:
        spec = parse_spec(json.loads(row.spec))
    except (ValueError, SpecInvalid):
        return "its parts cannot be read"
    if canonical_json(spec.to_json()) != row.spec:
        return "its parts are not in canonical spelling"
    if (spec.deadline, spec.indicator or "") != (row.deadline, row.indicator):
        return "its columns differ from its parts"
    return ""
