"""Lenses that editors make: each change is a new version, and none is ever taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from accounts.roles import Role, has_role
from intake.showing import shown
from record.canonical import canonical_json
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change
from scoring.engine.lenses import SHIPPED, Horizon, Lens, draw_weights, lens_from, lens_values
from scoring.models import LensVersion
from scoring.selectors import SEED, lens_versions

LONGEST_KEY = 40
RESERVED = ("new",)
Made = TypeVar("Made")
PREVIEW_DRAWS = 4_096


@dataclass(frozen=True)
class LensDraft:
    """What an editor wants a lens to be: the region, horizon, spacing and rule of lens_values."""

    name: str
    note: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class WeightRange:
    """How one dimension is weighed over the draws of a lens, in shares of 1."""

    dimension: str
    mean: float
    low: float
    high: float


@transaction.atomic
def create_lens(*, draft: LensDraft, by: User) -> LensVersion:
    """The first version of a lens, whose address is made from its name and stays."""
    key = slugify(draft.name)[:LONGEST_KEY].strip("-")
    if not key:
        raise DomainError("Needed: a name with letters in it.", field="name")
    if key in SHIPPED or key in RESERVED or key in lens_versions():
        raise DomainError(
            f"The name is taken: there is a lens with the address “{key}”. Choose another.",
            field="name",
        )
    return _add(key, draft, 0, by)


@transaction.atomic
def revise_lens(*, key: str, parent: int, draft: LensDraft, by: User) -> LensVersion:
    """The next version, on top of the one that the editor saw; a retired lens comes back."""
    newest = _newest(key)
    if newest.seq != parent:
        raise _moved(newest.name)
    return _add(key, draft, parent, by)


@transaction.atomic
def retire_lens(*, key: str, parent: int, by: User) -> LensVersion:
    """No ranking is computed under it from now on; those there are stay."""
    _require_editor(by)
    newest = _newest(key)
    if newest.seq != parent:
        raise _moved(newest.name)
    if newest.is_retired:
        raise DomainError(f"{newest.name} is retired already.")
    row = _insert(
        key=key,
        name=newest.name,
        note=newest.note,
        definition=newest.definition,
        parent=parent,
        is_retired=True,
        by=by,
    )
    _log(row, "lens.retired", newest)
    return row


def drafted_values(*, draft: LensDraft) -> dict[str, Any]:
    """The values of the lens as it would be saved, or the refusal it would meet."""
    return lens_values(_drafted(draft, "draft"))


def _drafted(draft: LensDraft, key: str) -> Lens:
    """The lens, or a refusal in the words of the engine."""
    horizon = draft.definition["horizon"]
    if horizon:
        _or_refusal(lambda: Horizon(**horizon), "full_from")
    values = {"key": key, "name": draft.name, **draft.definition}
    return _or_refusal(lambda: lens_from(values), "kind")


def _or_refusal(make: Callable[[], Made], field: str) -> Made:
    try:
        return make()
    except ValueError as error:
        sentence = str(error)
        raise DomainError(f"{sentence[:1].upper()}{sentence[1:]}.", field=field) from error


def weight_ranges(values: Mapping[str, Any]) -> tuple[WeightRange, ...]:
    """Mean and middle 90 of 100 of each weight, from draws of the lens of these values."""
    return _weight_ranges(replace(lens_from(values), key="", name=""))


@lru_cache(maxsize=64)
def _weight_ranges(lens: Lens) -> tuple[WeightRange, ...]:
    weights = draw_weights(lens, seed=SEED, scrambling=0, draws=PREVIEW_DRAWS)
    rows = []
    for name, drawn in zip(lens.dimensions, weights.T, strict=True):
        ordered = sorted(drawn.tolist())
        edge = len(ordered) // 20
        mean = sum(ordered) / len(ordered)
        rows.append(WeightRange(name, mean, ordered[edge], ordered[-1 - edge]))
    return tuple(rows)


def _add(key: str, draft: LensDraft, parent: int, by: User) -> LensVersion:
    _require_editor(by)
    lens = _drafted(draft, key)
    before = LensVersion.objects.filter(pk=parent).first()
    row = _insert(
        key=key,
        name=draft.name,
        note=draft.note,
        definition=canonical_json(lens_values(lens)),
        parent=parent,
        is_retired=False,
        by=by,
    )
    _log(row, "lens.revised" if before else "lens.created", before)
    return row


def _insert(**fields: Any) -> LensVersion:
    try:
        with transaction.atomic():
            return LensVersion.objects.create(**fields)
    except IntegrityError as error:
        raise _moved(str(fields["name"])) from error


def _newest(key: str) -> LensVersion:
    newest = lens_versions().get(key)
    if newest is None:
        raise DomainError(f"Editors have made no lens {shown(key)}.")
    return newest


def _moved(name: str) -> Conflict:
    return Conflict(
        f"{name} was changed by somebody else while you edited it."
        " Reload the page to see the newer version, then make your change again."
    )


def _require_editor(by: User) -> None:
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Lenses are made by editors. Ask one of them.")


def _log(row: LensVersion, kind: str, before: LensVersion | None) -> None:
    log_change(
        kind=kind,
        subject_kind="lens",
        subject_key=f"lens:{row.key}",
        actor_id=row.by_id,
        reason=row.note,
        before=_said(before) if before else None,
        after=_said(row),
        is_public=True,
    )


def _said(row: LensVersion) -> dict[str, Any]:
    return {"name": row.name, "definition": row.definition, "is_retired": row.is_retired}
