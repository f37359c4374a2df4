import pytest
from django.template import Context, Engine
from django.template.loader import render_to_string

NAMES = ("400", "403", "404", "405", "413", "500", "csrf")
PLAIN = ("400", "413", "500", "csrf")


@pytest.mark.parametrize("name", PLAIN)
def test_a_failure_is_told_without_request_session_or_database(name: str) -> None:
    text = render_to_string(f"errors/{name}.html", {"request_id": "01J9ZK3"})
    assert '<span class="mono">01J9ZK3</span>' in text
    assert text.count("<h1") == 1


def test_a_failure_needs_no_context_processors() -> None:
    bare = Engine.get_default().get_template("errors/500.html")
    assert "Something failed" in bare.render(Context({"request_id": "x"}))


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_reference_is_escaped(name: str) -> None:
    text = render_to_string(f"errors/{name}.html", {"request_id": "<b>", "reason": "<i>"})
    assert "<b>" not in text.replace("<b>Demonstration", "")
    assert "<i>" not in text
