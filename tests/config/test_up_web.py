import socket

import pytest

from config.up.failures import PortTaken
from config.up.web import address, is_ready, listening_socket


def test_port_decides_where_the_site_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    monkeypatch.setenv("PORT", str(free))
    with listening_socket() as listener:
        assert address(listener) == f"http://127.0.0.1:{free}"


def test_a_taken_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(taken))
        with pytest.raises(PortTaken, match=f"Port {taken} cannot be used"):
            listening_socket()


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eighty", "8e3", "٨٠٠٠", "9" * 5000])
def test_what_is_no_port_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(PortTaken, match="from 1 to 65535"):
        listening_socket()


def test_without_port_a_free_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    with listening_socket() as first, listening_socket() as second:
        assert address(first) != address(second)


def test_a_site_that_does_not_answer_is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
    assert not is_ready(url)
