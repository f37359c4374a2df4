"""An issue is told from other texts by the dimensions that head its lines."""

import pytest

from assessments.importing.newsletter.likeness import dimensions_headed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Viability: 3\nDrivers: 2\nNovelty: 4\nDiffusion: 2\nImpact: 3\nTiming: 2030", 6),
        ("## 1. Viability\n\nSome words.\n\n**Drivers** (2)\n\n- Impact: high", 3),
        ("<h2>Viability</h2>\n  <p><b>Drivers</b> 2</p>\n<li>Novelty</li>", 3),
        ("When will it open?\nHow easily will it diffuse?\nHow much value could it create?", 3),
        ("Impact of the rain\nNovelty wears off.", 0),
        ("The viability, the drivers, the novelty, the impact.", 0),
        ("", 0),
    ],
)
def test_dimensions_are_counted_where_they_begin_lines(text: str, count: int) -> None:
    assert dimensions_headed(text) == count
