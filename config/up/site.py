"""The life of the site on one machine, from the first process to the last."""

import os
import socket
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path

import django
from django.db.utils import Error as DatabaseFailure

from config.env import var_dir
from config.up.broker import answers
from config.up.failures import CannotRun
from config.up.gate import Gate
from config.up.parts import broker_child, web_child, worker_child
from config.up.places import Places
from config.up.signals import StopSignals
from config.up.supervisor import Supervisor
from config.up.web import address, is_ready, listening_socket, warm

BROKER_SECONDS = 10
READY_SECONDS = 60


def run(signals: StopSignals) -> int:
    """Serves until a signal or a failure; a failure is one plain message and a 1."""
    places = Places(var_dir())
    try:
        places.make()
        with places.claimed():
            serve(places, signals)
    except CannotRun as error:
        say(str(error))
    except (OSError, DatabaseFailure) as error:
        say(f"Bellwether cannot go on: {str(error).strip()}\nThe logs are in {places.logs}.")
    return 1


def say(line: str) -> None:
    print(line, flush=True)


def serve(places: Places, signals: StopSignals) -> None:
    """Runs the site until something ends it; leaves no process and no socket behind."""
    supervisor = Supervisor(say)
    with ExitStack() as stack:
        listener = stack.enter_context(listening_socket())
        path = stack.enter_context(places.socket())
        gate = stack.enter_context(Gate())
        stack.callback(supervisor.stop, signals.is_hurried)
        stack.callback(signals.ignore_next)
        start_broker(supervisor, places, path)
        supervisor.start(web_child(places, listener, gate))
        open_doors(supervisor, places, listener, gate)
        supervisor.watch()


def start_broker(supervisor: Supervisor, places: Places, path: Path) -> None:
    """A broker answers at REDIS_URL, which all that starts from here on inherits."""
    if os.environ.get("REDIS_URL"):
        if not answers(os.environ["REDIS_URL"], timeout_seconds=5):
            raise ConnectionError("the broker that REDIS_URL names does not answer. Start it.")
        return
    url = os.environ["REDIS_URL"] = f"unix://{path}"
    places.broker_note.write_text(url, "utf-8")
    supervisor.start(broker_child(places, path))
    supervisor.wait_for(partial(answers, url), seconds=BROKER_SECONDS, what="the broker's start")


def open_doors(supervisor: Supervisor, places: Places, listener: socket.socket, gate: Gate) -> None:
    """Says where the site is, once its first page is warm, and how to sign in."""
    url = address(listener)
    django.setup()
    # It reads models, which can be imported only from here on.
    preparation = import_module("config.up.preparation")
    preparation.migrate()
    gate.open()
    supervisor.start(worker_child(places))
    if preparation.wants_demo():
        say("Loading the demonstration; only the first start does this.")
        preparation.load_demo(places.demo_accounts)
    links = preparation.sign_in_links(url)
    supervisor.wait_for(partial(is_ready, url), seconds=READY_SECONDS, what="a ready site")
    warm(url)
    accounts = preparation.passwords(places.demo_accounts)
    places.write_card({"url": f"{url}/", "pid": os.getpid(), "accounts": accounts})
    say("\n".join([f"ready {url}/", *links]))
