"""The life of the site on one machine, from the first process to the last."""

import os
import socket
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.utils import Error as DatabaseFailure

from config.migrations import missing_migrations
from config.up import demo
from config.up.broker import answers
from config.up.parts import broker_child, web_child, worker_child
from config.up.places import AlreadyRunning, Places
from config.up.signals import StopSignals
from config.up.supervisor import PartFailed, Supervisor
from config.up.web import PortTaken, address, is_ready, listening_socket, warm

BROKER_SECONDS = 10
READY_SECONDS = 60


def run(signals: StopSignals) -> int:
    """Serves until a signal or a failure; a failure is one plain message and a 1."""
    places = Places(settings.VAR_DIR)
    try:
        places.make()
        with places.claimed():
            serve(places, signals)
    except (AlreadyRunning, PortTaken, PartFailed, demo.DemoFailed) as error:
        say(str(error))
    except (OSError, DatabaseFailure) as error:
        say(f"Bellwether cannot go on: {str(error).strip()}")
    return 1


def say(line: str) -> None:
    print(line, flush=True)


def serve(places: Places, signals: StopSignals) -> None:
    """Runs the site until something ends it; leaves no process and no socket behind."""
    supervisor = Supervisor(say)
    with ExitStack() as stack:
        listener = stack.enter_context(listening_socket())
        path = stack.enter_context(places.socket())
        stack.callback(supervisor.stop, signals.is_hurried)
        stack.callback(signals.ignore_next)
        start_broker(supervisor, places, path)
        if missing_migrations():
            call_command("migrate", verbosity=0)
        supervisor.start(worker_child(places))
        supervisor.start(web_child(places, listener))
        open_doors(supervisor, places, listener)
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


def open_doors(supervisor: Supervisor, places: Places, listener: socket.socket) -> None:
    """Says where the site is, once its first page is warm, and how to sign in."""
    if demo.is_wanted():
        say("Loading the demonstration; only the first start does this.")
        demo.load(places)
    url = address(listener)
    links = demo.sign_in_links(url)
    connections.close_all()
    ready = partial(is_ready, url)
    supervisor.wait_for(ready, seconds=READY_SECONDS, what="an answer from /readyz")
    warm(url)
    card = {"url": f"{url}/", "pid": os.getpid(), "accounts": demo.passwords(places)}
    places.write_card(card)
    say("\n".join([f"ready {url}/", *links]))
