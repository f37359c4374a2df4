"""A person's names, planted as words that stand nowhere else, and what is left of them."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models

from accounts.models import ApiToken, Invitation, User
from accounts.services import check_sign_in, create_token, reactivate_user
from accounts.services.forgetting import PSEUDONYM
from assessments.exports import cards_file
from assessments.models import Buffer, Card
from assessments.services.drafting import keep_buffer
from record.append_only import registered_models
from record.errors import DomainError
from record.models import Change
from record.verification import verify
from tests.databases import OpenDatabase
from tests.trust.conftest import visitor
from tests.trust.crawl import addresses
from tests.trust.planting import PASSWORD, plant
from tests.trust.words import Words

WORDS = Words()
USERNAME, SHOWN = WORDS.at("username"), WORDS.at("display name")
EMAIL = f"{WORDS.at('e-mail')}@example.org"
READERS = ("", "otto", "root")
KEPT = [model for model in registered_models() if model is not Change]


@pytest.fixture(scope="module", autouse=True)
def anna(open_database: OpenDatabase) -> Iterator[User]:
    with open_database("forgetting"):
        plant()
        person = User.objects.get(username="anna")
        User.objects.filter(pk=person.pk).update(
            username=USERNAME, display_name=SHOWN, email=EMAIL, role="admin"
        )
        visitor(USERNAME).get("/")
        create_token(user=person, name=WORDS.at("a token"), scopes=["read:public"], days=5)
        keep_buffer(card=Card.objects.all()[0], user=person, parent_hash="", fields={"text": "x"})
        Invitation.objects.create(
            token_hash="1" * 64,
            username=WORDS.at("an older name"),
            email=EMAIL.upper(),
            role="analyst",
            expires_at=person.date_joined,
        )
        with pytest.raises(DomainError):
            check_sign_in(username=USERNAME, password="not this one", address="192.0.2.1")
        yield person


def told(*words: str) -> str:
    output = io.StringIO()
    call_command(*words, stdout=output)
    return output.getvalue()


def everything() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        rows: list[Any] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows += cursor.fetchall()
    return "\n".join(map(str, rows))


def kept_rows() -> dict[str, list[tuple[Any, ...]]]:
    return {
        model.__name__: [
            tuple(bytes(part) if isinstance(part, memoryview) else part for part in row)
            for row in models.QuerySet(model).order_by("pk").values_list()
        ]
        for model in KEPT
    }


def pages() -> dict[str, str]:
    """What each kind of visitor is answered at each address of the site."""
    found = {}
    for name in READERS:
        client = visitor(name)
        for address in addresses():
            response = client.get(address)
            found[f"{name} {address}"] = f"{response.headers} {response.getvalue().decode()}"
    return found


def places(texts: dict[str, str]) -> list[str]:
    return [where for where, text in texts.items() if WORDS.found_in(text)]


def test_nothing_says_the_names_any_more(
    anna: User, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    texts = pages()
    assert any(where.startswith(" /technologies/alpha") for where in places(texts))
    assert USERNAME in cards_file()
    rows = kept_rows()
    assert WORDS.found_in(everything()) > {"username", "display name", "e-mail"}
    caplog.clear()

    output = told("forget_person", USERNAME)

    pseudonym = f"{PSEUDONYM}-{anna.pk}"
    assert output == f"This person is {pseudonym} from now on.\n"
    assert WORDS.found_in(everything()) == set()
    texts = pages()
    assert places(texts) == []
    assert pseudonym in texts[" /technologies/alpha/"]
    assert pseudonym in cards_file()
    assert WORDS.found_in(caplog.text) == set()
    told("backup", str(tmp_path / "later.zip"))
    assert WORDS.found_in((tmp_path / "later.zip").read_bytes().decode("latin-1")) == set()
    assert kept_rows() == rows
    assert [finding.kind for finding in verify() if finding.broken] == []


def forget(person: User) -> str:
    """Forgets the person by the name of this moment, be it the first time or not."""
    person.refresh_from_db()
    output = told("forget_person", str(person.username))
    person.refresh_from_db()
    return output


def test_nothing_of_theirs_opens_a_door(anna: User) -> None:
    forget(anna)
    assert not anna.is_active
    assert not anna.has_usable_password()
    assert (anna.email, anna.display_name, anna.role, anna.last_login) == ("", "", "reader", None)
    assert not ApiToken.objects.filter(user=anna).exists()
    assert not Buffer.objects.filter(user=anna).exists()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert str(anna.pk) not in [session.get("_auth_user_id") for session in sessions]
    with pytest.raises(DomainError, match="forgotten for good"):
        reactivate_user(user=anna, by=User.objects.get(username="root"))
    with pytest.raises(DomainError, match="No account"):
        check_sign_in(username=anna.username, password=PASSWORD, address="192.0.2.2")


def test_forgetting_again_changes_nothing(anna: User) -> None:
    forget(anna)
    before = everything()
    assert forget(anna).startswith(f"This person is {PSEUDONYM}-{anna.pk}")
    assert everything() == before
    change = Change.objects.get(kind="person.forgotten")
    assert (change.subject_kind, change.subject_key, change.is_public) == (
        "person",
        str(anna.pk),
        False,
    )
    assert change.after == {"role": "reader", "is_active": False}


def test_who_is_not_there_is_not_forgotten() -> None:
    before = everything()
    with pytest.raises(CommandError, match="Nobody has this username"):
        told("forget_person", "nobody")
    assert everything() == before


def test_the_last_administrator_stays(anna: User) -> None:
    User.objects.exclude(username="root").filter(role="admin").update(role="editor")
    before = json.dumps(list(User.objects.values()), default=str)
    with pytest.raises(CommandError, match="the last administrator"):
        told("forget_person", "root")
    assert json.dumps(list(User.objects.values()), default=str) == before


def test_texts_that_say_a_name_are_listed() -> None:
    output = told("forget_person", "ben")
    assert "texts still say one of the names" not in output
    User.objects.filter(username="otto").update(display_name="alpha")
    output = told("forget_person", "otto")
    assert "texts still say one of the names; read them" in output
    assert "assessments_revision " in output
