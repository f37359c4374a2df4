import pytest
from django import forms
from django.template.loader import render_to_string

from publishing.templatetags.figures import day, grouped, in_100


def dots(level: str, level_to: str = "") -> str:
    return render_to_string("components/level_dots.html", {"level": level, "level_to": level_to})


@pytest.mark.parametrize(
    ("level", "level_to", "said"),
    [
        ("4", "", "level 4 of 5"),
        ("3", "4", "level 3 to 4 of 5"),
        ("5+", "", "level 5+"),
        ("", "", "not scored"),
    ],
)
def test_a_level_is_read_aloud(level: str, level_to: str, said: str) -> None:
    assert f'aria-label="{said}"' in dots(level, level_to)


def test_five_plus_is_a_sign_of_its_own() -> None:
    assert 'data-level="5+"' in dots("5+")
    assert 'data-level="unscored"' in dots("")


@pytest.mark.parametrize("certainty", ["low", "medium", "high"])
def test_a_certainty_is_a_ring_and_its_word(certainty: str) -> None:
    text = render_to_string("components/certainty.html", {"certainty": certainty})
    assert "<svg" in text
    assert text.strip().endswith(f"{certainty}</span>")


def test_no_certainty_is_nothing() -> None:
    assert render_to_string("components/certainty.html", {"certainty": ""}).strip() == ""


def test_errors_are_alerts_and_all_else_is_status() -> None:
    for kind, role in (("error", "alert"), ("success", "status"), ("warning", "status")):
        text = render_to_string("components/flash.html", {"kind": kind, "text": "It is so."})
        assert f'role="{role}"' in text


class _Form(forms.Form):
    year = forms.IntegerField(help_text="Four digits.")


def test_a_field_ties_its_hint_and_its_error_to_the_control() -> None:
    form = _Form({"year": "soon"})
    text = render_to_string("components/form_field.html", {"field": form["year"]})
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_year_helptext id_year_error"' in text
    assert 'id="id_year_helptext"' in text
    assert 'id="id_year_error"' in text


def test_numbers_and_dates_are_printed_for_readers() -> None:
    assert grouped(10_000) == "10,000"
    assert in_100(0.31) == "31"
    assert day("2030-12-31") == "31 December 2030"
