"""Pictures of pages for those who share a link: 1200 by 630, drawn from the same numbers."""

import io
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from assessments.values.scale import Dimension
from publishing.export.assets import static_file
from publishing.figures.place_on_map import Crowd, share_of_years, years_shown

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
SERIF = "vendor/source-serif-4/source-serif-4-latin-{}-normal.woff2"
SANS = "vendor/source-sans-3/source-sans-3-latin-{}-normal.woff2"
PAPER, INK, ACCENT = (247, 249, 248), (20, 34, 43), (11, 90, 117)
# Shades of one colour from paper to full: with two colours they fill four bits a point.
SHADES = 8
LATIN = frozenset(range(0x20, 0x100)) | frozenset({0x2013, 0x2014, 0x2019, 0x201C, 0x201D, 0x2026})
SHARPER = 4

INK_SHADES = [value * SHADES // 256 for value in range(256)]
ACCENT_SHADES = [0] * 32 + [SHADES + value * SHADES // 256 for value in range(32, 256)]

Font = ImageFont.FreeTypeFont


class Canvas:
    """Paper with two inks; each is a sheet of its own until `png` lays them together."""

    def __init__(self) -> None:
        self.ink = Image.new("L", (WIDTH, HEIGHT), 0)
        self.accent = Image.new("L", (WIDTH, HEIGHT), 0)
        self._pen = ImageDraw.Draw(self.ink)
        self._accent_pen = ImageDraw.Draw(self.accent)

    def words(self, at: tuple[float, float], words: str, font: Font, *, shade: int = 255) -> None:
        self._pen.text(at, words, font=font, fill=shade, anchor="ls")

    def accent_words(self, at: tuple[float, float], words: str, font: Font) -> None:
        self._accent_pen.text(at, words, font=font, fill=255, anchor="ls")

    def block(self, box: tuple[float, float, float, float], shade: int) -> None:
        self._pen.rectangle(box, fill=shade)

    def stamp(self, at: tuple[int, int], mark: Image.Image) -> None:
        self.ink.paste(255, at, mark)

    def accent_stamp(self, at: tuple[int, int], mark: Image.Image) -> None:
        self.accent.paste(255, at, mark)

    def png(self) -> bytes:
        picture = self.ink.point(INK_SHADES)
        if self.accent.getbbox():
            picture = ImageChops.lighter(picture, self.accent.point(ACCENT_SHADES))
        picture.putpalette(_palette())
        written = io.BytesIO()
        picture.save(written, "PNG", compress_level=3, bits=4)
        return written.getvalue()


def _palette() -> list[int]:
    return [
        round(paper + (full - paper) * step / (SHADES - 1))
        for colour in (INK, ACCENT)
        for step in range(SHADES)
        for paper, full in zip(PAPER, colour, strict=True)
    ]


@lru_cache(maxsize=32)
def face(pattern: str, size: int, weight: int) -> Font:
    """A face of the site at one size and weight; the serif is set for the eye at its size."""
    is_serif = pattern == SERIF
    content = static_file(pattern.format("opsz" if is_serif else "wght")).read_bytes()
    font = ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, min(size, 60)] if is_serif else [weight])
    return font


def printable(words: str) -> str:
    """What the face has letters for, others by their base letter; nothing where most are lost."""
    kept = "".join(_known(letter) for letter in words)
    return kept if 2 * len(kept) > len(words) else ""


def _known(letter: str) -> str:
    if ord(letter) in LATIN:
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if ord(base) in LATIN else ""


@lru_cache(maxsize=32)
def mark(kind: str, size: int) -> Image.Image:
    """A disc, a ring, a half disc in its ring, a plus or a dash, with smooth edges."""
    big = size * SHARPER
    drawn = Image.new("L", (big, big), 0)
    pen, line = ImageDraw.Draw(drawn), round(big * 0.13)
    if kind in {"ring", "half"}:
        pen.ellipse((0, 0, big - 1, big - 1), outline=150, width=line)
    if kind == "disc":
        pen.ellipse((0, 0, big - 1, big - 1), fill=255)
    if kind == "half":
        pen.pieslice((0, 0, big - 1, big - 1), 90, 270, fill=255)
    if kind == "plus":
        pen.rectangle((big * 0.38, 0, big * 0.62, big), fill=255)
        pen.rectangle((0, big * 0.38, big, big * 0.62), fill=255)
    if kind == "dash":
        pen.rectangle((big * 0.1, big * 0.42, big * 0.9, big * 0.58), fill=150)
    return drawn.resize((size, size), Image.Resampling.LANCZOS)


def dots_of(level: str, level_to: str) -> tuple[str, ...]:
    """The signs of a level, as on the pages: discs, rings, a half for a span, a plus for 5+."""
    if not level:
        return ("dash",) * 5
    full = int(level.removesuffix("+"))
    signs = ["disc"] * full + ["ring"] * (5 - full)
    if level_to and full < 5:
        signs[full] = "half"
    return (*signs, "plus") if level == "5+" else tuple(signs)


