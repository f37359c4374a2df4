from typing import Any

from django.core.management.base import BaseCommand

from evidence.models import Item
from evidence.services import index_items


class Command(BaseCommand):
    help = "Reads every evidence item again for the search and for related reading."

    def handle(self, *args: Any, **options: Any) -> None:
        number = index_items(Item.objects.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{number} items can be found.")
