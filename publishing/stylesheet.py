"""What the stylesheet says: colour tokens in both themes, rules, and contrast as WCAG counts it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

PATH = Path("static") / "css" / "app.css"
_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")
_RULE = re.compile(r"^([^@{}\n][^{}\n]*?) \{ ([^{}\n]*) \}$", re.MULTILINE)


@dataclass(frozen=True)
class Colour:
    light: str
    dark: str


@lru_cache(maxsize=1)
def stylesheet() -> str:
    return (settings.BASE_DIR / PATH).read_text("utf-8")


@lru_cache(maxsize=1)
def tokens() -> Mapping[str, Colour]:
    return {name: Colour(light, dark) for name, light, dark in _TOKEN.findall(stylesheet())}


def declarations(selector: str, prefix: str) -> str:
    """The declarations of a kind, such as font, that the first rule with any has for the
    selector, as the stylesheet writes them."""
    for selectors, said in _RULE.findall(stylesheet()):
        if selector in (one.strip() for one in selectors.split(",")):
            found = [one.strip() for one in said.split(";") if one.strip().startswith(prefix)]
            if found:
                return "; ".join(found)
    raise LookupError(f"The stylesheet says no {prefix} for {selector}.")


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
