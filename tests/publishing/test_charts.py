import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from plotly.offline import get_plotlyjs_version

from publishing.charts.chart import Chart, Drawing, Table
from publishing.charts.look import printed, template

STATIC = Path(settings.BASE_DIR) / "static"
HOSTILE = "</script><b onclick=x>&"


def drawing(words: str) -> Drawing:
    trace = {"type": "scatter", "x": [1], "y": [2], "hovertext": [printed(words)]}
    return Drawing([trace], {"height": 300}, {"margin.l": 8})


def figure(words: str) -> dict[str, object]:
    return drawing(words).figure


def chart(words: str) -> Chart:
    table = Table(("Name", "Level"), ((words, "4"),))
    return Chart("levels", "Levels", f"{words} leads.", drawing(words), table, "", "/x.csv")


def test_every_colour_of_the_template_is_a_token_of_the_stylesheet() -> None:
    tokens = set(re.findall(r"(--[a-z0-9-]+):", (STATIC / "css" / "app.css").read_text()))
    written = json.dumps(template().to_plotly_json())
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", written))
    assert used
    assert used <= tokens
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb", written)


def test_a_setting_that_plotly_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="heigth"):
        _ = Drawing([], {"heigth": 300}).figure


def test_a_name_cannot_leave_the_data_of_its_page() -> None:
    text = render_to_string("components/chart.html", {"chart": chart(HOSTILE)})
    assert text.count("</script>") == 1
    assert "<b onclick" not in text
    data = re.search(r'<script id="levels-figure" type="application/json">(.*?)</script>', text)
    assert data
    assert json.loads(data[1])["data"][0]["hovertext"] == [
        "&lt;/script&gt;&lt;b onclick=x&gt;&amp;"
    ]


def test_a_chart_stands_with_its_heading_sentence_table_and_files() -> None:
    text = render_to_string("components/chart.html", {"chart": chart("Fusion")})
    for part in ("<h2>Levels</h2>", "Fusion leads.", "<table", "/x.csv", "Picture as PNG"):
        assert part in text


def test_a_cell_is_never_a_formula() -> None:
    table = Table(("Name", "+Change"), (("=1+1", -1.5), (" @x", None), ("5+", "-2")))
    assert table.csv.splitlines() == ["Name,'+Change", "'=1+1,-1.5", "' @x,", "5+,'-2"]


def test_the_styles_that_plotly_must_not_write_are_still_called_by_these_names() -> None:
    script = (STATIC / "js" / "charts.js").read_text()
    bundle = (STATIC / "vendor" / "plotly" / "plotly-strict.min.js").read_text()
    taken = re.search(r'probe.id = "([0-9a-f]{64})"', script)
    assert taken
    assert f'getElementById("{taken[1]}")' in bundle
    assert "plotly.js-style-" in bundle
    assert ".no-inline-styles" in bundle


def test_the_program_is_of_the_version_that_the_server_checks_against() -> None:
    packages = json.loads((STATIC / "vendor" / "manifest.json").read_text())["packages"]
    version = next(row["version"] for row in packages if row["name"].startswith("plotly"))
    bundle = (STATIC / "vendor" / "plotly" / "plotly-strict.min.js").read_text()
    assert f"v{version}" in bundle[:200]
    assert version == get_plotlyjs_version()
