"""Random walks of all roles through drafts, reviews and publications.

REVIEW_WALKS is how many walks are made; without it a few, the same each time.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.roles import Role, has_role
from assessments import selectors
from assessments.models import Card, Publication, Revision, Technology
from assessments.overseen import hash_of_body, reaches_beyond, wrong_with_oversight
from assessments.services import minor
from assessments.services import publication as publishing
from assessments.services import review as reviewing
from assessments.services.drafting import Save, open_card, save_revision
from assessments.services.technologies import Facts, create_technology, edit_technology
from assessments.values.card import parse_card
from record.errors import DomainError
from tests.assessments.factories import card_json, person, score

pytestmark = pytest.mark.django_db

PEOPLE = {
    "rita": "reader",
    "anna": "analyst",
    "otto": "analyst",
    "ben": "editor",
    "ada": "editor",
    "root": "admin",
}
WALKS, STEPS = int(os.environ.get("REVIEW_WALKS", "0")), 20
# What the walks together must have come to, or they show nothing.
WANTED = ("saved", "published", "by others", "alone", "beyond", "withdrawn", "refused", "minor")
# Walks of the suite, and those after which a hole must have been found.
FEW, MANY = 40, 90
who = st.sampled_from(sorted(PEOPLE))
# Mostly those who may.
editor = st.sampled_from(["ben", "ada", "root", "ben", "ada", "anna"])
admin = st.sampled_from(["root", "root", "ben"])
which_card = st.sampled_from(["lead", "otto", "ada"])
# Counted from the newest: mostly that one.
back = st.sampled_from([0, 0, 0, 0, 1, 2, 5])
level = st.sampled_from(["3", "3", "4", "5+"])


class ReviewWalk(RuleBasedStateMachine):
    """`shown` keeps which hash each approver had before them: no table says it."""

    reached: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = {name: User.objects.get(username=name) for name in PEOPLE}
        self.technology = Technology.objects.get(slug="edge-ai")
        self.shown: dict[tuple[int, int], str] = {}
        self.checked = 0
        self.words = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # What people do.

    @rule(name=who, card=which_card, back=back, level=level)
    def save(self, name: str, card: str, back: int, level: str) -> None:
        self.words += 1
        changes = {"impact": score(level), "summary": f"Sentence {self.words}."}
        self._save(name, card, back, changes)

    @rule(name=who, card=which_card, older=st.integers(0, 5))
    def begin_from_an_older_revision(self, name: str, card: str, older: int) -> None:
        """The old content becomes the newest revision, on top of the present one."""
        found = self._revision(card, older)
        if found is not None:
            self._save(name, card, 0, selectors.card_json(found))

    @rule(name=who, card=which_card, back=back)
    def submit(self, name: str, card: str, back: int) -> None:
        event = self._take(card, back, reviewing.submit_revision, by=self.people[name])
        if event is not None:
            # A new review: who approved before does so again, or not.
            self.shown = {
                key: shown for key, shown in self.shown.items() if key[0] != event.revision_id
            }

    @rule(name=editor, card=which_card, back=back, is_stale=st.booleans())
    def approve(self, name: str, card: str, back: int, *, is_stale: bool) -> None:
        self._approve(name, card, back, "", is_stale=is_stale)

    @rule(name=admin, card=which_card)
    def override(self, name: str, card: str) -> None:
        self._approve(name, card, 0, f"Nobody else is here on day {self.words}.", is_stale=False)

    @initialize(card=which_card, level=level, steps=st.integers(0, 6))
    def begin(self, card: str, level: str, steps: int) -> None:
        """Some walks begin where much has happened already."""
        self._on_the_way(card, level, steps)

    @rule(name=who, card=which_card, level=level, steps=st.integers(2, 6))
    def go_on(self, name: str, card: str, level: str, steps: int) -> None:
        self._on_the_way(card, level, steps, name)

    @rule(first=editor, second=editor, card=which_card)
    def approve_and_publish(self, first: str, second: str, card: str) -> None:
        self._approve(first, card, 0, "", is_stale=False)
        self._approve(second, card, 0, "", is_stale=False)
        self.publish(first, card, 0)

    def _on_the_way(self, card: str, level: str, steps: int, name: str = "") -> None:
        """Saved, handed in, approved twice, published, edited: as far as the steps go."""
        author = card if card != "lead" else name or "anna"
        ways: list[Callable[[], None]] = [
            lambda: self.save(author, card, 0, level),
            lambda: self.submit(author, card, 0),
            lambda: self._approve("ben", card, 0, "", is_stale=False),
            lambda: self._approve("ada", card, 0, "", is_stale=False),
            lambda: self.publish("root", card, 0),
            lambda: self.edit_words_alone(author, card),
        ]
        for way in ways[:steps]:
            way()

    @rule(name=who, card=which_card, back=back)
    def give_back(self, name: str, card: str, back: int) -> None:
        step = reviewing.return_revision
        self._take(card, back, step, by=self.people[name], note="Say where.")

    @rule(name=editor, card=which_card, back=back)
    def publish(self, name: str, card: str, back: int) -> None:
        by = self.people[name]
        row = self._take(card, back, publishing.publish_revision, by=by, announce=False)
        if row is None:
            return
        self.reached["published"] += 1
        if not row.oversight.startswith("approved without"):
            approvers = {user for revision, user in self.shown if revision == row.revision_id}
            assert all(has_role(User.objects.get(pk=pk), Role.EDITOR) for pk in approvers), (
                f"{row.revision} rests on somebody who is no editor any more"
            )

    @rule(name=editor, card=which_card, back=back)
    def withdraw(self, name: str, card: str, back: int) -> None:
        step = publishing.withdraw_card
        if self._take(card, back, step, by=self.people[name], reason="It was wrong."):
            self.reached["withdrawn"] += 1

    @rule(name=who)
    def publish_facts(self, name: str) -> None:
        self.words += 1
        technology = Technology.objects.get(pk=self.technology.pk)
        facts = Facts(slug="edge-ai", name=f"Edge AI {self.words}", domains=("AI",))
        with suppress(DomainError), transaction.atomic():
            edit_technology(
                technology=technology,
                facts=facts,
                version=technology.version,
                by=self.people["anna"],
            )
            publishing.republish_facts(technology=technology, by=self.people[name])

    @rule(name=who, role=st.sampled_from(["reader", "analyst", "editor", "admin"]))
    def change_role(self, name: str, role: str) -> None:
        User.objects.filter(pk=self.people[name].pk).update(role=role)
        self.people[name] = User.objects.get(pk=self.people[name].pk)
        self.reached["role"] += 1

    @rule(card=which_card, name=editor, role=st.sampled_from(["reader", "analyst"]))
    def publish_after_an_editor_lost_the_role(self, card: str, name: str, role: str) -> None:
        before = self.people[name].role
        self._on_the_way(card, "3", 4)
        self.change_role(name, role)
        self.publish("root", card, 0)
        self.change_role(name, before)

    @rule(first=editor, second=who, is_stale=st.booleans())
    def publish_what_two_wrote(self, first: str, second: str, *, is_stale: bool) -> None:
        """The first approves, though part of it is theirs, and another from an older page."""
        self.save(first, "lead", 0, "3")
        self.save(second, "lead", 0, "4")
        self.submit(second, "lead", 0)
        self._approve(first, "lead", 0, "", is_stale=False)
        self._approve("ada", "lead", 0, "", is_stale=is_stale)
        self.publish("root", "lead", 0)

    @rule(card=which_card, level=level)
    def publish_alone(self, card: str, level: str) -> None:
        self._on_the_way(card, level, 2, "root")
        self.override("root", card)
        self.publish("root", card, 0)

    @rule(card=which_card)
    def publish_after_a_withdrawal(self, card: str) -> None:
        for back in (1, 2):
            self.withdraw("root", card, back)
        self.publish("root", card, 0)

    @rule(name=who, card=which_card)
    def edit_words_alone(self, name: str, card: str) -> None:
        """A minor edit on what stands, published at once or refused."""
        head, by = self._revision(card, 0), self.people[name]
        if head is None:
            return
        self.words += 1
        wanted = selectors.card_json(head) | {"summary": f"Sentence {self.words}."}
        wanted["parent"] = head.content_hash
        with suppress(DomainError), transaction.atomic():
            save_revision(card=head.card, document=parse_card(wanted), save=Save(by=by))
        if self._take(card, 0, minor.publish_minor_edit, by=by):
            self.reached["minor"] += 1

    @rule(name=editor, card=which_card, back=back, stays=st.booleans())
    def look_at_a_minor_edit(self, name: str, card: str, back: int, *, stays: bool) -> None:
        by = self.people[name]
        if stays:
            self._take(card, back, minor.confirm_minor_edit, by=by)
        elif self._take(card, back, minor.take_back_minor_edit, by=by, reason="Wrong words."):
            self.reached["taken back"] += 1

    # What stays true.

    @invariant()
    def every_publication_was_seen_by_those_it_names(self) -> None:
        newest = Publication.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        rows = Publication.objects.filter(seq__gt=self.checked).order_by("seq")
        self.checked = newest
        for row in rows.select_related("revision", "card"):
            if row.kind == Publication.Kind.WITHDRAWAL:
                continue
            assert hash_of_body(row) == row.revision.content_hash, f"{row}: another content"
            if row.kind == Publication.Kind.CARD:
                self._check(row)

    def _check(self, row: Publication) -> None:
        assert not wrong_with_oversight(row), f"{row}: {wrong_with_oversight(row)}"
        if row.oversight.startswith(("minor edit", "a minor edit")):
            return
        shown = {self.shown[key] for key in self.shown if key[0] == row.revision_id}
        assert shown == {hash_of_body(row)}, f"{row}: an approver was shown another content"
        is_alone = row.oversight.startswith("approved without")
        self.reached["alone" if is_alone else "by others"] += 1
        self.reached["beyond"] += reaches_beyond(row)

    # How it is done.

    def _card(self, card: str) -> Card | None:
        rows = Card.objects.filter(technology=self.technology).select_related("technology")
        if card == "lead":
            return rows.filter(role=Card.Role.LEAD).first()
        return rows.filter(role=Card.Role.SECOND, owner=self.people[card]).first()

    def _revision(self, card: str, back: int) -> Revision | None:
        found = self._card(card)
        if found is None:
            return None
        rows = found.revisions.select_related("card__technology", "author").order_by("-number")
        return rows[back : back + 1].first()

    def _save(self, name: str, card: str, back: int, changes: dict[str, Any]) -> None:
        role = Card.Role.LEAD if card == "lead" else Card.Role.SECOND
        parent = self._revision(card, back)
        wanted = card_json(role=role.value) | {"reason": f"Learnt {self.words}."}
        scores = wanted["scores"] | {"impact": changes.pop("impact", score("3"))}
        wanted = wanted | {"scores": scores} | changes
        wanted["role"], wanted["parent"] = role.value, parent.content_hash if parent else None
        by = self.people[name]
        with suppress(DomainError), transaction.atomic():
            found = self._card(card) or open_card(technology=self.technology, role=role, owner=by)
            save_revision(card=found, document=parse_card(wanted), save=Save(by=by))
            self.reached["saved"] += 1

    def _approve(self, name: str, card: str, back: int, reason: str, *, is_stale: bool) -> None:
        revision, by = self._revision(card, back), self.people[name]
        if revision is None:
            return
        other = self._revision(card, back + 1)
        shown = other.content_hash if is_stale and other else revision.content_hash
        step = reviewing.approve_revision
        if self._take(card, back, step, by=by, shown_hash=shown, override_reason=reason):
            self.shown[revision.pk, by.pk] = shown

    def _take(self, card: str, back: int, step: Callable[..., Any], **how: Any) -> Any:
        revision = self._revision(card, back)
        if revision is None:
            return None
        try:
            with transaction.atomic():
                return step(revision=revision, **how)
        except (DomainError, IntegrityError):
            self.reached["refused"] += 1
            return None


def walk(walks: int, *, is_random: bool = False) -> Counter[str]:
    """What all the walks together came to."""
    ReviewWalk.reached = Counter()
    people = {name: person(name, role) for name, role in PEOPLE.items()}
    facts = Facts(slug="edge-ai", name="Edge AI", domains=("AI",))
    create_technology(facts=facts, by=people["anna"])
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        ReviewWalk,
        settings=settings(
            max_examples=walks,
            stateful_step_count=STEPS,
            derandomize=not is_random,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return ReviewWalk.reached


def test_no_walk_publishes_what_was_not_seen_by_another() -> None:
    reached = walk(WALKS or FEW, is_random=WALKS > 0)
    assert all(reached[name] for name in WANTED), reached
    print(f"\n{WALKS or FEW} walks of up to {STEPS} steps: {dict(reached)}")  # noqa: T201


def _shown_is_right(**how: Any) -> Any:
    """An approval that does not ask what was shown."""
    return _approve(**how | {"shown_hash": how["revision"].content_hash})


_approve, _json = reviewing.approve_revision, selectors.card_json
# What takes one guard away, by the sentence with which a walk must end.
MUTATIONS: dict[str, tuple[str, list[tuple[Any, str, Any]]]] = {
    "authors approve": (
        "an approver wrote part of what it publishes",
        [
            (reviewing, "unpublished_authors", lambda _: set()),
            (publishing, "unpublished_authors", lambda _: set()),
        ],
    ),
    "approvers are not asked again": (
        "an approver wrote part|no editor any more",
        [(publishing, "_check_approvers", lambda *_: None)],
    ),
    "a stale page approves": (
        "shown another content",
        [(reviewing, "approve_revision", _shown_is_right)],
    ),
    "one approver is enough": (
        "it reaches 5\\+ with one approver",
        [(selectors, "_needing_two", lambda _: [])],
    ),
    "another text is published": (
        "another content",
        [(publishing, "card_json", lambda row: _json(row) | {"summary": "Something else."})],
    ),
    "the reason is not printed": (
        "not printed",
        [(publishing, "_oversight", lambda _: "approved by one editor")],
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_without_a_guard_a_walk_finds_the_hole(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence, holes = MUTATIONS[name]
    for module, attribute, instead in holes:
        monkeypatch.setattr(module, attribute, instead)
    with pytest.raises(AssertionError, match=sentence):
        walk(MANY)
