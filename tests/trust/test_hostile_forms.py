"""Every field of every form, filled with what nobody means."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from tests.trust.conftest import row_counts, visitor
from tests.trust.hostile import VALUES
from tests.trust.matrix import answer_of, lines
from tests.trust.objects import ROLES, Things
from tests.trust.outcomes import Outcome, Page, submit
from tests.trust.sending import Submission
from tests.trust.submissions import SUBMISSIONS

# No field takes these: what they hide cannot be seen, or does not fit.
NEVER_TAKEN = ("NUL", "bidi override", "control character", "100,000 characters")
# Read by nobody as they stand: a wrong one counts as none.
FORGIVING = {"next", "shown_hash"}
# A version that is none is a stale one: 409 says so beside what stands now.
STALE = {("evidence:item-keep", "version"), ("evidence:item-restore", "version")}
STALE |= {("evidence:item-retract", "version")}
# Keep whatever was typed, so that nobody loses a word, or only say what they think of it.
KEEPING = {"assessments:buffer-start", "assessments:buffer-keep", "assessments:prediction-lint"}
# There only beside a demonstration: tests/publishing/test_own_list.py fills it in.
ELSEWHERE = {"publishing:own-list"}
# The text of an item may be as long as an article.
LONG_TEXTS = {("evidence:item-create", "text"), ("evidence:item-edit", "text")}
RIGHTS = {"is_staff": "1", "is_superuser": "1", "pk": "1", "user": "1", "role": "admin"}
AT_ONCE = ("NUL", "lone surrogate", "5,000 digits", "full-width digits", "markup", "nothing")
# Where there are as many fields, each is tried with another third of the values.
LONG_FORM, STRIDE = 3, 3

each_form = pytest.mark.parametrize(
    "form", SUBMISSIONS, ids=[f"{one.route} as {one.role}" for one in SUBMISSIONS]
)


@pytest.fixture(scope="module")
def things(planted: Things) -> Things:
    return planted


def tries(form: Submission) -> Iterator[tuple[str, str]]:
    """Each field to try, with the name of each value to try in it."""
    names = list(VALUES)
    for place, field in enumerate(form.tried_fields):
        stride = STRIDE if len(form.fields) >= LONG_FORM else 1
        for name in dict.fromkeys([*names[place % stride :: stride], *NEVER_TAKEN[:stride]]):
            yield field, name


def test_every_route_that_takes_a_form_has_one_here() -> None:
    posts = [line for line in lines() if line.method == "POST"]
    taking = {line.route for line in posts if {"open", "absent"} & set(line.answers.values())}
    forms = {route for route in taking - ELSEWHERE if not route.startswith("api:")}
    assert {form.route for form in SUBMISSIONS} == forms


@each_form
def test_the_form_as_it_should_be_is_taken(form: Submission, things: Things) -> None:
    with transaction.atomic():
        outcome = submit(form, things, form.parts(things))
        assert answer_of(outcome.answer) == "open"
        assert not outcome.is_refused, outcome.page.words
        transaction.set_rollback(True)


@each_form
def test_a_hostile_field_is_refused_by_name_or_taken_whole(
    form: Submission, things: Things
) -> None:
    problems, before = [], row_counts()
    for field, name in tries(form):
        with transaction.atomic():
            outcome = submit(form, things, form.with_value(things, {field}, VALUES[name]))
            is_unchanged = row_counts() == before
            transaction.set_rollback(True)
        if wrong := judged(form, field, name, outcome, is_unchanged=is_unchanged):
            problems.append(f"{field}, {name}: {wrong}")
    assert not problems, "\n".join(problems)


def judged(form: Submission, field: str, name: str, outcome: Outcome, *, is_unchanged: bool) -> str:
    """What is wrong with the outcome, or nothing."""
    if outcome.is_refused:
        return outcome.trouble(form, field) if is_unchanged else "refused, yet something was saved"
    may_be_taken = field in FORGIVING or form.route in KEEPING
    if (form.route, field) in STALE and outcome.answer.status_code == 409:
        return "" if is_unchanged else "stale, yet something was saved"
    may_be_taken |= name == "100,000 characters" and (form.route, field) in LONG_TEXTS
    return "taken" if name in NEVER_TAKEN and not may_be_taken else ""


@each_form
def test_all_fields_of_a_page_at_once_fail_nothing(form: Submission, things: Things) -> None:
    shown: Any = visitor(ROLES[form.role]).get(form.address(things))
    names = Page(shown.content.decode()).fields if shown.status_code == 200 else set()
    before = row_counts()
    for name in AT_ONCE:
        parts = [(field, VALUES[name]) for field in sorted(names | set(form.fields))]
        with transaction.atomic():
            outcome = submit(form, things, parts)
            assert not outcome.is_refused or row_counts() == before, name
            transaction.set_rollback(True)


@each_form
def test_missing_doubled_and_unknown_fields_save_nothing_by_half(
    form: Submission, things: Things
) -> None:
    whole = form.parts(things)
    variants = [[part for part in whole if part[0] != name] for name in form.tried_fields]
    variants += [[*whole, (name, "x")] for name in form.tried_fields]
    variants += [[*whole, *RIGHTS.items()], [], [("x" * 5_000, "1")]]
    before, roles = row_counts(), rights()
    for parts in variants:
        with transaction.atomic():
            outcome = submit(form, things, parts)
            assert not outcome.is_refused or row_counts() == before, parts
            if form.route != "accounts:user-role":
                assert set(rights().values()) <= set(roles.values()), parts
            transaction.set_rollback(True)


def rights() -> dict[str, tuple[str, bool, bool]]:
    rows = User.objects.values_list("username", "role", "is_staff", "is_superuser")
    return {username: (role, staff, root) for username, role, staff, root in rows}
