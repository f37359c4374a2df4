from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from assessments.models import Technology
from publishing.pages.design.colours import FIELDS, TINTS, colour_rows, measured
from publishing.pages.design.page import TYPE, design_page
from publishing.pages.design.specimens import specimens
from publishing.stylesheet import contrast, declarations, tokens
from tests.assessments.factories import person, published

COMPONENTS = {
    path.name.removesuffix(".html")
    for path in (Path(settings.BASE_DIR) / "templates" / "components").glob("*.html")
}
GROUNDS = ("sheet", "wash", "row")
# What the look asks for, as ratios on the page and on the least favourable ground: light, dark.
DEMANDED = {
    "ink": ((), (15.4, 14.1), (15.6, 12.8)),
    "ink2": (("accent2",), (7.8, 6.7), (10.4, 7.0)),
    "ink3": ((), (5.4, 4.9), (7.4, 6.1)),
    "edge": (("accent2",), (3.9, 3.4), (5.1, 3.4)),
    "accent": (("accent2",), (7.3, 6.3), (9.9, 6.7)),
    "rust": (("rust2",), (6.4, 5.4), (8.9, 6.8)),
    "moss": (("moss2",), (6.7, 5.9), (9.6, 6.6)),
    "brass": (("brass2",), (6.3, 5.6), (10.2, 7.4)),
}
ON_ONE = (
    ("on-accent", "accent", 7.7, 9.7),
    ("focus", "page", 7.3, 12.9),
    ("ink", "fan50", 7.1, 4.8),
    ("ink", "fan80", 10.2, 7.1),
    ("ink", "fan95", 13.1, 10.1),
)
# The look rounds to a tenth, at times upwards.
HALF_A_TENTH = 0.055


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#0b5a75", "#0b5a75") == pytest.approx(1)


@pytest.mark.parametrize("token", DEMANDED)
@pytest.mark.parametrize(("theme", "place"), [("light", 1), ("dark", 2)])
def test_every_colour_has_the_contrast_that_the_look_demands(
    token: str, theme: str, place: int
) -> None:
    own, *demanded = DEMANDED[token]
    on_page, on_worst = demanded[place - 1]
    assert measured(token, ("page",), theme).ratio >= on_page - HALF_A_TENTH
    assert measured(token, (*GROUNDS, *own), theme).ratio >= on_worst - HALF_A_TENTH


@pytest.mark.parametrize(("token", "ground", "light", "dark"), ON_ONE)
def test_what_stands_on_one_ground_alone_has_its_contrast(
    token: str, ground: str, light: float, dark: float
) -> None:
    assert measured(token, (ground,), "light").ratio >= light - HALF_A_TENTH
    assert measured(token, (ground,), "dark").ratio >= dark - HALF_A_TENTH


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("theme", "letter"), [("light", 5.55), ("dark", 8.1)])
def test_a_letter_can_be_read_on_its_disc_and_the_disc_seen(
    field: str, theme: str, letter: float
) -> None:
    token = f"field-{field}"
    assert measured("on-accent", (token,), theme).ratio >= letter
    assert measured(token, ("row",), theme).ratio >= 5.0


def test_no_pair_on_the_page_falls_short_and_the_headline_says_so() -> None:
    assert all(row.is_enough for row in colour_rows())
    assert "each with the contrast it needs" in design_page().headline


def test_every_colour_of_the_stylesheet_is_on_the_page() -> None:
    shown = {row.token for row in colour_rows()} | set(TINTS)
    assert shown == set(tokens())


def test_every_component_has_its_place_on_the_page() -> None:
    assert {row.name for row in specimens()} == COMPONENTS


@pytest.mark.parametrize("selector", [row[0] for row in TYPE])
def test_the_type_scale_is_read_from_the_stylesheet(selector: str) -> None:
    assert declarations(selector, "font").startswith("font")


def test_a_rule_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match="no font for"):
        declarations(".nowhere", "font")


@pytest.mark.django_db
def test_components_are_rendered_from_the_templates_of_all_pages(client: Client) -> None:
    published()
    Technology.objects.update(is_demonstration=True)
    client.force_login(person("anna"))
    answer = client.get("/method/design/?tour=1")
    rendered = {template.name for template in answer.templates}
    missing = COMPONENTS - {name.removesuffix(".html")[11:] for name in rendered if name}
    # A chart has a file of data, and what a device kept a form, of other pages.
    assert missing == {"chart", "kept_here"}
