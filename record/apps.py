from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "record"

    def ready(self) -> None:
        from record.append_only import reinstall_triggers
        from record.database_roles import grant_after_migrate
        from record.verification import register_own_checks

        post_migrate.connect(reinstall_triggers, sender=self)
        post_migrate.connect(grant_after_migrate, sender=self)
        register_own_checks()
