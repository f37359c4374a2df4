from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.roles import Role
from accounts.services import (
    authenticate_token,
    change_role,
    create_token,
    deactivate_user,
    revoke_token,
)
from record.errors import DomainError
from tests.accounts.conftest import MakeUser

pytestmark = pytest.mark.django_db


def test_the_holder_of_the_secret_acts_for_the_owner(make_user: MakeUser) -> None:
    user = make_user()
    token, secret = create_token(user=user, name="feed", scopes=["read:drafts"], days=30)
    bearer = authenticate_token(secret=secret)
    assert bearer is not None
    assert (bearer.user, bearer.scopes) == (user, {"read:drafts"})
    assert secret.startswith(token.prefix)
    assert secret not in str(ApiToken.objects.values().get())


def test_a_token_shrinks_with_the_role_of_its_owner(make_user: MakeUser, admin: User) -> None:
    user = make_user("ed", Role.EDITOR)
    scopes = ["read:public", "read:drafts", "review"]
    _, secret = create_token(user=user, name="desk", scopes=scopes, days=30)
    change_role(user=user, role="analyst", by=admin)
    bearer = authenticate_token(secret=secret)
    assert bearer is not None
    assert bearer.scopes == {"read:public", "read:drafts"}


def test_revoked_expired_unknown_and_closed_open_nothing(make_user: MakeUser, admin: User) -> None:
    user = make_user()
    made = [create_token(user=user, name=str(n), scopes=["read:public"], days=1) for n in range(3)]
    revoke_token(token=made[0][0], by=user)
    ApiToken.objects.filter(pk=made[1][0].pk).update(
        created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now()
    )
    assert authenticate_token(secret=made[2][1]) is not None
    deactivate_user(user=user, by=admin)
    secrets = [secret for _, secret in made] + ["bw_unknown", ""]
    assert [authenticate_token(secret=secret) for secret in secrets] == [None] * 5


def test_scopes_above_the_role_are_refused(make_user: MakeUser) -> None:
    with pytest.raises(DomainError, match="As analyst you cannot give review") as refused:
        create_token(user=make_user(), name="x", scopes=["review", "predict"], days=30)
    assert refused.value.field == "scopes"


@pytest.mark.parametrize("days", [0, -1, 367, 10**30])
def test_a_token_lasts_a_year_at_most(make_user: MakeUser, days: int) -> None:
    with pytest.raises(DomainError, match="1 to 366 days"):
        create_token(user=make_user(), name="x", scopes=["predict"], days=days)


def test_the_last_use_is_noted_once_a_minute(make_user: MakeUser) -> None:
    token, secret = create_token(user=make_user(), name="x", scopes=["predict"], days=1)
    authenticate_token(secret=secret)
    first = ApiToken.objects.get(pk=token.pk).last_used_at
    authenticate_token(secret=secret)
    assert first is not None
    assert ApiToken.objects.get(pk=token.pk).last_used_at == first
