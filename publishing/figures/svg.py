"""Elements of a drawing as escaped strings: classes and presentation attributes only."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

NOTHING = SafeString("")


def joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(map(_escaped, parts)))


def tag(name: str, content: str = NOTHING, /, **attributes: object) -> SafeString:
    """One element; `class_` is class, an underscore is a hyphen, None leaves an attribute out."""
    # A page holds thousands of these: written out by hand, every value and text escaped here.
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return SafeString(f"<{name}{written}>{_escaped(content)}</{name}>")


def _escaped(content: str) -> str:
    """As the framework escapes, without its care for texts to be translated later."""
    return content if isinstance(content, SafeString) else escape(content)


def _value(value: object) -> str:
    return figure(value) if isinstance(value, float | int) else escape(str(value))


def figure(value: object) -> str:
    """A number with at most one decimal; everything else as its text."""
    if isinstance(value, float):
        return f"{round(value, 1) + 0.0:g}"
    return str(value)


def text(words: str, x: float | str, y: float, class_: str, anchor: str = "start") -> SafeString:
    at_end = None if anchor == "start" else anchor
    return tag("text", words, x=x, y=y, class_=class_, text_anchor=at_end)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> SafeString:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def block(x: float, y: float, width: float, height: float, class_: str) -> SafeString:
    return tag("rect", x=x, y=y, width=width, height=height, class_=class_)


def circle(cx: float | str, cy: float, r: float, class_: str) -> SafeString:
    return tag("circle", cx=cx, cy=cy, r=r, class_=class_)


def drawing(
    width: int, height: float, content: SafeString, *, words: str, class_: str = ""
) -> SafeString:
    """A drawing at its own size, read aloud as one sentence. Without words it is not read at
    all: then it holds links, and the same stands beside it as text."""
    return tag(
        "svg",
        content,
        viewBox=f"0 0 {width} {figure(float(height))}",
        width=width,
        height=float(height),
        class_=class_ or None,
        role="img" if words else None,
        aria_label=words or None,
        aria_hidden=None if words else "true",
    )
