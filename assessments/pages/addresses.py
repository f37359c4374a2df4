from django.urls import reverse


def address_of(key: str) -> str:
    """Where a prediction is shown."""
    return f"{reverse('publishing:prediction-list')}{key}/"
