from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from scoring import receivers
        from scoring.services.attributions import register_attributions
        from scoring.services.links import register_links
        from scoring.services.registration import register_computations
        from scoring.services.sensitivities import register_sensitivities
        from scoring.verification import register_checks

        receivers.connect()
        register_computations()
        register_attributions()
        register_sensitivities()
        register_checks()
        register_links()
