"""Stylesheet, scripts, faces and mark of the export, each named after what it contains."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

from django.contrib.staticfiles import finders

SCRIPTS = ("js/theme.js", "js/app.js", "js/export.js")
STYLE = "css/app.css"
MARK = "img/bell.svg"
LICENCES = ("vendor/source-serif-4/LICENSE", "vendor/source-sans-3/LICENSE")
# Parts of the stylesheet, by the first words of their heading, of which the export shows nothing.
UNUSED = (
    "The tour",
    "What a list can be narrowed by",
    "Progress, steps",
    "Differences between",
    "Card editor",
)
PART = re.compile(r"^/\* (.+?)\*/$", re.MULTILINE | re.DOTALL)
URL = re.compile(r'url\("([^"]+)"\)')


@dataclass(frozen=True)
class Asset:
    """`address` is how templates of the export name it."""

    address: str
    path: str
    content: bytes


def assets() -> list[Asset]:
    """Every file that pages of the export load; the stylesheet names its faces by their hashes."""
    style = static_file(STYLE).read_text("utf-8")
    names = {
        url: normpath(f"css/{url}") for url in URL.findall(style) if not url.startswith("data:")
    }
    faces = {url: _hashed(name, static_file(name).read_bytes()) for url, name in names.items()}
    # A face that is at hand is used, so that nothing moves; a late one is kept for the next page.
    still = style.replace("font-display: swap", "font-display: optional")
    sheet = smaller(URL.sub(lambda found: _named(found, faces), still))
    others = [_hashed(name, static_file(name).read_bytes()) for name in (*SCRIPTS, MARK)]
    return [
        *faces.values(),
        _hashed(STYLE, sheet.encode()),
        *others,
        *(_licence(name) for name in LICENCES),
    ]


def smaller(style: str) -> str:
    """The stylesheet without the parts that the export does not use, and without its indents."""
    headings = list(PART.finditer(style))
    ends = [heading.start() for heading in headings[1:]] + [len(style)]
    kept = [
        style[heading.end() : end]
        for heading, end in zip(headings, ends, strict=True)
        if not heading[1].startswith(UNUSED)
    ]
    lines = (line.strip() for line in "".join(kept).splitlines())
    return "\n".join(re.sub(r"\s*([{};,])\s*", r"\1", line) for line in lines if line) + "\n"


def static_file(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"static file {name}")
    return Path(found)


def _named(found: re.Match[str], faces: dict[str, Asset]) -> str:
    face = faces.get(found[1])
    return f'url("{PurePosixPath(face.path).name}")' if face else found[0]


def _hashed(name: str, content: bytes) -> Asset:
    path = PurePosixPath(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"asset:{name}", f"assets/{path.stem}.{digest}{path.suffix}", content)


def _licence(name: str) -> Asset:
    """A face goes nowhere without its licence."""
    family = PurePosixPath(name).parent.name
    content = static_file(name).read_bytes()
    return Asset(f"asset:{name}", f"assets/{family}.LICENSE.txt", content)
