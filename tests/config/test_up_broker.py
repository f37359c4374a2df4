from pathlib import Path

import pytest
from redis import Redis

from config.up import broker as brokers
from config.up.broker import answers, find_server
from config.up.places import Places
from tests.stack import PrivateBroker


def test_without_an_installed_server_the_packaged_one_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server().endswith("valkey-server")


def test_without_any_server_the_way_out_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(brokers.sys, "path", [str(tmp_path)])
    with pytest.raises(FileNotFoundError, match="set REDIS_URL"):
        find_server()


@pytest.mark.parametrize("server", ["installed", "packaged"])
def test_both_servers_answer_and_keep_what_they_hold(
    server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if server == "packaged":
        monkeypatch.setenv("PATH", str(tmp_path))
    private = PrivateBroker(Places(tmp_path / "var"))
    for _ in range(2):
        private.start()
        with Redis.from_url(private.url) as client:
            held = client.incr("starts")
        private.child.stop(lambda: False)
    assert held == 2
    assert not answers(private.url)


def test_files_that_no_server_can_read_are_given_up(tmp_path: Path) -> None:
    """They hold hints; a start must not depend on them."""
    private = PrivateBroker(Places(tmp_path / "var"))
    private.start()
    private.stop()
    for path in private.places.broker_data.rglob("*.rdb"):
        path.write_bytes(b"REDIS9999 of another age")
    for _ in range(2):
        private.child.start()
        assert private.child.process is not None
        assert private.child.process.wait() != 0
        private.child.bury()
    private.start()
    assert answers(private.url)
    private.stop()


def test_a_silent_address_is_no_answer(tmp_path: Path) -> None:
    assert not answers(f"unix://{tmp_path}/none.sock")
    assert not answers("redis://127.0.0.1:1/0")
