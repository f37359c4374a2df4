from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class EvidenceConfig(AppConfig):
    name = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from evidence.searching import check_search, install_search

        post_migrate.connect(install_search, sender=self)
        register(check_search, Tags.database)
