from record.models import Change


def last_public_change() -> Change | None:
    return Change.objects.filter(is_public=True).order_by("-seq").first()
