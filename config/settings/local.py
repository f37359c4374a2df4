"""One person on one machine."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "local"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
