"""Tags of the frame around every page."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context: dict[str, Any], url_name: str, words: str, extra: str = "") -> SafeString:
    """A link of the main navigation that knows whether it is the page on show."""
    try:
        url = reverse(url_name)
    except NoReverseMatch:  # An installation without that page has no link to it.
        return SafeString("")
    current = _current(getattr(context.get("request"), "path", ""), url)
    return format_html(
        '<a class="nav-link {}" href="{}"{}>{}</a>', extra, url, SafeString(current), words
    )


def _current(path: str, url: str) -> str:
    if path == url:
        return ' aria-current="page"'
    if url != "/" and path.startswith(url):
        return ' aria-current="true"'
    return ""
