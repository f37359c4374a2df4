"""One person on one machine: what `make run` starts."""

from config.env import kept_secret
from config.logs import logging_to
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR

SECRET_KEY = kept_secret(VAR_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LOGGING = logging_to(VAR_DIR / "logs")

# Served from where they lie: a start does not wait for a copy of them.
WHITENOISE_USE_FINDERS = True
