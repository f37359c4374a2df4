import pytest

from evidence.values.item import name_of


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("A title", "# Another", "A title"),
        ("", "# Brine Notes 19\n\nWords.", "Brine Notes 19"),
        ("", "\n---\n> **Said aloud**\nby nobody", "Said aloud"),
        ("", "- the first point\n- the second", "the first point"),
        ("", "#1 in the list", "#1 in the list"),
        ("", "-40 °C in a garage", "-40 °C in a garage"),
        ("", "***\n", "***"),
        ("", " \n", "https://example.org/"),
        ("", "w" * 90, "w" * 79 + "…"),
    ],
)
def test_an_item_is_called_by_its_title_or_by_what_it_begins_with(
    title: str, text: str, name: str
) -> None:
    assert name_of(title, text, "https://example.org/") == name
