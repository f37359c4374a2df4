from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.services import create_user

PASSWORD = "four words in a row"

MakeUser = Callable[..., User]


@pytest.fixture
def make_user(db: None) -> MakeUser:
    def make(username: str = "marta", role: Role = Role.ANALYST) -> User:
        return create_user(username=username, role=role, password=PASSWORD)

    return make


@pytest.fixture
def admin(make_user: MakeUser) -> User:
    return make_user("root", Role.ADMIN)


@pytest.fixture
def admin_client(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client
