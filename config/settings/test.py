"""The suite: everything in the process, nothing that waits."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "test"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
