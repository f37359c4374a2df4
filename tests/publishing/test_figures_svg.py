import pytest

from publishing.figures.svg import drawing, figure, joined, tag, text

NASTY = "<b onload='x'>&\"</b>"


def test_text_and_attributes_are_escaped() -> None:
    markup = joined([text(NASTY, 1.0, 2.0, "name"), tag("a", href=NASTY, class_=NASTY)])
    assert "<b" not in markup
    assert "&lt;b onload=&#x27;x&#x27;&gt;&amp;&quot;&lt;/b&gt;" in markup


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (1.25, "1.2"), (-0.01, "0"), (1234.56, "1234.6"), ("4%", "4%"), (3, "3")],
)
def test_numbers_are_short_and_never_minus_nought(value: object, written: str) -> None:
    assert figure(value) == written


def test_an_attribute_that_is_none_is_left_out() -> None:
    assert tag("rect", x=1, class_=None) == '<rect x="1"></rect>'


def test_a_drawing_is_one_picture_with_a_sentence() -> None:
    markup = drawing(10, 5.0, text("a", 0.0, 0.0, "name"), words="Ten by five")
    assert 'role="img" aria-label="Ten by five"' in markup


def test_a_drawing_without_words_is_not_read_aloud() -> None:
    markup = drawing(10, 5.0, text("a", 0.0, 0.0, "name"), words="")
    assert 'aria-hidden="true"' in markup
    assert "role" not in markup
