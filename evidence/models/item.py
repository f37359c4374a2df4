"""Evidence items are mutable, with a version; what is taken out of one stands in its passages."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.querysets import ItemQuerySet
from evidence.values import item as values
from record.clock import now


class Item(models.Model):
    """One thing that somebody wrote, said or measured. The key is permanent; `reference` is how
    an import knows it again."""

    class Kind(models.TextChoices):
        LINK = "link"
        QUOTATION = "quotation"
        NOTE = "note"
        DIGEST = "digest"
        PAPER = "paper"
        NEWS = "news"
        INTERVIEW = "interview"
        COMMENT = "reader comment"
        DATASET = "dataset"

    class State(models.TextChoices):
        INBOX = "inbox"
        KEPT = "kept"
        RETRACTED = "retracted"

    key = models.SlugField(max_length=80, unique=True)
    reference = models.CharField(max_length=values.REFERENCE, unique=True, null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.INBOX)
    title = models.CharField(max_length=values.TITLE, blank=True)
    url = models.CharField(max_length=values.ADDRESS, blank=True)
    authors = models.JSONField(default=list, blank=True)
    publisher = models.CharField(max_length=values.NAME, blank=True)
    published = models.CharField(max_length=10, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    via = models.CharField(max_length=values.NAME, blank=True)
    via_url = models.CharField(max_length=values.ADDRESS, blank=True)
    licence = models.CharField(max_length=values.NAME, blank=True)
    notes = models.TextField(blank=True)
    text = models.TextField(blank=True)
    retracted_reason = models.TextField(blank=True)
    retracted_on = models.DateField(null=True, blank=True)
    tags: "models.ManyToManyField[Tag, ItemTag]" = models.ManyToManyField(
        "Tag", through="ItemTag", related_name="items"
    )
    version = models.PositiveIntegerField(default=1)
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=now, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="item_by_state"),
            models.Index(fields=["url"], name="item_by_url"),
            # Narrow, so that the library is counted without reading its texts.
            models.Index(
                fields=["state", "kind", "publisher", "published", "changed_at"],
                name="item_facets",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="item_has_key"),
            models.CheckConstraint(condition=Q(kind__in=values.KINDS), name="item_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["inbox", "kept", "retracted"]), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(url="") | ~Q(text=""), name="item_holds_something"
            ),
            models.CheckConstraint(
                condition=Q(state="inbox") | ~Q(title=""), name="item_kept_has_title"
            ),
            models.CheckConstraint(
                condition=Q(state="retracted", retracted_on__isnull=False) & ~Q(retracted_reason="")
                | ~Q(state="retracted") & Q(retracted_on=None, retracted_reason=""),
                name="item_retracted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its title; until it has one, the first words of what it holds."""
        return values.name_of(self.title, self.text, self.url)


class Passage(models.Model):
    """A part of an item in its order: a quotation, a bullet of a digest, a statement."""

    class Kind(models.TextChoices):
        QUOTATION = "quotation"
        POINT = "point"
        OBSERVATION = "observation"
        OPINION = "opinion"
        FORECAST = "forecast"
        FOOTNOTE = "footnote"

    class Anchor(models.TextChoices):
        ANCHORED = "anchored"
        LOST = "lost"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    heading = models.CharField(max_length=values.HEADING, blank=True)
    mark = models.CharField(max_length=values.MARK, blank=True)
    text = models.TextField()
    comment = models.TextField(blank=True)
    source = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="quoted_by"
    )
    exact = models.TextField(blank=True)
    prefix = models.CharField(max_length=values.CONTEXT, blank=True)
    suffix = models.CharField(max_length=values.CONTEXT, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    anchor = models.CharField(max_length=10, choices=Anchor, blank=True)

    class Meta:
        ordering = ["item", "position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="passage_position_once"),
            models.CheckConstraint(
                condition=Q(kind__in=values.PASSAGE_KINDS), name="passage_kind_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="passage_has_text"),
            models.CheckConstraint(
                condition=Q(anchor="", exact="", start=None)
                | Q(anchor="lost", start=None) & ~Q(exact="")
                | Q(anchor="anchored", start__isnull=False) & ~Q(exact=""),
                name="passage_anchor_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Tag(models.Model):
    """A word that items share; its older names lead to it."""

    name = models.CharField(max_length=values.TAG)
    slug = models.CharField(max_length=values.TAG_SLUG, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="tag_has_name")]

    def __str__(self) -> str:
        return self.name


class TagName(models.Model):
    """A name that a tag had, or that was merged into it."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=values.TAG)
    slug = models.CharField(max_length=values.TAG_SLUG, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ItemTag(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "tag"], name="item_tag_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.tag}"
