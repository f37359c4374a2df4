"""A form whose session has ended comes along through the sign-in, whole."""

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD, MakeUser
from tests.assessments.typed_cards import edit_path, first_saved, resent, signed_in, typed

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"
TYPED = 'Typed for an hour,\r\nwith "quotes" & <tags>.'


def test_what_was_typed_is_saved_after_signing_in_again(make_user: MakeUser) -> None:
    make_user("marta", role="analyst")
    revision = first_saved()
    path = edit_path(revision)
    client = Client()
    answer = client.post(path, typed(parent=revision.content_hash, summary=TYPED, then="review"))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing was saved, and nothing you typed is lost." in page
    assert "<tags>" not in page
    wrong = client.post(SIGN_IN, resent(page) | {"username": "marta", "password": "not mine"})
    again = resent(wrong.content.decode())
    held = client.post(SIGN_IN, again | {"username": "marta", "password": PASSWORD})
    page = held.content.decode()
    assert "You are signed in again." in page
    assert PASSWORD not in page
    assert f'action="{path}"' in page
    sent = resent(page)
    assert (sent["then"], sent["parent"]) == ("review", revision.content_hash)
    answer = client.post(path, sent, follow=True)
    assert "It waits for a second pair of eyes." in answer.content.decode()
    assert "Typed for an hour," in client.get(path).content.decode()


def test_rows_with_one_name_all_come_along() -> None:
    answer = Client().post("/cards/1/edit/", {"then": ["a", "b"], "empty": ""})
    page = answer.content.decode()
    for name in ("held-then", "held-empty"):
        assert f'name="{name}"' in page
    assert page.count('name="held-then"') == 2


def test_a_form_in_which_nothing_was_typed_is_refused_as_before() -> None:
    answer = Client().post("/cards/1/submit/")
    assert answer.status_code == 403
    assert "held-" not in answer.content.decode()


def test_passwords_are_not_held() -> None:
    answer = Client().post("/accounts/password/", {"old_password": "a secret of mine"})
    assert "a secret of mine" not in answer.content.decode()


def test_a_form_is_given_back_for_a_page_of_this_site_alone(make_user: MakeUser) -> None:
    make_user("marta", role="analyst")
    sent = {"username": "marta", "password": PASSWORD, "held-text": "x"}
    answer = Client().post(SIGN_IN, sent | {"next": "https://example.org/"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")


def test_whoever_may_not_is_told_so_and_not_asked_to_sign_in() -> None:
    answer = signed_in("rita", "reader").post("/cards/1/edit/", {"summary": "x"})
    assert answer.status_code == 403
    assert "held-" not in answer.content.decode()
