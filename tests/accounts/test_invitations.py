from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.services import accept_invitation, invite, withdraw_invitation
from record.errors import DomainError
from record.models import Change
from tests.accounts.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db


def test_an_invitation_makes_the_invited_person_once(admin: User) -> None:
    _, secret = invite(username="marta", role="editor", email="m@k.org", by=admin)
    user = accept_invitation(secret=secret, password=PASSWORD, display_name="Marta K.")
    assert (user.username, user.role, user.email) == ("marta", "editor", "m@k.org")
    with pytest.raises(DomainError, match="used"):
        accept_invitation(secret=secret, password=PASSWORD)


def test_a_weak_password_leaves_the_invitation_open(admin: User) -> None:
    _, secret = invite(username="marta", role="editor", by=admin)
    with pytest.raises(DomainError, match="too short"):
        accept_invitation(secret=secret, password="short")
    assert accept_invitation(secret=secret, password=PASSWORD).username == "marta"


def test_the_secret_is_not_stored_and_the_log_holds_no_name(admin: User) -> None:
    invitation, secret = invite(username="marta", role="editor", email="m@k.org", by=admin)
    change = Change.objects.get(kind="invitation.made")
    assert secret not in invitation.token_hash
    assert change.after == {"role": "editor"}
    assert "marta" not in change.subject_key


def test_an_old_or_withdrawn_invitation_opens_nothing(admin: User) -> None:
    invitation, secret = invite(username="marta", role="reader", by=admin)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(DomainError, match="too old"):
        accept_invitation(secret=secret, password=PASSWORD)
    withdraw_invitation(invitation=invitation, by=admin)
    assert not Invitation.objects.exists()


def test_inviting_again_ends_the_first_link(admin: User) -> None:
    _, first = invite(username="marta", role="reader", by=admin)
    _, second = invite(username="Marta", role="analyst", by=admin)
    with pytest.raises(DomainError):
        accept_invitation(secret=first, password=PASSWORD)
    assert accept_invitation(secret=second, password=PASSWORD).role == "analyst"


def test_a_taken_or_odd_username_is_not_invited(admin: User, make_user: MakeUser) -> None:
    make_user("marta")
    for name in ("marta", "not a name"):
        with pytest.raises(DomainError) as refused:
            invite(username=name, role="reader", by=admin)
        assert refused.value.field == "username"


def test_a_used_invitation_cannot_be_withdrawn(admin: User) -> None:
    invitation, secret = invite(username="marta", role="reader", by=admin)
    accept_invitation(secret=secret, password=PASSWORD)
    with pytest.raises(DomainError, match="used already"):
        withdraw_invitation(invitation=invitation, by=admin)
