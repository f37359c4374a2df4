"""Entries of the map: mutable, with a version, and every change in the change log."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from assessments.querysets import TechnologyQuerySet
from record import append_only
from record.clock import now


class Domain(models.Model):
    """A field of technology, at most one level below another."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    letter = models.CharField(max_length=2)
    tone = models.CharField(max_length=20, default="plain")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="domain_name_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="domain_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Technology(models.Model):
    """The slug is permanent: it keys addresses, exports and random streams."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    domains = models.ManyToManyField(Domain, related_name="technologies")
    is_yardstick = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = TechnologyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name_plural = "technologies"
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="technology_has_slug"),
            models.CheckConstraint(condition=~Q(name=""), name="technology_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    technology = models.ForeignKey(Technology, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint("technology", Lower("name"), name="alias_once"),
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    class Kind(models.TextChoices):
        VARIANT_OF = "variant of"
        COMPETES_WITH = "competes with"
        ACCELERATES = "accelerates"
        REQUIRES = "requires"

    source = models.ForeignKey(Technology, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Technology, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["kind", "target__name"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(kind="variant of"), name="one_variant_of"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_to_another"),
            models.CheckConstraint(
                condition=Q(kind__in=["variant of", "competes with", "accelerates", "requires"]),
                name="link_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.target}"


@append_only.register
class Opening(models.Model):
    """The record that a technology's market is open; two people stand behind it."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed again"

    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="openings")
    status = models.CharField(max_length=20, choices=Status)
    year = models.PositiveSmallIntegerField()
    evidence = models.TextField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recorded_by=F("confirmed_by")), name="opening_has_two_people"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "closed again"]), name="opening_status_known"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1800, year__lte=2200), name="opening_year_plausible"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="opening_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.technology}: {self.status} {self.year}"
