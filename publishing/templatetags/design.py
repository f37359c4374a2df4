"""Specimens of components, each rendered from its own template."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def specimen(name: str, context: Mapping[str, Any]) -> SafeString:
    return render_to_string(name, dict(context))
