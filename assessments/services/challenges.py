"""Writes on challenges. The claim stays as it came; every step on its way is one more row."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from accounts.roles import Role, has_role
from accounts.services.tries import take_try
from assessments.challenges import earliest_effect
from assessments.models import (
    Challenge,
    ChallengeEvent,
    ChallengeSender,
    Publication,
    Technology,
)
from assessments.values import limits
from assessments.values.challenge import Claim, ClaimInvalid, Sender, check_claim, check_sender
from evidence.models import Item
from intake.errors import IntakeError
from intake.text import clean_text
from record.canonical import canonical_json, digest
from record.clock import now, today
from record.errors import DomainError, NotAllowed
from record.services import log_change

Kind = ChallengeEvent.Kind
OUTCOMES = (Kind.ACCEPTED, Kind.PARTLY, Kind.DECLINED)


class ChallengeRefused(DomainError):
    """`faults` has a sentence for each field that cannot stand."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()), field=next(iter(faults)))
        self.faults = faults


@dataclass(frozen=True)
class Received:
    """`is_new` is False where the same claim stood there already."""

    challenge: Challenge
    is_new: bool


def receive_from_reader(
    *, technology: Technology, claim: Claim, sender: Sender, address: str
) -> Received:
    """By the public form: at most five a minute from one address, however many come at once."""
    checked, who = _checked(claim, sender)
    if not Technology.objects.published().filter(pk=technology.pk).exists():
        raise DomainError("Readers do not see this technology.")
    take_try(f"challenge from {address}")
    return receive_challenge(technology=technology, claim=checked, sender=who)


@transaction.atomic
def receive_challenge(
    *,
    technology: Technology,
    claim: Claim,
    sender: Sender | None = None,
    source: Item | None = None,
    by: User | None = None,
    is_demonstration: bool = False,
) -> Received:
    """The claim stands in the ledger, once. With `by`, somebody of the team took it out of a
    mailbag; `source` is the item that it stood in, where one letter is one challenge."""
    if by is not None and not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can enter what readers wrote.")
    claim, who = _checked(claim, sender or Sender())
    if claim.said_on and claim.said_on > today():
        raise ChallengeRefused({"said_on": "It was said in the future; give an earlier date."})
    key = _key(technology, claim)
    present = _present(key, claim, source)
    if present is not None:
        return Received(present, is_new=False)
    origin = Challenge.Origin.MAILBAG if by else Challenge.Origin.FORM
    try:
        with transaction.atomic():
            challenge = Challenge.objects.create(
                key=key,
                technology=technology,
                dimension=claim.dimension,
                claim=claim.claim,
                evidence=claim.evidence,
                evidence_url=claim.evidence_url,
                origin=origin,
                source=source,
                letter=claim.letter_digest if source else "",
                said_on=claim.said_on or today(),
                received_by=by,
                is_demonstration=is_demonstration,
            )
    except IntegrityError:
        present = _present(key, claim, source)
        if present is None:
            raise
        return Received(present, is_new=False)
    if who.is_known:
        ChallengeSender.objects.create(
            challenge=challenge, name=who.name, email=who.email, credit=who.credit
        )
    _log("challenge.received", challenge, by)
    return Received(challenge, is_new=True)


@transaction.atomic
def show_challenge(*, challenge: Challenge, by: User) -> ChallengeEvent:
    """Readers see the claim from now on."""
    _require_editor(by)
    _lock(challenge)
    if _showing(challenge) == Kind.SHOWN:
        raise DomainError("Readers see it already.")
    if not _is_published(challenge):
        raise DomainError(
            f"Readers do not see {challenge.technology.name} now, so they cannot see what is said"
            " of it. Publish its card first."
        )
    return _step(challenge, Kind.SHOWN, by)


@transaction.atomic
def hide_challenge(*, challenge: Challenge, by: User, note: str) -> ChallengeEvent:
    """Readers do not see it, and nobody has to answer it; the record keeps it with the reason."""
    _require_editor(by)
    _lock(challenge)
    if _showing(challenge) == Kind.HIDDEN:
        raise DomainError("It is put away already.")
    return _step(challenge, Kind.HIDDEN, by, note=_note(note, "why it is put away"))


@transaction.atomic
def reply_to_challenge(*, challenge: Challenge, by: User, note: str) -> ChallengeEvent:
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can answer readers.")
    return _step(challenge, Kind.REPLIED, by, note=_note(note, "what you answer"))


