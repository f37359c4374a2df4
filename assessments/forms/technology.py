"""A technology's facts, and the links that leave it."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import formset_factory
from django.http import QueryDict
from django.utils.text import slugify

from assessments.forms.clean import CleanLine, CleanPassage
from assessments.forms.rows import WholeRows
from assessments.forms.typed import TypedText
from assessments.models import Domain, Link, Technology
from assessments.services.technologies import RESERVED, UNSORTED, Facts
from assessments.values import limits
from intake.errors import IntakeError
from intake.numbers import whole_or_zero
from intake.text import clean_name

# Words that stand where the address of a technology would.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SlugLine(CleanLine):
    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return check_slug(text) if text else ""


class TechnologyForm(forms.Form):
    name = CleanLine(
        "Name", limit=limits.NAME, error_messages={"required": "Needed: the name of it."}
    )
    slug = SlugLine(
        "Address",
        limit=limits.SLUG,
        required=False,
        help_text="Small letters, digits and hyphens. Empty makes it from the name. It stays.",
    )
    domains = forms.MultipleChoiceField(
        label="Fields",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None leaves it unsorted.",
        error_messages={"invalid_choice": "Choose fields out of the list below."},
    )
    aliases = CleanPassage(
        "Other names",
        limit=limits.NAME * limits.ITEMS,
        required=False,
        help_text="One a line.",
    )
    variant_of = forms.ChoiceField(
        label="It is a variant of",
        required=False,
        error_messages={"invalid_choice": "Choose a technology out of the list."},
    )
    version = TypedText("Version", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, technology: Technology | None = None) -> None:
        super().__init__(data, initial=_facts(technology) if technology else None)
        self.technology = technology
        self.fields["domains"].choices = _domain_choices()  # type: ignore[attr-defined]
        rows = [("", "none"), *_others(technology)]
        self.fields["variant_of"].choices = rows  # type: ignore[attr-defined]
        if technology:
            del self.fields["slug"]

    def clean_aliases(self) -> tuple[str, ...]:
        lines = [line for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        if len(lines) > limits.ITEMS:
            raise ValidationError(f"At most {limits.ITEMS} other names are kept. Shorten the list.")
        try:
            names = [clean_name(line, field="The other name") for line in lines]
        except IntakeError as error:
            raise ValidationError(error.message) from error
        seen: set[str] = set()
        for name in names:
            if name.casefold() in seen:
                raise ValidationError(f"“{name}” is listed twice; keep one of them.")
            seen.add(name.casefold())
        return tuple(names)

    def clean(self) -> None:
        if "name" in self.cleaned_data and "slug" in self.fields and "slug" not in self.errors:
            self.cleaned_data["slug"] = self.cleaned_data["slug"] or self._suggested()

    def _suggested(self) -> str:
        slug = slugify(self.cleaned_data["name"])[: limits.SLUG].strip("-_").replace("_", "-")
        try:
            return check_slug(slug)
        except ValidationError:
            self.add_error(
                "slug",
                "No address can be made from this name. Write one in small letters a to z,"
                " digits and hyphens.",
            )
            return ""

    def facts(self) -> Facts:
        typed = self.cleaned_data
        return Facts(
            slug=self.technology.slug if self.technology else typed["slug"],
            name=typed["name"],
            aliases=typed["aliases"],
            domains=tuple(typed["domains"]),
            variant_of=typed["variant_of"] or None,
        )

    def version_read(self) -> int:
        """The version that the facts had when the page was opened; 0 when none was sent."""
        return whole_or_zero(self.cleaned_data["version"])


def check_slug(text: str) -> str:
    if text in RESERVED:
        raise ValidationError(f"The address “{text}” is a page of this site. Choose another.")
    if not _SLUG.fullmatch(text):
        raise ValidationError(
            "The address must be small letters a to z, digits and single hyphens between them."
        )
    return text


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label="It",
        required=False,
        error_messages={"invalid_choice": "Choose a kind out of the list."},
    )
    to = forms.ChoiceField(
        label="Which",
        required=False,
        error_messages={"invalid_choice": "Choose a technology out of the list."},
    )
    note = CleanLine("Note", limit=400, required=False, help_text="How, in a few words.")

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [kind for kind in Link.Kind.values if kind != Link.Kind.VARIANT_OF]
        choices = [("", "no link"), *((kind, kind) for kind in kinds)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", "choose"), *targets]  # type: ignore[attr-defined]

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("kind") and "to" in typed and not typed["to"]:
            self.add_error("to", "Needed: the technology that the link leads to.")
        if (typed.get("to") or typed.get("note")) and "kind" in typed and not typed["kind"]:
            self.add_error("kind", "Needed: the kind of the link. Empty the row to take it out.")


class LinkSet(WholeRows):
    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            typed = form.cleaned_data if not form.errors else {}
            place = typed.get("kind"), typed.get("to")
            if all(place) and place in seen:
                form.add_error("to", "This link is listed twice; empty one of the rows.")
            seen.add(place)

    def links(self, technology: Technology) -> list[Link]:
        typed = [form.cleaned_data for form in self.forms if form.cleaned_data.get("kind")]
        targets = Technology.objects.in_bulk([row["to"] for row in typed], field_name="slug")
        return [
            Link(source=technology, target=targets[row["to"]], kind=row["kind"], note=row["note"])
            for row in typed
        ]


_LinkSet = formset_factory(
    LinkForm, formset=LinkSet, extra=2, max_num=limits.ITEMS, absolute_max=limits.ITEMS + 10
)


def link_set(technology: Technology, data: QueryDict | None = None) -> LinkSet:
    """The links that leave the technology, apart from "variant of"."""
    initial = [
        {"kind": row.kind, "to": row.target.slug, "note": row.note} for row in link_rows(technology)
    ]
    made = _LinkSet(
        data,
        prefix="links",
        initial=None if data is not None else initial,
        form_kwargs={"targets": _others(technology)},
    )
    return cast("LinkSet", made)


def link_rows(technology: Technology) -> QuerySet[Link]:
    """The links that its form edits."""
    kept = technology.links_out.exclude(kind=Link.Kind.VARIANT_OF)
    rows: QuerySet[Link] = kept.select_related("target")
    return rows


def _others(technology: Technology | None) -> list[tuple[str, str]]:
    rows = Technology.objects.all()
    if technology is not None:
        rows = rows.exclude(pk=technology.pk)
    return list(rows.values_list("slug", "name"))


def _domain_choices() -> list[tuple[str, str]]:
    names = Domain.objects.exclude(name=UNSORTED).values_list("name", flat=True)
    return [(name, name) for name in names]


def _facts(technology: Technology) -> dict[str, Any]:
    variant = technology.links_out.filter(kind=Link.Kind.VARIANT_OF).first()
    return {
        "name": technology.name,
        "domains": [domain.name for domain in technology.domains.all()],
        "aliases": "\n".join(alias.name for alias in technology.aliases.all()),
        "variant_of": variant.target.slug if variant else "",
        "version": technology.version,
    }
