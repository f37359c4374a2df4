"""The colour tokens as the stylesheet has them, with the contrast that is measured from it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.figures.svg import tag
from publishing.stylesheet import contrast, tokens

TEXT, MARK = 4.5, 3.0
GROUNDS = ("page", "sheet", "wash", "row")


@dataclass(frozen=True)
class Pair:
    """A colour and the grounds it may stand on, with the ratio that each of them has to give."""

    token: str
    grounds: tuple[str, ...]
    needed: float
    use: str


PAIRS = (
    Pair("ink", GROUNDS, TEXT, "text, measured lines, level dots"),
    Pair("ink2", (*GROUNDS, "accent2"), TEXT, "secondary text, intervals"),
    Pair("ink3", GROUNDS, TEXT, "captions, axes, hints"),
    Pair("edge", (*GROUNDS, "accent2"), MARK, "borders of inputs, empty dots, outlines of tints"),
    Pair("accent", (*GROUNDS, "accent2"), TEXT, "links, actions, “this one”"),
    Pair("on-accent", ("accent",), TEXT, "text on the accent"),
    Pair("rust", (*GROUNDS, "rust2"), TEXT, "thresholds, errors, “lowers”"),
    Pair("moss", (*GROUNDS, "moss2"), TEXT, "saved, “raises”"),
    Pair("brass", (*GROUNDS, "brass2"), TEXT, "the demonstration, warnings"),
    Pair("focus", ("page",), MARK, "the ring of what has the focus"),
    Pair("ink", ("fan50", "fan80", "fan95"), TEXT, "numbers on the tints of chances"),
)
FIELDS = {
    "ai": "A",
    "chips": "C",
    "security": "S",
    "quantum": "Q",
    "energy": "E",
    "biology": "B",
    "mobility": "M",
}
TINTS = {
    "page": "ground of everything",
    "sheet": "inputs, objects of their own",
    "wash": "tags, messages",
    "row": "every other stratum of the map",
    "line": "dividers and grid, never a boundary that has to be seen",
    "accent2": "the chosen row",
    "rust2": "behind rust",
    "moss2": "behind moss",
    "brass2": "behind brass",
    "fan95": "chances of 3 to 25 of 100",
    "fan80": "chances of 25 to 50",
    "fan50": "chances of 50 to 75",
}


@dataclass(frozen=True)
class Measured:
    """The least contrast on any of the grounds, in one theme."""

    ratio: float
    ground: str

    @property
    def printed(self) -> str:
        return f"{self.ratio:.1f} on {self.ground}"


@dataclass(frozen=True)
class ColourRow:
    token: str
    light: SafeString
    dark: SafeString
    in_light: Measured
    in_dark: Measured
    needed: float
    use: str

    @property
    def is_enough(self) -> bool:
        return min(self.in_light.ratio, self.in_dark.ratio) >= self.needed


@dataclass(frozen=True)
class TintRow:
    token: str
    light: SafeString
    dark: SafeString
    use: str


def colour_rows() -> tuple[ColourRow, ...]:
    letters = (
        Pair("on-accent", (f"field-{field}",), TEXT, f"the letter {letter} on its disc")
        for field, letter in FIELDS.items()
    )
    discs = (Pair(f"field-{field}", GROUNDS, MARK, f"the disc of {field}") for field in FIELDS)
    return tuple(_row(pair) for pair in (*PAIRS, *letters, *discs))


def tint_rows() -> tuple[TintRow, ...]:
    return tuple(
        TintRow(name, swatch(tokens()[name].light), swatch(tokens()[name].dark), use)
        for name, use in TINTS.items()
    )


def measured(token: str, grounds: tuple[str, ...], theme: str) -> Measured:
    colour = getattr(tokens()[token], theme)
    return min(
        (
            Measured(contrast(colour, getattr(tokens()[ground], theme)), ground)
            for ground in grounds
        ),
        key=lambda found: found.ratio,
    )


def _row(pair: Pair) -> ColourRow:
    colour = tokens()[pair.token]
    return ColourRow(
        token=pair.token,
        light=swatch(colour.light),
        dark=swatch(colour.dark),
        in_light=measured(pair.token, pair.grounds, "light"),
        in_dark=measured(pair.token, pair.grounds, "dark"),
        needed=pair.needed,
        use=pair.use,
    )


def swatch(colour: str) -> SafeString:
    """The colour itself, whatever theme is in force, with its value beside it."""
    box = tag("rect", x=1, y=1, width=26, height=18, fill=colour, class_="outline")
    drawn = tag("svg", box, class_="colour", width=28, height=20, aria_hidden="true")
    return drawn + tag("code", colour)
