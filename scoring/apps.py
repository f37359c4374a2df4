from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from scoring import receivers
        from scoring.services.computations import register_computations

        receivers.connect()
        register_computations()
