from typing import Any

from django.db import migrations

DOMAINS = [
    ("ai", "AI", "A", "ai"),
    ("chips", "Chips", "C", "chips"),
    ("security", "Security", "S", "security"),
    ("quantum", "Quantum", "Q", "quantum"),
    ("energy", "Energy", "E", "energy"),
    ("biology", "Biology", "B", "biology"),
    ("mobility-and-space", "Mobility and space", "M", "mobility"),
    ("unsorted", "unsorted", "?", "plain"),
]


def add_domains(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("assessments", "Domain")
    rows = model.objects.using(schema_editor.connection.alias)
    for position, (slug, name, letter, tone) in enumerate(DOMAINS, start=1):
        rows.create(slug=slug, name=name, letter=letter, tone=tone, position=position)


def nothing(apps: Any, schema_editor: Any) -> None:
    """Going back drops the table."""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(add_domains, nothing)]
