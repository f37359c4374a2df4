"""Taking the demonstration out of the record, so that a house begins with its own list."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Q
from django.db.models.sql import DeleteQuery

from accounts.models import User
from assessments.models import (
    Card,
    Challenge,
    Citation,
    Prediction,
    Publication,
    Revision,
    Technology,
)
from evidence.models import Indicator, Item, Passage, Tag
from jobs.models import Job
from record.append_only import lifted
from record.errors import DomainError
from record.models import Change, PublicChange
from record.services import log_change
from scoring.models import Run
from scoring.resolutions import closed_keys
from scoring.services.runs import open_due_runs
from scoring.services.score_runs import open_scores_run

Found = dict[type[models.Model], set[Any]]


@dataclass(frozen=True)
class Holdings:
    """What goes with the demonstration and what stays, in numbers. `written_here` are the
    revisions among those that go whose authors can sign in."""

    technologies: int
    indicators: int
    items: int
    cards: int
    revisions: int
    publications: int
    runs: int
    changes: int
    written_here: int
    kept_technologies: int
    kept_cards: int
    kept_accounts: int


def demonstration_holdings() -> Holdings:
    found = _found()
    return Holdings(
        technologies=len(found[Technology]),
        indicators=len(found[Indicator]),
        items=len(found[Item]),
        cards=len(found[Card]),
        revisions=len(found[Revision]),
        publications=len(found[Publication]),
        runs=len(found[Run]),
        changes=len(found[Change]),
        written_here=Revision.objects.filter(
            pk__in=found[Revision], author__is_active=True
        ).count(),
        kept_technologies=Technology.objects.filter(is_demonstration=False).count(),
        kept_cards=Card.objects.exclude(pk__in=found[Card]).count(),
        kept_accounts=User.objects.filter(is_active=True).count(),
    )


@transaction.atomic
def remove_demonstration(*, by: User | None) -> Holdings:
    """No technology of the demonstration is left, nor anything written or computed about one.

    Whatever else the record holds stays as it is, with its numbers; what was removed is itself
    a public change, so that whoever follows the changes hears of it.
    """
    if not settings.DEMO:
        raise DomainError("This installation was not made for demonstrations: nothing is removed.")
    # Held until the end, so that nobody writes on one of them meanwhile.
    if not list(Technology.objects.select_for_update().filter(is_demonstration=True)):
        raise DomainError("There is no demonstration in this record, so nothing was removed.")
    gone = demonstration_holdings()
    with lifted(_found()):
        # Asked again: only now can nobody add to it any more.
        found = _found()
        _log(gone, found, by)
        tags = set(Tag.objects.filter(items__in=found[Item]).values_list("pk", flat=True))
        for model, keys in found.items():
            _delete(model, keys)
    # What the house's own work rests on is the house's from now on.
    Item.objects.filter(is_demonstration=True).update(is_demonstration=False)
    Tag.objects.filter(pk__in=tags, items=None).delete()
    open_due_runs()
    if closed_keys():
        open_scores_run(reason="the demonstration was removed")
    return gone


def _log(gone: Holdings, found: Found, by: User | None) -> None:
    log_change(
        kind="demonstration.removed",
        subject_kind="record",
        subject_key="demonstration",
        actor_id=by.pk if by else None,
        reason="To begin with a list of one's own.",
        after={
            "technologies": gone.technologies,
            "revisions": gone.revisions,
            "public_numbers": _ranges(found[PublicChange]),
        },
        is_public=True,
    )


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """First and last of each run of neighbouring numbers."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def _found() -> Found:
    """The keys of every row that the demonstration is made of, by model."""
    found: Found = defaultdict(set)
    technologies = Technology.objects.filter(is_demonstration=True)
    slugs = set(technologies.values_list("slug", flat=True))
    _follow(Technology, set(technologies.values_list("pk", flat=True)), found)
    indicators = Indicator.objects.filter(is_demonstration=True)
    _follow(Indicator, set(indicators.values_list("pk", flat=True)), found)
    _follow(Item, _items(found), found)
    _follow(Job, _jobs_about(slugs | _subjects(found)), found)
    _follow(Change, _changes_about(slugs, found), found)
    return found


