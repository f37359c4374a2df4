import re

import pytest
from django.test import Client

from accounts.models import ApiToken
from accounts.roles import Role
from accounts.services import authenticate_token, create_token
from tests.accounts.conftest import MakeUser

pytestmark = pytest.mark.django_db

TOKENS = "/accounts/tokens/"


def sent(**values: object) -> dict[str, object]:
    return {"name": "feed", "scopes": ["read:drafts", "predict"], "days": "90"} | values


def test_a_token_is_shown_once_and_works(client: Client, make_user: MakeUser) -> None:
    client.force_login(make_user("marta"))
    page = client.post(TOKENS, sent()).content.decode()
    found = re.search(r'value="(bw_[^"]+)"', page)
    assert found
    bearer = authenticate_token(secret=found.group(1))
    assert bearer is not None
    assert bearer.scopes == {"read:drafts", "predict"}
    assert found.group(1) not in client.get(TOKENS).content.decode()


def test_the_form_offers_what_the_role_allows(client: Client, make_user: MakeUser) -> None:
    client.force_login(make_user("marta", Role.READER))
    page = client.get(TOKENS).content.decode()
    assert 'value="read:public"' in page
    assert 'value="read:drafts"' not in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Needed: the name of the script"),
        ({"name": "a\0b"}, "What it is for holds a NUL character"),
        ({"name": "a\u202eb"}, "reverses the reading direction"),
        ({"name": "x" * 81}, "at most 80"),
        ({"scopes": []}, "Needed: at least one thing"),
        ({"scopes": ["review"]}, "Choose out of the list below."),
        ({"scopes": ["\0"]}, "Choose out of the list below."),
        ({"days": "91"}, "Choose one of the three lengths."),
        ({"days": "NaN"}, "Choose one of the three lengths."),
        ({"days": "9" * 5000}, "Choose one of the three lengths."),
    ],
)
def test_a_token_that_cannot_be_is_refused(
    client: Client, make_user: MakeUser, values: dict[str, object], sentence: str
) -> None:
    client.force_login(make_user("marta"))
    answer = client.post(TOKENS, sent(**values))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing_and_stays_listed(
    client: Client, make_user: MakeUser
) -> None:
    user = make_user("marta")
    token, secret = create_token(user=user, name="feed", scopes=["predict"], days=1)
    client.force_login(user)
    page = client.post(f"{TOKENS}{token.pk}/revoke/", follow=True).content.decode()
    assert authenticate_token(secret=secret) is None
    assert "revoked" in page


def test_the_token_of_another_person_is_not_found(client: Client, make_user: MakeUser) -> None:
    token, secret = create_token(user=make_user(), name="feed", scopes=["predict"], days=1)
    client.force_login(make_user("paul", Role.ADMIN))
    assert client.post(f"{TOKENS}{token.pk}/revoke/").status_code == 404
    assert "feed" not in client.get(TOKENS).content.decode()
    assert authenticate_token(secret=secret) is not None
