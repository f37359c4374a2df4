from django import template

from publishing.markdown import rendered

register = template.Library()
register.filter("markdown", rendered)
