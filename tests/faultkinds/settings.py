"""What a worker under test reads: the local settings, with a lease that tests can wait for."""

from config.env import env
from config.settings.local import *  # noqa: F403
from config.settings.local import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faultkinds"]
FAULT_DIARY = env.str("FAULT_DIARY")
JOB_LEASE_SECONDS = env.float("FAULT_LEASE_SECONDS")
# Five seconds at the real lease of thirty.
CELERY_BEAT_SCHEDULE["jobs.sweep"]["schedule"] = JOB_LEASE_SECONDS / 6
CELERY_BEAT_SCHEDULE["jobs.sweep"]["options"]["expires"] = JOB_LEASE_SECONDS / 6
