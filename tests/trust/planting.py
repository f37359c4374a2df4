"""A small published record, and beside it everything that readers must never learn of."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.db.models.functions import Now

from accounts.models import User
from accounts.services import create_token, create_user, invite
from assessments.models import (
    Card,
    Link,
    Publication,
    Revision,
    Technology,
)
from assessments.selectors import head_of, last_published
from assessments.services.comments import comment_on, note_reconciliation, resolve_comment
from assessments.services.drafting import Save, add_note, keep_buffer, open_card, save_revision
from assessments.services.minor import publish_minor_edit
from assessments.services.openings import propose_opening, state_opening_test
from assessments.services.publication import publish_revision, withdraw_card
from assessments.services.review import approve_revision, return_revision, submit_revision
from assessments.services.round import answer_round
from assessments.services.technologies import (
    Facts,
    create_technology,
    domain_named,
    edit_technology,
    record_opening,
    set_links,
)
from assessments.values.card import parse_card
from jobs.models import Job
from jobs.services import execute_job, sweep
from scoring.models import RunKind
from scoring.services import runs
from scoring.services.lenses import LensDraft, create_lens
from scoring.services.runs import Question, open_run
from tests.assessments.factories import score
from tests.trust.corrections import plant_challenge, plant_hidden_challenges
from tests.trust.evidence import plant_items
from tests.trust.foretelling import plant_hidden_predictions, plant_predictions
from tests.trust.indicators import plant_indicator
from tests.trust.items import plant_item, plant_unseen_item, retract_item_of, reword_items
from tests.trust.words import Say, Words, worded_card

PASSWORD = "four words in a row"
PEOPLE = {
    "anna": "analyst",
    "otto": "analyst",
    "ben": "editor",
    "ada": "editor",
    "rita": "reader",
    "root": "admin",
}
WITHDRAWN = "delta"


@dataclass
class Record:
    """`shown` are words that readers get, `hidden` those that they must not."""

    shown: Words = field(default_factory=Words)
    hidden: Words = field(default_factory=Words)


def plant(*, with_drafts: bool = True, is_computed: bool = True) -> Record:
    """The same public record, with and without what is not public in between."""
    record = Record()
    with in_one_burst():
        _plant(record, with_drafts=with_drafts, is_computed=is_computed)
    return record


@contextmanager
def in_one_burst() -> Iterator[None]:
    """However long it takes, no run is opened meanwhile, and lenses are computed at the end."""
    day = datetime.timedelta(days=1)
    with mock.patch.multiple(runs, QUIET=day, QUIET_FOR_LENSES=day):
        yield


def _plant(record: Record, *, with_drafts: bool, is_computed: bool) -> None:
    for username, role in PEOPLE.items():
        create_user(username=username, role=role, password=PASSWORD)
    _before(record) if with_drafts else None
    _publish(record)
    _between(record) if with_drafts else None
    _publish_more(record)
    _after(record) if with_drafts else None
    if is_computed:
        _compute(record)
    _park(record)


def _before(record: Record) -> None:
    hidden = record.hidden
    create_user(username=hidden.at("name of an account"), role="admin", password=PASSWORD)
    drafted, approved = _slug_of("drafted", hidden), _slug_of("approved", hidden)
    for slug in (drafted, approved):
        _technology(slug, hidden)
    _draft(drafted, hidden.under("never published"))
    revision = _in_review(record, approved, hidden.under("approved, not published"))
    _approve(record, revision, "ben")
    plant_indicator(
        hidden.at("address of an indicator"),
        hidden.under("private indicator"),
        is_public=False,
        by=_user("anna"),
    )
    plant_unseen_item(hidden.under("an item that nothing cites"), by=_user("anna"))
    plant_items(hidden.under("evidence"), by=_user("anna"))
    # It begins as the name of a published domain does.
    domain_named(name=f"{Words().at('facts of gamma, domain')} {hidden.at('domain')}")


def _publish(record: Record) -> None:
    _technology("alpha", record.shown)
    _technology("beta", record.shown)
    shown = record.shown.under("indicator")
    plant_indicator("open-series", shown, is_public=True, by=_user("anna"))
    _technology(WITHDRAWN, record.hidden)
    _link("beta", "alpha", f"{record.shown.at('note of a link')} ties them")
    _published(record, "alpha", record.shown.under("first of alpha"))
    _published(record, "beta", record.shown.under("beta"))
    withdrawn = _published(record, WITHDRAWN, record.hidden.under("withdrawn card"))
    _withdraw(record, withdrawn)


def _between(record: Record) -> None:
    hidden = record.hidden
    returned = _in_review(record, "beta", hidden.under("newer, returned"))
    return_revision(revision=returned, by=_user("ben"), note=hidden.at("note of a return"))
    add_note(card=returned.card, text=hidden.at("internal note"), author=_user("anna"))
    fields: dict[str, object] = {hidden.at("key of a buffer"): [hidden.at("text of a buffer")]}
    keep_buffer(card=returned.card, user=_user("anna"), parent_hash="", fields=fields)
    second = _in_review(record, "beta", hidden.under("second opinion in review"), author="otto")
    _talked_about(returned, second, hidden)
    # The next publication of alpha holds this link.
    _link("alpha", _slug_of("drafted", hidden), hidden.at("note of a published link"))


def _talked_about(returned: Revision, second: Revision, hidden: Words) -> None:
    text = hidden.at("comment of a reviewer")
    comment_on(revision=returned, part="impact", text=text, by=_user("ben"))
    text = hidden.at("resolved comment of a reviewer")
    settled = comment_on(revision=second, part="summary", text=text, by=_user("ben"))
    resolve_comment(comment=settled, by=_user("otto"))
    text = hidden.at("note on opinions that differ")
    note_reconciliation(
        technology=_named("beta"), revisions=[returned, second], text=text, by=_user("anna")
    )


def _publish_more(record: Record) -> None:
    _technology("gamma", record.shown)
    _published(record, "gamma", record.shown.under("gamma"))
    _minor_edit(record)
    _published(record, "gamma", record.hidden.under("withdrawn opinion"), author="ben", by="ada")
    _published(record, "alpha", record.shown.under("opinion"), author="otto")
    _published(record, "alpha", record.shown.under("alpha"), impact=score("4"))
    _lens()
    reword_items(record.hidden, by=_user("anna"))
    _retract_items(record)
    plant_predictions(record.shown)
    plant_challenge("alpha", record.shown, record.hidden)


def _minor_edit(record: Record) -> None:
    """One that waits for somebody to look at it."""
    say = record.shown.under("gamma")
    text, reason = record.shown.at("minor edit"), record.shown.at("reason of a minor edit")
    revision = _draft("gamma", say, text=f"{say('text')}\n\n{text}", reason=reason)
    publish_minor_edit(revision=revision, by=_user("anna"))


def _retract_items(record: Record) -> None:
    """Readers get the reason where a publication cites the item, and not of a withdrawn card."""
    shown = record.shown.at("reason of the withdrawal of the source of beta")
    retract_item_of("beta", shown, by=_user("anna"))
    hidden = record.hidden.at("reason of the retraction of a source of a withdrawn card")
    retract_item_of(WITHDRAWN, hidden, by=_user("anna"))


def _lens() -> None:
    definition = {
        "region": {"kind": "whole simplex"},
        "horizon": None,
        "spacing": None,
        "rule": "mean",
    }
    draft = LensDraft(name="City fund", note="", definition=definition)
    create_lens(draft=draft, by=_user("ben"))


def _after(record: Record) -> None:
    """Newer drafts, and facts that were edited and not published."""
    hidden = record.hidden
    for slug in ("alpha", "gamma", WITHDRAWN):
        _draft(slug, hidden.under(f"newer draft of {slug}"))
        facts = _facts(slug, hidden, f"edited facts of {slug}")
        version = _named(slug).version
        edit_technology(technology=_named(slug), facts=facts, version=version, by=_user("anna"))
    _sketch("gamma", hidden.under("sketch"))
    answer_round(revision=last_published(_lead("alpha")), answer="open", by=_user("anna"))
    drafted = _slug_of("drafted", hidden)
    _link("gamma", drafted, hidden.at("note of a link to what is hidden"))
    _link(drafted, "gamma", hidden.at("note of a link from what is hidden"))
    record_opening(
        technology=_named("gamma"),
        year=2024,
        evidence=hidden.at("evidence of an opening"),
        by=_user("anna"),
        confirmed_by=_user("ben"),
    )
    propose_opening(
        technology=_named("beta"),
        status="open",
        year=2023,
        evidence=hidden.at("evidence of a proposed opening"),
        by=_user("anna"),
    )
    state_opening_test(
        technology=_named("alpha"),
        text=hidden.at("a test of opening"),
        version=0,
        by=_user("anna"),
    )
    plant_hidden_predictions(_slug_of("drafted", hidden), hidden)
    plant_hidden_challenges(_slug_of("drafted", hidden), hidden)
    _private_people(hidden)
    for revision in Revision.objects.filter(publications=None):
        hidden.places[revision.content_hash] = f"content hash of {revision}"


def _private_people(hidden: Words) -> None:
    User.objects.filter(username="anna").update(
        email=f"{hidden.at('e-mail')}@example.org", display_name=hidden.at("name of a person")
    )
    invite(
        username=hidden.at("name of an invitation"),
        role="analyst",
        email=f"{hidden.at('e-mail of an invitation')}@example.org",
    )
    token = hidden.at("name of a token")
    create_token(user=_user("anna"), name=token, scopes=["read:drafts"], days=9)


def _compute(record: Record) -> None:
    """Every run is done, also those that open when a burst is over."""
    _finish_jobs()
    with after_the_burst():
        sweep()
    _finish_jobs()
    with after_the_burst():
        _withdraw(record, Publication.objects.get(card__owner__username="ben"))
    _finish_jobs()
    with mock.patch.object(runs, "QUIET_FOR_LENSES", datetime.timedelta(0)):
        runs.open_due_lens_run()
        while Job.objects.filter(state=Job.State.QUEUED).exists():
            _finish_jobs()


def _park(record: Record) -> None:
    asked = Question(kind=RunKind.RANKING, as_of=datetime.date(2026, 1, 1))
    Job.objects.filter(pk=open_run(question=asked, reason="asked by hand").job_id).update(
        state=Job.State.PARKED,
        error=f"ValueError: {record.hidden.at('error of a parked job')}",
        ended_at=Now(),
    )


@contextmanager
def after_the_burst() -> Iterator[None]:
    """As if the last publication were long ago."""
    with mock.patch.object(runs, "QUIET", datetime.timedelta(0)):
        yield


def _finish_jobs() -> None:
    for job in Job.objects.filter(state=Job.State.QUEUED).order_by("pk"):
        execute_job(job_id=job.pk)


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _named(slug: str) -> Technology:
    technology: Technology = Technology.objects.get(slug=slug)
    return technology


def _lead(slug: str) -> Card:
    lead: Card = Card.objects.get(technology__slug=slug, role=Card.Role.LEAD)
    return lead


def _facts(slug: str, words: Words, place: str) -> Facts:
    say = words.under(place)
    return Facts(slug=slug, name=say("name"), aliases=(say("alias"),), domains=(say("domain"),))


def _slug_of(place: str, hidden: Words) -> str:
    return hidden.at(f"address of a technology that is {place}")


def _technology(slug: str, words: Words) -> None:
    create_technology(facts=_facts(slug, words, f"facts of {slug}"), by=_user("anna"))


def _link(source: str, target: str, note: str) -> None:
    technology = _named(source)
    link = Link(source=technology, target=_named(target), kind="requires", note=note)
    set_links(technology=technology, links=[link], version=technology.version, by=_user("anna"))


def _draft(slug: str, say: Say, *, author: str = "anna", **changes: Any) -> Revision:
    """The lead card is anna's; everybody else gives a second opinion."""
    role = Card.Role.LEAD if author == "anna" else Card.Role.SECOND
    card = open_card(technology=_named(slug), role=role, owner=_user(author))
    head = head_of(card)
    parent = head.content_hash if head else None
    plant_item(slug, say, by=_user("anna"))
    wanted = worded_card(slug, say, role=role.value, parent=parent, **changes)
    return save_revision(card=card, document=parse_card(wanted), save=Save(by=_user(author)))


def _sketch(slug: str, say: Say) -> None:
    _draft(slug, say, author="otto", detail="sketch")


def _in_review(record: Record, slug: str, say: Say, **wanted: Any) -> Revision:
    revision = _draft(slug, say, **wanted)
    note = record.hidden.at(f"note of a submission of {revision}")
    submit_revision(revision=revision, by=revision.author, note=note)
    return revision


def _approve(record: Record, revision: Revision, by: str) -> None:
    note = record.hidden.at(f"note of an approval of {revision}")
    shown_hash = revision.content_hash
    approve_revision(revision=revision, by=_user(by), shown_hash=shown_hash, note=note)


def _published(
    record: Record, slug: str, say: Say, *, by: str = "ben", **wanted: Any
) -> Publication:
    revision = _in_review(record, slug, say, **wanted)
    _approve(record, revision, by)
    return publish_revision(revision=revision, by=_user(by))


def _withdraw(record: Record, publication: Publication) -> None:
    place = f"reason of the withdrawal of {publication.technology.slug}"
    reason = f"{record.shown.at(place)} was wrong."
    withdraw_card(revision=publication.revision, by=_user("ben"), reason=reason)