def _items(found: Found) -> set[Any]:
    """Items of the demonstration on which nothing rests that stays."""
    ours = Item.objects.filter(is_demonstration=True)
    cited = Citation.objects.exclude(revision__in=found[Revision])
    kept = set(ours.filter(pk__in=cited.values("item")).values_list("pk", flat=True))
    letters = Challenge.objects.exclude(pk__in=found[Challenge]).exclude(source=None)
    kept |= set(ours.filter(pk__in=letters.values("source")).values_list("pk", flat=True))
    staying = Item.objects.filter(is_demonstration=False).values("pk")
    new = set(_sources(staying)) | kept
    while new:
        kept |= new
        new = set(_sources(kept)) - kept
    return set(ours.exclude(pk__in=kept).values_list("pk", flat=True))


def _sources(items: Any) -> Iterable[Any]:
    """The items in which passages of these stand."""
    rows = Passage.objects.filter(item__in=items).exclude(source=None)
    return rows.values_list("source", flat=True)


def _follow(model: type[models.Model], keys: set[Any], found: Found) -> None:
    """Adds the rows, and the rows that point at them, and so on."""
    new = keys - found[model]
    found[model] |= new
    if not new:
        return
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and not relation.many_to_many:
            pointing = relation.related_model
            rows: models.QuerySet[models.Model] = models.QuerySet(pointing).filter(
                **{f"{relation.field.name}__in": new}
            )
            _follow(pointing, set(rows.values_list("pk", flat=True)), found)


def _subjects(found: Found) -> set[str]:
    """What runs of single things and of the track record call what goes."""
    series = Indicator.objects.filter(pk__in=found[Indicator]).values_list("slug", flat=True)
    keys = Prediction.objects.filter(pk__in=found[Prediction]).values_list("key", flat=True)
    return {*series, *keys}


def _jobs_about(slugs: set[str]) -> set[Any]:
    rows = Job.objects.values_list("pk", "inputs")
    return {key for key, inputs in rows.iterator() if not slugs.isdisjoint(_slugs_in(inputs))}


RESOLVED_WITHIN = ("real", "demonstration")
RANKINGS_WITHIN = ("ranking", "before", "after")


def _slugs_in(inputs: str) -> Iterable[str]:
    values = json.loads(inputs)
    parts = [values, *(values[name] for name in RANKINGS_WITHIN if name in values)]
    for part in parts:
        rows = [*part.get("technologies", ()), *part.get("windows", ())]
        yield from (row["id"] for row in rows)
        yield from part.get("yardsticks", ())
    yield from _subjects_in(values)


def _subjects_in(values: dict[str, Any]) -> Iterable[str]:
    if "prediction" in values:
        yield values["prediction"]
    if values.get("series"):
        yield values["series"]["indicator"]
    for name in RESOLVED_WITHIN:
        yield from (row["key"] for row in values.get(name, {}).get("predictions", ()))


def _changes_about(slugs: set[str], found: Found) -> set[Any]:
    cards = [str(key) for key in found[Card]]
    jobs = [str(key) for key in found[Job]]
    about = Q(subject_kind="technology", subject_key__in=slugs)
    about |= Q(subject_kind="card", subject_key__in=cards)
    series = Indicator.objects.filter(pk__in=found[Indicator]).values_list("slug", flat=True)
    about |= Q(subject_kind="indicator", subject_key__in=list(series))
    about |= Q(subject_kind="job", subject_key__in=jobs)
    items = Item.objects.filter(pk__in=found[Item])
    about |= Q(subject_kind="item", subject_key__in=items.values("key"))
    predictions = Prediction.objects.filter(pk__in=found[Prediction])
    about |= Q(subject_kind="prediction", subject_key__in=predictions.values("key"))
    return set(Change.objects.filter(about).values_list("pk", flat=True))


def _delete(model: type[models.Model], keys: set[Any]) -> None:
    # Straight from the table: Django's own deletion would refuse the protected keys, which all
    # point from one of the rows to another.
    DeleteQuery(model).delete_batch(list(keys), DEFAULT_DB_ALIAS)
