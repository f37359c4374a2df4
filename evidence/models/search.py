"""What an item is found by. Derived from the item in the transaction that writes it, and mutable
like it: `rebuild_evidence_search` makes all of it anew."""

from django.db import models
from django.db.models import Q

from evidence.models.item import Item
from evidence.values import item as values


class ItemWords(models.Model):
    """The words of an item, folded, by how much they weigh. The database keeps its index of full
    text in step with these rows by itself."""

    item = models.OneToOneField(
        Item, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    title = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    parts = models.TextField(blank=True)
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class ItemMark(models.Model):
    """Something that an item may share with others: an author, an address, words it quotes."""

    class Kind(models.TextChoices):
        AUTHOR = "author"
        ADDRESS = "address"
        VIA = "via"
        QUOTE = "quote"
        SOURCE = "source"
        WORD = "word"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="marks", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=values.NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "value"], name="item_mark_once"),
            models.CheckConstraint(condition=~Q(value=""), name="item_mark_says_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["author", "address", "via", "quote", "source", "word"]),
                name="item_mark_kind_known",
            ),
        ]
        indexes = [models.Index(fields=["kind", "value", "item"], name="item_by_mark")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