def lines_of(words: str, font: Font, width: float, most: int) -> list[str]:
    """The words in lines no wider than `width`; what is over ends in an ellipsis."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [_cut(line, font, width) for line in lines]


def _cut(line: str, font: Font, width: float) -> str:
    while len(line) > 1 and font.getlength(line) > width:
        line = line.rstrip(" …")[:-1] + "…"
    return line


@lru_cache(maxsize=2)
def _ground(state: str, *, is_demonstration: bool) -> tuple[Image.Image, Image.Image]:
    canvas = Canvas()
    top = 44 if is_demonstration else 0
    if is_demonstration:
        canvas.block((0, 0, WIDTH, 44), 40)
        strip = "Demonstration. The cards shown here are the project’s own examples."
        canvas.words((MARGIN, 30), strip, face(SANS, 22, 500))
    canvas.words((MARGIN, top + 66), "Bellwether", face(SERIF, 34, 650))
    canvas.words(
        (MARGIN, HEIGHT - 24), f"State of the record: {state}", face(SANS, 20, 400), shade=190
    )
    canvas.block((MARGIN, top + 88, WIDTH - MARGIN, top + 89), 255)
    return canvas.ink, canvas.accent


def _sheet(state: str, *, is_demonstration: bool) -> Canvas:
    canvas = Canvas()
    ink, accent = _ground(state, is_demonstration=is_demonstration)
    canvas.ink.paste(ink)
    canvas.accent.paste(accent)
    return canvas


def _headline(canvas: Canvas, words: str, *, width: int, most: int) -> float:
    """Set as large as fits; the last base line is the value."""
    for size in (60, 52, 44, 38):
        font = face(SERIF, size, 560)
        lines = lines_of(words, font, width, 99)
        if len(lines) <= most:
            break
    y = 150.0
    for line in lines_of(words, font, width, most):
        y += size * 1.15
        canvas.words((MARGIN, y), line, font)
    return y


ScoreLine = tuple[str, str, str]


@lru_cache(maxsize=2)
def _portrait_ground(state: str, *, is_demonstration: bool) -> Image.Image:
    """What stands on the picture of every technology."""
    canvas = _sheet(state, is_demonstration=is_demonstration)
    for place, dimension in enumerate(Dimension):
        canvas.words((660, 220 + place * 60), dimension.value.capitalize(), face(SANS, 27, 600))
    return canvas.ink


def technology_picture(
    name: str,
    facts: Sequence[str],
    scores: Sequence[ScoreLine],
    state: str,
    *,
    is_demonstration: bool,
) -> bytes:
    """The name, where it stands, and its dimensions in their order: level, upper level of a
    span, words; without a level there are words alone."""
    canvas = Canvas()
    canvas.ink.paste(_portrait_ground(state, is_demonstration=is_demonstration))
    y, font = _headline(canvas, name, width=540, most=4), face(SANS, 27, 400)
    for fact in facts:
        for line in lines_of(fact, font, 540, 2):
            y += 38
            canvas.words((MARGIN, y + 14), line, font, shade=210)
    for place, (level, level_to, words) in enumerate(scores):
        base = 220 + place * 60
        for step, sign in enumerate(dots_of(level, level_to) if level else ()):
            canvas.stamp((805 + 28 * step, base - 19), mark(sign, 20))
        canvas.words((980 if level else 805, base), words, face(SANS, 25, 400))
    return canvas.png()


def map_picture(headline: str, crowd: Crowd, state: str, *, is_demonstration: bool) -> bytes:
    """The finding, over every technology by its impact and the middle of its window."""
    canvas = _sheet(state, is_demonstration=is_demonstration)
    _headline(canvas, headline, width=WIDTH - 2 * MARGIN, most=2)
    left, top, width, height = MARGIN + 40, 306, WIDTH - 2 * MARGIN - 40, 230
    row = height / len(crowd.levels)
    for number, level in enumerate(crowd.levels):
        y = top + number * row
        canvas.block((MARGIN, y, left + width, y), 40)
        canvas.words((MARGIN, y + row / 2 + 8), level, face(SANS, 22, 600))
    for year in years_shown(crowd.today):
        x = left + share_of_years(year, crowd.today) * width
        canvas.words((x - 22, top + height + 26), str(year), face(SANS, 20, 400), shade=190)
    for dot, shift in crowd.drawn:
        x = left + share_of_years(dot.year, crowd.today) * width
        y = top + crowd.levels.index(dot.level) * row + row / 2 + shift
        canvas.accent_stamp((round(x) - 6, round(y) - 6), mark("disc", 12))
    return canvas.png()
