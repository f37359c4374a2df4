from django.apps import AppConfig
from django.conf import settings
from django.db.models import Model

from jobs.kinds import register_kind
from jobs.signals import job_ended
from tests.faultkinds.kinds import KINDS, note


class FaultKindsConfig(AppConfig):
    name = "tests.faultkinds"

    def ready(self) -> None:
        for kind in KINDS:
            register_kind(kind)
        job_ended.connect(note_the_end)


def note_the_end(*, job: Model, **_: object) -> None:
    note(settings.FAULT_DIARY, f"end {job.pk}")
