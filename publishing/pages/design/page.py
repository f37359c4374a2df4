"""The design language: what the stylesheet and the components are, shown by themselves."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.cards import LevelScore
from publishing.figures.svg import drawing, tag
from publishing.pages.design.colours import ColourRow, TintRow, colour_rows, tint_rows
from publishing.pages.design.specimens import (
    DrawnSpecimen,
    Specimen,
    drawn_specimens,
    score_specimen,
    specimens,
)
from publishing.stylesheet import declarations
from publishing.wording import counted, opening_words

SPACES = (4, 8, 12, 16, 24, 40, 44)
TYPE = (
    ("h1", "as-h1", "The finding: a page opens with it", "Large language models lead."),
    ("h1.is-form", "as-h1 is-form", "The same on a form", "Where do you see chiplets?"),
    (".lede", "lede", "What the finding rests on", "They are in the top three in 80 of 100 draws."),
    (".spoken", "spoken", "A sentence that a section speaks", "The market is open since 2023."),
    (".quotation", "quotation", "What a card says in its own words", "One plant feeds 100 MW."),
    (".big-number", "big-number", "One number a page", "31"),
    (".band h2", "as-band", "A band of the ranking", "Band 2"),
    ("h2", "as-h2", "A section", "Six dimensions"),
    ("h3", "as-h3", "A part of one", "Second opinions"),
    ("html", "", "Text and forms", "Two vendors ship it to a first few customers."),
    (".small", "small", "Beside a control", "Nobody has stated both an impact and a window."),
    (".caption", "caption", "Under a drawing, at the head of a table", "As of 21 November 2026"),
)
VOICE = (
    (
        "The finding before its conditions.",
        "Large language models lead. The next five cannot be put in order.",
        "Ranking dashboard",
    ),
    (
        "Name who judges.",
        "The analysts are sure of the year for only two.",
        "Confidence is low.",
    ),
    (
        "A button says what happens.",
        "Remove the demonstration",
        "OK",
    ),
    (
        "An error tells the remedy.",
        "Needed: one sentence on what you have learnt since March.",
        "Invalid input.",
    ),
    (
        "What is not known is said in the same voice.",
        "Nobody has scored its novelty yet.",
        "N/A",
    ),
    (
        "A share of draws is a number.",
        "Ahead in 83 of 100 draws.",
        "Very likely ahead.",
    ),
)


@dataclass(frozen=True)
class TypeRow:
    selector: str
    class_name: str
    use: str
    words: str
    said: str


@dataclass(frozen=True)
class DesignPage:
    headline: str
    type_rows: tuple[TypeRow, ...]
    colours: tuple[ColourRow, ...]
    tints: tuple[TintRow, ...]
    spaces: tuple[tuple[int, SafeString], ...]
    specimens: tuple[Specimen, ...]
    drawn: tuple[DrawnSpecimen, ...]
    score: LevelScore
    voice: tuple[tuple[str, str, str], ...]


def design_page() -> DesignPage:
    colours = colour_rows()
    return DesignPage(
        headline=_headline(colours),
        type_rows=tuple(TypeRow(*row, _type_of(row[0])) for row in TYPE),
        colours=colours,
        tints=tint_rows(),
        spaces=tuple((space, _space(space)) for space in SPACES),
        specimens=specimens(),
        drawn=drawn_specimens(),
        score=score_specimen(),
        voice=VOICE,
    )


def _type_of(selector: str) -> str:
    said = declarations(selector, "font")
    return said.replace("var(--serif)", "serif").replace("var(--sans)", "sans")


def _headline(colours: tuple[ColourRow, ...]) -> str:
    short = sum(not row.is_enough for row in colours)
    pairs = counted(len(colours), "pair")
    if short:
        have = "has" if short == 1 else "have"
        return f"{opening_words(short)} of {pairs} of colours {have} too little contrast."
    return f"Ink, paper, one accent: {pairs} of colours, each with the contrast it needs."


def _space(space: int) -> SafeString:
    box = tag("rect", x=0, y=0, width=space, height=14, class_="space")
    return drawing(space, 14, box, words="")
