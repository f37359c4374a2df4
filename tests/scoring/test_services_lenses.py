"""Lenses of the editors: versions on top of versions, and refusals in words."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.models import PublicChange
from scoring.engine.lenses import SHIPPED
from scoring.models import LensVersion, RunKind
from scoring.selectors import lens_keys, lens_of, lens_records, run_inputs
from scoring.services.lenses import (
    LensDraft,
    create_lens,
    drafted_values,
    retire_lens,
    revise_lens,
    weight_ranges,
)
from tests.assessments.factories import person

pytestmark = pytest.mark.django_db
JUDGED = ("viability", "drivers", "novelty", "diffusion", "impact")


def editor() -> User:
    return person("ben", "editor")


def draft(name: str = "City fund", horizon: Any = None, **bounds: tuple[float, float]) -> LensDraft:
    names = (*JUDGED, "timing") if horizon else JUDGED
    region = {
        "kind": "bounds",
        "lower": {each: bounds.get(each, (0.0, 1.0))[0] for each in names},
        "upper": {each: bounds.get(each, (0.0, 1.0))[1] for each in names},
        "order": [],
    }
    definition = {"region": region, "horizon": horizon, "spacing": None, "rule": "mean"}
    return LensDraft(name=name, note="For a city.", definition=definition)


def test_a_lens_gets_its_address_from_its_name_and_is_ranked_under() -> None:
    row = create_lens(draft=draft(impact=(0.3, 0.6)), by=editor())
    assert row.key == "city-fund"
    assert lens_keys() == (*SHIPPED, "city-fund")
    lens = lens_of("city-fund")
    assert lens is not None
    assert lens.name == "City fund"
    inputs = run_inputs(kind=RunKind.RANKING, as_of=today(), known_on=None, lens="city-fund")
    assert inputs.values["lens"] == json.loads(row.definition)
    assert inputs.lens == "city-fund"


def test_a_change_is_a_new_version_and_the_old_one_stays() -> None:
    first = create_lens(draft=draft(impact=(0.3, 0.6)), by=editor())
    second = revise_lens(
        key="city-fund", parent=first.seq, draft=draft("Town fund"), by=person("eva", "editor")
    )
    assert [row.name for row in LensVersion.objects.all()] == ["City fund", "Town fund"]
    assert second.parent == first.seq
    assert second.key == "city-fund"
    (record,) = lens_records()[len(SHIPPED) :]
    assert (record.name, record.made_by, record.version) == ("Town fund", "eva", second.seq)


def test_two_editors_cannot_change_the_same_version() -> None:
    first = create_lens(draft=draft(), by=editor())
    revise_lens(key="city-fund", parent=first.seq, draft=draft("Town fund"), by=editor())
    with pytest.raises(Conflict, match="changed by somebody else"):
        revise_lens(key="city-fund", parent=first.seq, draft=draft("Fund"), by=editor())
    with pytest.raises(IntegrityError), transaction.atomic():
        LensVersion.objects.create(
            key="city-fund", name="X", definition="{}", parent=first.seq, by=editor()
        )


def test_a_retired_lens_is_ranked_under_no_more_and_can_come_back() -> None:
    first = create_lens(draft=draft(), by=editor())
    gone = retire_lens(key="city-fund", parent=first.seq, by=editor())
    assert "city-fund" not in lens_keys()
    assert lens_of("city-fund") is not None
    with pytest.raises(DomainError, match="is retired already"):
        retire_lens(key="city-fund", parent=gone.seq, by=editor())
    revise_lens(key="city-fund", parent=gone.seq, draft=draft(), by=editor())
    assert "city-fund" in lens_keys()


@pytest.mark.parametrize("name", ["Moonshot", "City fund", "New"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    create_lens(draft=draft(), by=editor())
    with pytest.raises(DomainError, match="The name is taken") as refusal:
        create_lens(draft=draft(name), by=editor())
    assert refusal.value.field == "name"


def test_an_empty_region_is_refused_in_the_words_of_the_engine() -> None:
    too_much = draft(viability=(0.5, 1.0), drivers=(0.4, 1.0), impact=(0.3, 1.0))
    with pytest.raises(DomainError, match=r"The lower bounds add up to 120 %; .*\.$") as refusal:
        create_lens(draft=too_much, by=editor())
    assert refusal.value.field == "kind"
    backwards = {"full_from": 5, "full_to": 2, "zero_at": 9, "if_open": 0.5}
    with pytest.raises(DomainError, match="runs backwards") as refusal:
        drafted_values(draft=draft(horizon=backwards))
    assert refusal.value.field == "full_from"
    assert not LensVersion.objects.exists()


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_only_editors_make_lenses(role: str) -> None:
    with pytest.raises(NotAllowed):
        create_lens(draft=draft(), by=person("otto", role))
    first = create_lens(draft=draft(), by=editor())
    with pytest.raises(NotAllowed):
        retire_lens(key="city-fund", parent=first.seq, by=person("otto", role))


def test_every_step_is_a_public_change() -> None:
    first = create_lens(draft=draft(), by=editor())
    second = revise_lens(key="city-fund", parent=first.seq, draft=draft("Town fund"), by=editor())
    retire_lens(key="city-fund", parent=second.seq, by=editor())
    kinds = [row.change.kind for row in PublicChange.objects.order_by("seq")]
    assert kinds == ["lens.created", "lens.revised", "lens.retired"]
    last = PublicChange.objects.latest("seq").change
    assert last.before is not None
    assert last.before["name"] == "Town fund"
    assert last.subject_key == "lens:city-fund"


def test_weights_are_told_as_mean_and_middle_of_the_draws() -> None:
    values = drafted_values(draft=draft(impact=(0.3, 0.6)))
    rows = {row.dimension: row for row in weight_ranges(values)}
    assert sum(row.mean for row in rows.values()) == pytest.approx(1)
    assert 0.3 <= rows["impact"].low < rows["impact"].mean < rows["impact"].high <= 0.6
    assert list(rows) == list(JUDGED)
