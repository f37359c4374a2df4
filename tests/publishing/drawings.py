"""Drawings read back as trees, which fails where one is not well formed."""

from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup: str) -> ET.Element:
    """The drawings in one root; only what the project draws itself is ever read here."""
    return ET.fromstring(f'<root xmlns="http://www.w3.org/2000/svg">{markup}</root>')  # noqa: S314


def all_of(markup: str, name: str) -> list[ET.Element]:
    return list(parsed(markup).iter(f"{SVG}{name}"))


def words_of(markup: str) -> list[str]:
    return ["".join(element.itertext()) for element in all_of(markup, "text")]
