"""Writes on technologies: facts, links, openings. Each ends in the change log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from accounts.models import User
from assessments.models import Alias, Domain, Link, Opening, Technology
from record.canonical import digest
from record.errors import Conflict, DomainError
from record.services import log_change

UNSORTED = "unsorted"
RESERVED = frozenset({"new", "import"})
_PLAIN = re.compile(r"[a-z0-9]+( [a-z0-9]+)*")


@dataclass(frozen=True)
class Facts:
    """What is known of a technology apart from any card."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    variant_of: str | None = None


def facts_of(technology: Technology) -> dict[str, object]:
    """The technology as the contract's card prints it."""
    variant = technology.links_out.filter(kind=Link.Kind.VARIANT_OF).first()
    return {
        "slug": technology.slug,
        "name": technology.name,
        "aliases": [alias.name for alias in technology.aliases.all()],
        "domains": sorted(domain.name for domain in technology.domains.all()),
        "variant_of": variant.target.slug if variant else None,
    }


def domain_named(*, name: str) -> Domain:
    """The domain of that name, made when it is new."""
    slug = domain_slug(name)
    found = Domain.objects.filter(slug=slug).first()
    if found:
        return found
    try:
        with transaction.atomic():
            # Some small letters have two or three capitals; the disc on the map holds one.
            return Domain.objects.create(name=name, slug=slug, letter=name.upper()[:1])
    except IntegrityError as error:
        raise DomainError(
            f"The domain “{name}” is spelt almost like one that is there already. Use that one,"
            " or another name.",
            field="domains",
        ) from error


def domain_slug(name: str) -> str:
    """The same for names that differ in case alone, and another for any other name.

    It follows from the name and from nothing else, so that what is published does not tell
    which other domains there are.
    """
    folded = name.casefold()
    if _PLAIN.fullmatch(folded):
        return folded.replace(" ", "-")
    return f"{slugify(folded)[:60]}_{digest(folded)[:10]}"


@transaction.atomic
def create_technology(
    *, facts: Facts, by: User, is_demonstration: bool = False, is_yardstick: bool = False
) -> Technology:
    if facts.slug in RESERVED:
        raise DomainError(
            f"The address “{facts.slug}” belongs to a page of the site. Choose another.",
            field="slug",
        )
    try:
        with transaction.atomic():
            technology = Technology.objects.create(
                slug=facts.slug,
                name=facts.name,
                created_by=by,
                is_demonstration=is_demonstration,
                is_yardstick=is_yardstick,
            )
    except IntegrityError as error:
        raise DomainError(
            f"A technology with the address “{facts.slug}” exists already. Open that one,"
            " or choose another address.",
            field="slug",
        ) from error
    _write_facts(technology, facts)
    log_change(
        kind="technology.created",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
        after=facts_of(technology),
    )
    return technology


@transaction.atomic
def edit_technology(*, technology: Technology, facts: Facts, version: int, by: User) -> Technology:
    """The facts are replaced, unless somebody changed them since `version` was read."""
    before = facts_of(technology)
    moved = Technology.objects.filter(pk=technology.pk, version=version).update(
        name=facts.name, version=F("version") + 1
    )
    if not moved:
        raise Conflict(
            f"{technology.name} was changed by somebody else while you edited it."
            " Reload the page to see the newer facts, then make your change again."
        )
    technology.refresh_from_db()
    _write_facts(technology, facts)
    log_change(
        kind="technology.edited",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
        before=before,
        after=facts_of(technology),
    )
    return technology


def _write_facts(technology: Technology, facts: Facts) -> None:
    technology.domains.set([domain_named(name=name) for name in facts.domains or (UNSORTED,)])
    technology.aliases.all().delete()
    _write_aliases(technology, facts.aliases)
    technology.links_out.filter(kind=Link.Kind.VARIANT_OF).delete()
    if facts.variant_of:
        Link.objects.create(
            source=technology,
            target=_other(technology, facts.variant_of),
            kind=Link.Kind.VARIANT_OF,
        )


def _write_aliases(technology: Technology, names: Sequence[str]) -> None:
    try:
        with transaction.atomic():
            Alias.objects.bulk_create(
                Alias(technology=technology, name=name) for name in dict.fromkeys(names)
            )
    except IntegrityError as error:
        raise DomainError(
            "Two aliases differ in capitals alone. Keep one of them.", field="aliases"
        ) from error


def _other(technology: Technology, slug: str) -> Technology:
    other: Technology | None = Technology.objects.filter(slug=slug).first()
    if other is None or other == technology:
        raise DomainError(
            f"“{slug}” cannot be what {technology.name} is a variant of:"
            " name another technology by its address.",
            field="variant_of",
        )
    return other


@transaction.atomic
def set_links(*, technology: Technology, links: Sequence[Link], version: int, by: User) -> None:
    """The links that leave the technology, apart from “variant of”, become these."""
    kept = technology.links_out.exclude(kind=Link.Kind.VARIANT_OF)
    before = [f"{link.kind} {link.target.slug}" for link in kept.select_related("target")]
    moved = Technology.objects.filter(pk=technology.pk, version=version).update(
        version=F("version") + 1
    )
    if not moved:
        raise Conflict(
            f"{technology.name} was changed by somebody else while you edited its links."
            " Reload the page, then make your change again."
        )
    kept.delete()
    Link.objects.bulk_create(links)
    log_change(
        kind="technology.linked",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
        before=before,
        after=[f"{link.kind} {link.target.slug}" for link in links],
    )


@transaction.atomic
def record_opening(
    *, technology: Technology, year: int, evidence: str, by: User, confirmed_by: User
) -> Opening:
    if by == confirmed_by:
        raise DomainError(
            "An opening needs two people: somebody else has to confirm it.", field="confirmed_by"
        )
    opening = Opening.objects.create(
        technology=technology,
        status=Opening.Status.OPEN,
        year=year,
        evidence=evidence,
        recorded_by=by,
        confirmed_by=confirmed_by,
    )
    log_change(
        kind="technology.opened",
        subject_kind="technology",
        subject_key=technology.slug,
        actor_id=by.pk,
        after={"open_since": year},
        reason=evidence,
    )
    return opening
