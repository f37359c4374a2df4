"""Taking a person's names out of the record, whose rows go on holding their number."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from accounts.models import USERNAME_LENGTH, Invitation, SignInTries, User
from accounts.roles import Role
from accounts.selectors import is_forgotten
from accounts.services.people import keep_one_admin, locked, state_of
from accounts.signals import person_forgotten
from record.canonical import digest
from record.mentions import mentions
from record.services import log_change

PSEUDONYM = "former-member"


@dataclass(frozen=True)
class Forgotten:
    """Who the person is called now, and where texts of the record still say a name of theirs."""

    pseudonym: str
    mentions: tuple[str, ...] = ()


@transaction.atomic
def forget_person(*, user: User) -> Forgotten:
    """No row about the person holds a name or an address, and nothing of theirs opens a door.

    What they wrote stays, under a pseudonym. Forgetting somebody again changes nothing.
    """
    person = locked(user)
    if is_forgotten(person):
        return Forgotten(str(person.username))
    keep_one_admin(person)
    before = state_of(person)
    names = [str(name) for name in (person.username, person.display_name, person.email) if name]
    _take_away_what_opens_doors(person)
    _give_pseudonym(person)
    person_forgotten.send(sender=None, user=person)
    log_change(
        kind="person.forgotten",
        subject_kind="person",
        subject_key=str(person.pk),
        actor_id=None,
        before=before,
        after=state_of(person),
    )
    return Forgotten(str(person.username), tuple(mentions(names)))


def _take_away_what_opens_doors(person: User) -> None:
    person.api_tokens.all().delete()
    person.groups.clear()
    person.user_permissions.clear()
    theirs = Q(username=person.username)
    if person.email:
        theirs |= Q(email__iexact=person.email)
    Invitation.objects.filter(theirs).delete()
    counted = (f"account {person.username}", f"password of {person.pk}")
    SignInTries.objects.filter(key__in=[digest(subject) for subject in counted]).delete()
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def _give_pseudonym(person: User) -> None:
    person.username = _free_pseudonym(person)
    person.display_name = person.email = ""
    person.password = make_password(None)
    person.role = Role.READER
    person.is_active = False
    person.last_login = None
    person.save()


def _free_pseudonym(person: User) -> str:
    """By the number of the row; where somebody took that name for fun, with a mark behind it."""
    name = f"{PSEUDONYM}-{person.pk}"
    while User.objects.exclude(pk=person.pk).filter(username=name).exists():
        name = f"{name}-"[:USERNAME_LENGTH]
    return name
