"""How numbers are printed on pages."""

from datetime import date

from django import template

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
