"""A team: PostgreSQL, Redis and a proxy that ends TLS in front of gunicorn."""

from django.core.exceptions import ImproperlyConfigured

from config.env import env, required, strong_secret
from config.logs import logging_to
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, BELLWETHER_TODAY, DATABASES

if BELLWETHER_TODAY:
    raise ImproperlyConfigured("BELLWETHER_TODAY moves the date of every record; unset it here.")

required("DATABASE_URL")
required("REDIS_URL")
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("A team needs PostgreSQL; begin DATABASE_URL with postgres://.")
DEMO = False
SECRET_KEY = strong_secret()
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# The proxy sends plain HTTP visitors on; from here a redirect could only go round in a circle.
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]
if env.bool("TRUST_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logging_to(None)
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
