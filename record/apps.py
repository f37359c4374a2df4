from django.apps import AppConfig
from django.db.models.signals import post_migrate

from record.append_only import reinstall_triggers


class RecordConfig(AppConfig):
    name = "record"

    def ready(self) -> None:
        post_migrate.connect(reinstall_triggers, sender=self)
