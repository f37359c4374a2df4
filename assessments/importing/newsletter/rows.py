"""Rows of a table below a heading, such as that of the companies."""

from assessments.importing.newsletter.bodies import Body, unmarked

FEWEST_ROWS = 2


def is_row(body: Body) -> bool:
    bare = body.line.text.strip()
    return bool(body.words) and bare.startswith("|") and bare.count("|") >= FEWEST_ROWS


def cells_of(row: Body) -> list[str]:
    return [unmarked(cell) for cell in row.line.text.strip().strip("|").split("|")]
