"""Markdown that people typed, as HTML that can do nothing but be read."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong"}
TAGS |= {"ul"}
HEADINGS = {"h1": "h3", "h2": "h3"}

# Raw HTML is printed as text; pictures would be requests to other hosts.
_reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image"])


def rendered(text: str) -> SafeString:
    """Headings begin below those of the page; links lead away without a referrer."""
    tokens = [_lowered(token) for token in _reader.parse(text)]
    html = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned to the tags above


def _lowered(token: Token) -> Token:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = HEADINGS.get(token.tag, "h4")
    return token
