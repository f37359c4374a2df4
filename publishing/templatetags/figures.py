"""How numbers are printed on pages."""

from django import template

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """10,000 from 10000."""
    return f"{number:,}"
