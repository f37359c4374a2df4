"""Shapes that tell a handful of technologies apart where a field's colour alone would not."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.figures.svg import figure, tag


@dataclass(frozen=True)
class Shape:
    """`plotly` is its name in charts, `path` its outline around the middle of a square of 14."""

    name: str
    plotly: str
    path: str


SHAPES = (
    Shape("circle", "circle", "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z"),
    Shape("square", "square", "M-5.4 -5.4h10.8v10.8h-10.8z"),
    Shape("diamond", "diamond", "M0 -7l7 7l-7 7l-7 -7z"),
    Shape("triangle", "triangle-up", "M0 -6.6l6.8 12h-13.6z"),
    Shape("cross", "cross", "M-2.2 -6.4h4.4v4.2h4.2v4.4h-4.2v4.2h-4.4v-4.2h-4.2v-4.4h4.2z"),
)


def shape_at(shape: Shape, x: float, y: float, class_: str) -> SafeString:
    place = f"translate({figure(x)} {figure(y)})"
    return tag("path", d=shape.path, transform=place, class_=class_)


def shape_sign(shape: Shape, colour: str) -> SafeString:
    """The shape beside a name; the name says the same."""
    return tag(
        "svg",
        tag("path", d=shape.path),
        viewBox="-8 -8 16 16",
        width=16,
        height=16,
        class_=f"shape field-{colour}",
        aria_hidden="true",
    )
