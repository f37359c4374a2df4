"""Live specimens of the components: each template of templates/components, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from assessments.values.scale import LEVEL_DIMENSIONS
from publishing.cards import LevelScore
from publishing.charts.chart import Table
from publishing.fields import COLOURS, field_of
from publishing.figures.level_counts import level_counts
from publishing.figures.rank_rows import RankRow, common_scale, rank_axis, rank_drawing
from publishing.figures.year_strip import YearStrip, year_axis, year_strip
from publishing.forms import RemovalForm
from publishing.pages.compare.choice import NameField


@dataclass(frozen=True)
class Specimen:
    """A component with words on its use. One without contexts stands around every page, or on
    the page that `seen` names."""

    name: str
    use: str
    contexts: tuple[Mapping[str, Any], ...] = ()
    seen: str = ""
    url_name: str = ""

    @property
    def template(self) -> str:
        return f"components/{self.name}.html"


@dataclass(frozen=True)
class DrawnSpecimen:
    heading: str
    use: str
    drawing: SafeString
    axis: SafeString = field(default=SafeString(""))


def specimens() -> tuple[Specimen, ...]:
    return (*_marks(), *_forms(), *_messages(), *_frame())


def _marks() -> tuple[Specimen, ...]:
    levels = ("1", "2", "3", "4", "5", "5+", "")
    dots: list[dict[str, Any]] = [{"level": level} for level in levels]
    dots.insert(3, {"level": "3", "level_to": "4"})
    discs = [
        {"field": field_of(name=tone, letter=tone[0].upper(), tone=tone, slug=tone)}
        for tone in sorted(COLOURS)
    ]
    return (
        Specimen(
            "level_dots",
            "A level is ink on five circles. A span fills half of its upper one, 5+ is a sign of"
            " its own, unscored is five dashes and never five empty circles, which read as zero.",
            tuple(dots),
        ),
        Specimen(
            "certainty",
            "A ring: unbroken with a core, dashed, dotted. Always with its word.",
            tuple({"certainty": word} for word in ("high", "medium", "low")),
        ),
        Specimen("certainty_key", "What the rings mean, once a page.", ({},)),
        Specimen("field_disc", "A letter and a colour: neither stands alone.", tuple(discs)),
    )


def _forms() -> tuple[Specimen, ...]:
    empty, wrong = RemovalForm(auto_id="empty_%s"), RemovalForm({"word": "yes"}, auto_id="wrong_%s")
    wrong.is_valid()
    return (
        Specimen(
            "form_field",
            "Label, hint, control. An error is a sentence above the control and says what to"
            " write.",
            ({"field": empty["word"]}, {"field": wrong["word"]}),
        ),
        Specimen(
            "name_fields",
            "Technologies by name, each suggested while one types.",
            (
                {
                    "fields": (
                        NameField("Edge AI"),
                        NameField("edge A", "No published technology has this name."),
                    ),
                    "names": ("Edge AI", "Nuclear fusion"),
                },
            ),
        ),
        Specimen("form_errors", "What a refused form says first.", ({"form": wrong},)),
    )


def _messages() -> tuple[Specimen, ...]:
    said = (
        ("info", "Draft kept at 14:02.", "It waits for you."),
        ("success", "Published.", "A new ranking is being computed."),
        ("warning", "Older than 18 months.", "Its certainty counts one step lower."),
        ("error", "Nothing was saved.", "Two fields below need another look."),
    )
    listing = Paginator(range(30), 10).get_page(2)
    table = Table(("Technology", "Level"), (("Edge AI", 4), ("Nuclear fusion", None)))
    return (
        Specimen(
            "flash",
            "A fact first, then what it means. It stays until somebody dismisses it.",
            tuple({"kind": kind, "fact": fact, "text": text} for kind, fact, text in said),
        ),
        Specimen(
            "empty",
            "Why nothing is here, and the link that ends it.",
            (
                {
                    "words": "No card has been published yet.",
                    "url": "/method/",
                    "link": "Read how technologies are judged",
                },
            ),
        ),
        Specimen(
            "progress",
            "In words first.",
            ({"words": "4,000 of 10,000 draws done.", "done": 4, "total": 10},),
        ),
        Specimen(
            "pager",
            "Words that say which way leads where.",
            ({"listing": listing, "label": "Pages of this specimen", "anchor": "#components"},),
        ),
        Specimen(
            "chart_table",
            "The same as a chart, in a table: what is not known is an empty cell.",
            ({"table": table, "name": "a specimen"},),
        ),
    )


def _frame() -> tuple[Specimen, ...]:
    above = "It stands around this page."
    return (
        Specimen("bell", "The mark: a curve of chances, its clapper the expected value.", ({},)),
        Specimen("site_nav", "Entries; the page on show has a bar of ink.", seen=above),
        Specimen("account_nav", "What the person who is signed in may do.", seen=above),
        Specimen("theme_switch", "As the system, light, dark.", seen=above),
        Specimen("messages", "What just happened, as messages like those above.", seen=above),
        Specimen(
            "demonstration",
            "On every page, answer and file, for as long as the record holds a demonstration.",
            seen="It stands above every page of a demonstration.",
        ),
        Specimen(
            "kept_here",
            "What this device kept of a form that was left: it can be brought back.",
            seen="It stands above a form that was left before it was saved.",
        ),
        Specimen(
            "tour",
            "What to look for at a stop, and the way to the next one.",
            seen="It stands on the pages of the first visit:",
            url_name="publishing:tour",
        ),
        Specimen(
            "chart",
            "A chart that one explores: heading, sentence, drawing, files, table.",
            seen="It stands on",
            url_name="publishing:compare",
        ),
    )


def drawn_specimens() -> tuple[DrawnSpecimen, ...]:
    row = RankRow((0.34, 0.27, 0.18, 0.11, 0.06, 0.04), 2.4, 1, 5)
    strip = YearStrip(2026, (0.02, 0.1, 0.3, 0.44, 0.58, 0.7, 0.79, 0.86), 2030)
    whole = YearStrip(strip.first_year, strip.chances, 2030, None, (2027.0, 2029.6, None))
    opened = YearStrip(strip.first_year, strip.chances, 2030, 2023)
    counts = level_counts(
        {"1": 1, "2": 4, "3": 9, "4": 6, "5": 2}, levels=("1", "2", "3", "4", "5"), this="4"
    )
    return (
        DrawnSpecimen(
            "Rank interval",
            "How often each rank came up; below it the line that holds 90 of 100 draws, with the"
            " expected rank.",
            rank_drawing(row, ranks=6, scale=common_scale([row])),
            rank_axis(6),
        ),
        DrawnSpecimen(
            "Year strip",
            "A cell a year, tinted at 3, 25, 50 and 75 of 100; the line runs from 10 to 90 of 100.",
            year_strip(whole, words="A specimen: 58 of 100 by the end of 2030"),
            year_axis(whole),
        ),
        DrawnSpecimen(
            "Year strip of an open market",
            "A recorded fact is a dot and a line, not a chance of 100.",
            year_strip(opened, words="A specimen: open since 2023"),
        ),
        DrawnSpecimen("Counts by level", "Beside a score: where the others stand.", counts),
    )


def score_specimen() -> LevelScore:
    return LevelScore(
        dimension=LEVEL_DIMENSIONS[0].value,
        level="3",
        level_to="4",
        certainty="medium",
        rationale="Two vendors ship it to a first few customers.",
        unscored_reason="",
    )
