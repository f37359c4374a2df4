import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from config.up.failures import AlreadyRunning
from config.up.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "var")
    made.make()
    return made


def test_the_folder_is_its_owners_alone(places: Places) -> None:
    for folder in (places.root, places.run, places.logs, places.broker_data):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_start_is_told_where_the_first_one_is(places: Places) -> None:
    with places.claimed():
        places.write_card({"url": "http://127.0.0.1:8123/"})
        with pytest.raises(AlreadyRunning, match=rf"127.0.0.1:8123/, process {os.getpid()}"):
            places.claimed().__enter__()


def test_a_claim_leaves_nothing_behind(places: Places) -> None:
    with places.claimed():
        places.write_card({"url": "x"})
        places.broker_note.write_text("unix:///x")
        (places.run / "worker.alive").touch()
    assert not places.card.exists()
    assert list(places.run.iterdir()) == []


def test_a_claim_of_a_killed_process_counts_no_more(places: Places) -> None:
    places.write_card({"url": "of the one that was killed"})
    program = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from config.up.places import Places\n"
        f"with Places(Path({str(places.root)!r})).claimed():\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert places.pid_file.exists()
    with places.claimed():
        assert places.pid_file.read_text() == str(os.getpid())
        assert not places.card.exists()


def test_passwords_are_written_for_the_owner_alone(places: Places) -> None:
    for url in ("first", "second"):
        places.write_card({"url": url, "accounts": []})
        assert places.card.stat().st_mode & 0o777 == 0o600
        assert json.loads(places.card.read_text())["url"] == url


def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    with Places(tmp_path / ("deep" * 40)).socket() as path:
        assert len(os.fsencode(path)) < 100
        assert path.parent.is_dir()
    assert not path.parent.exists()


def test_a_socket_is_removed_even_when_the_site_fails(places: Places) -> None:
    with suppress(ZeroDivisionError), places.socket() as path:
        path.touch()
        _ = 1 / 0
    assert not path.exists()