@transaction.atomic
def decide_challenge(
    *,
    challenge: Challenge,
    outcome: str,
    by: User,
    note: str,
    publication: Publication | None = None,
) -> ChallengeEvent:
    """What came of it, and the publication that changed a score because of it."""
    _require_editor(by)
    if outcome not in OUTCOMES:
        raise DomainError("Choose accepted, partly accepted or declined.", field="outcome")
    _lock(challenge)
    if _decided(challenge):
        raise DomainError("It has an outcome already. Open it again first.", field="outcome")
    if publication is not None:
        _require_fitting(challenge, outcome, publication)
    note = _note(note, "why", field="note")
    return _step(challenge, Kind(outcome), by, note=note, publication=publication)


@transaction.atomic
def reopen_challenge(*, challenge: Challenge, by: User, note: str) -> ChallengeEvent:
    _require_editor(by)
    _lock(challenge)
    if not _decided(challenge):
        raise DomainError("It has no outcome that could be taken back.")
    return _step(challenge, Kind.REOPENED, by, note=_note(note, "why it is open again"))


@transaction.atomic
def forget_sender(*, challenge: Challenge, by: User) -> None:
    """Name, address and credit are gone for good; the claim stays, by "a reader"."""
    _require_editor(by)
    if not ChallengeSender.objects.filter(challenge=challenge).delete()[0]:
        raise DomainError("Nothing is kept of who sent it.")
    _log("challenge.sender-erased", challenge, by)


def _checked(claim: Claim, sender: Sender) -> tuple[Claim, Sender]:
    faults: dict[str, str] = {}
    try:
        claim = check_claim(claim)
    except ClaimInvalid as error:
        faults |= error.faults
    try:
        sender = check_sender(sender)
    except ClaimInvalid as error:
        faults |= error.faults
    if faults:
        raise ChallengeRefused(faults)
    return claim, sender


def _key(technology: Technology, claim: Claim) -> str:
    """The same for the same claim, and free of any count of what else there is."""
    said = digest(canonical_json([technology.slug, claim.dimension, claim.claim, claim.evidence]))
    return f"{technology.slug}-{said[:8]}"


def _present(key: str, claim: Claim, source: Item | None) -> Challenge | None:
    """The challenge of the same words, or of the same letter of the source."""
    same = Q(key=key)
    if source is not None and claim.letter_digest:
        same |= Q(source=source, letter=claim.letter_digest)
    return Challenge.objects.filter(same).order_by("pk").first()


def _require_editor(by: User) -> None:
    if not has_role(by, Role.EDITOR):
        raise NotAllowed("Only editors can decide on what readers write.")


def _lock(challenge: Challenge) -> None:
    """One step at a time: two editors would otherwise both find it undecided."""
    Technology.objects.select_for_update().get(pk=challenge.technology_id)


def _require_fitting(challenge: Challenge, outcome: str, publication: Publication) -> None:
    if outcome == Kind.DECLINED:
        raise DomainError("What was declined changed no score.", field="publication")
    if publication.technology_id != challenge.technology_id:
        raise DomainError("That publication is of another technology.", field="publication")
    if publication.at < earliest_effect(challenge):
        raise DomainError("That was published before the claim was made.", field="publication")


def _showing(challenge: Challenge) -> str:
    rows = challenge.events.filter(kind__in=[Kind.SHOWN, Kind.HIDDEN]).order_by("-id")
    return rows.values_list("kind", flat=True).first() or ""


def _is_published(challenge: Challenge) -> bool:
    return Technology.objects.published().filter(pk=challenge.technology_id).exists()


def _decided(challenge: Challenge) -> bool:
    rows = challenge.events.filter(kind__in=[*OUTCOMES, Kind.REOPENED]).order_by("-id")
    return rows.values_list("kind", flat=True).first() in OUTCOMES


def _note(text: str, what: str, field: str = "note") -> str:
    try:
        note = clean_text(text, multiline=True, field="The note", max_length=limits.PASSAGE)
    except IntakeError as error:
        raise DomainError(error.message, field=field) from error
    if not note:
        raise DomainError(f"Say in a sentence {what}.", field=field)
    return note


def _step(
    challenge: Challenge,
    kind: str,
    by: User,
    *,
    note: str = "",
    publication: Publication | None = None,
) -> ChallengeEvent:
    event = ChallengeEvent.objects.create(
        challenge=challenge, kind=kind, by=by, at=now(), note=note, publication=publication
    )
    is_shown = _showing(challenge) == Kind.SHOWN and _is_published(challenge)
    is_told = is_shown and kind != Kind.HIDDEN
    _log(f"challenge.{kind.replace(' ', '-')}", challenge, by, note=note, is_public=is_told)
    return event


def _log(
    kind: str, challenge: Challenge, by: User | None, note: str = "", *, is_public: bool = False
) -> None:
    """Who sent it is no part of the log: it could not be erased there."""
    log_change(
        kind=kind,
        subject_kind="technology",
        subject_key=challenge.technology.slug,
        actor_id=by.pk if by else None,
        reason=note,
        is_public=is_public,
        after={"challenge": challenge.key},
    )
