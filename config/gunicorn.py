"""How gunicorn serves the site; `-c python:config.gunicorn` reads the names below."""

from typing import Any

from django.conf import settings

from config.env import env
from config.parent import die_with_parent
from config.up.gate import wait_at_gate

wsgi_app = "config.wsgi:application"
# Loading the site before the fork starts it once instead of once a worker.
preload_app = True
worker_class = "config.web_worker.WebWorker"
# The longest address it reads: filters over many technologies stand in one.
limit_request_line = 8190
workers = env.int("WEB_CONCURRENCY", default=2)
threads = env.int("WEB_THREADS", default=4)
# A worker is replaced before a slow leak of memory is felt, and not all of them at once.
max_requests = 5000
max_requests_jitter = 1000
graceful_timeout = 5
timeout = 60
keepalive = 5
control_socket_disable = True
logconfig_dict: dict[str, Any] = settings.LOGGING


def on_starting(server: Any) -> None:
    """The site is loaded here, and its workers are not yet forked."""
    wait_at_gate()


def post_fork(server: Any, worker: Any) -> None:
    die_with_parent(server.pid)
