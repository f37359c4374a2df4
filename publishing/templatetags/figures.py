"""How numbers are printed on pages."""

from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publishing.fields import Field
from publishing.pages.published import day_words
from publishing.wording import share_of_draws

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """10,000 from 10000."""
    return f"{number:,}"


@register.filter
def in_100(share: float) -> str:
    """31 from 0.31, and "<1" or ">99" near the ends."""
    return share_of_draws(share)


@register.filter
def day(written: str) -> str:
    """31 December 2030 from 2030-12-31."""
    return day_words(date.fromisoformat(written))


# A table of many rows shows the same few signs again and again, so each is made once.


@register.simple_tag
@lru_cache(maxsize=64)
def level_dots(level: str, level_to: str = "") -> SafeString:
    return _component("level_dots", level=level, level_to=level_to)


@register.simple_tag
@lru_cache(maxsize=16)
def certainty_ring(certainty: str) -> SafeString:
    return _component("certainty", certainty=certainty)


@register.simple_tag
@lru_cache(maxsize=256)
def field_disc(field: Field) -> SafeString:
    return _component("field_disc", field=field)


def _component(name: str, **context: object) -> SafeString:
    return render_to_string(f"components/{name}.html", context)
