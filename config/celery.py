"""The Celery application: it spreads work over workers, the ledger in jobs/ keeps it safe."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import beat_embedded_init, setup_logging, worker_process_init

from config.acks import stay_attentive
from config.alive import EVERY_SECONDS, show_life
from config.parent import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

stay_attentive()

app = Celery("bellwether")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class ShowLife(bootsteps.StartStopStep):
    """The loop that fetches messages also touches a file, as long as it turns."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker: Any) -> None:
        show_life("worker")
        worker.timer.call_repeatedly(EVERY_SECONDS, show_life, ("worker",))


app.steps["worker"].add(ShowLife)


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """A connected receiver is all it takes: Celery then leaves Django's logging alone."""


@worker_process_init.connect
@beat_embedded_init.connect
def end_with_the_worker(**_: Any) -> None:
    """A killed worker leaves no pool child or clock behind."""
    die_with_parent()
