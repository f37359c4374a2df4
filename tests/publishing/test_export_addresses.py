import pytest

from publishing.export.addresses import Addresses

ADDRESSES = Addresses(
    slugs=frozenset({"edge-ai", "chiplets"}),
    keys=frozenset({"edge-ai-2030-417"}),
    pages={"/ranking/": 2, "/changes/": 3, "/predictions/": 1},
    files={"/data/ranking.csv": "data/ranking.csv", "asset:css/app.css": "assets/app.1.css"},
)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", "index.html"),
        ("/?domain=energy&window=now&page=2", "index.html#domain=energy&window=now"),
        ("/technologies/", "index.html#table"),
        ("/technologies/edge-ai/", "t/edge-ai/index.html"),
        ("/technologies/edge-ai/#history", "t/edge-ai/index.html#history"),
        ("/technologies/a-draft/", None),
        ("/method/#proposals", "method/index.html#proposals"),
        ("/changes/", "changes/index.html"),
        ("/ranking/?page=2", "ranking/2/index.html"),
        ("/changes/?page=3", "changes/3/index.html"),
        ("/changes/?page=4", None),
        ("/changes/?page=no", "changes/index.html"),
        ("/predictions/?page=1&outlook=1#outlook", "predictions/index.html#outlook"),
        ("/predictions/edge-ai-2030-417/", "predictions/edge-ai-2030-417/index.html"),
        ("/predictions/edge-ai-2030-1/", None),
        ("/data/ranking.csv", "data/ranking.csv"),
        ("/runs/3/", None),
        ("/accounts/sign-in/", None),
    ],
)
def test_a_page_of_the_site_has_its_place_or_none(address: str, place: str | None) -> None:
    assert ADDRESSES.place(address) == place


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/ranking/", "../../ranking/index.html"),
        ("../chiplets/", "../../t/chiplets/index.html"),
        ("asset:css/app.css", "../../assets/app.1.css"),
        ("#history", "#history"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("mailto:anna@example.org", "mailto:anna@example.org"),
        ("//example.org/a", "https://example.org/a"),
        ("../../../../etc/passwd", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("nothing", None),
    ],
)
def test_what_somebody_typed_breaks_no_page(typed: str, shown: str | None) -> None:
    found = ADDRESSES.relative(
        typed, site_path="/technologies/edge-ai/", path="t/edge-ai/index.html"
    )
    assert found == shown


def test_a_link_to_what_is_not_there_is_a_link_no_more() -> None:
    html = '<p><a href="/runs/3/" rel="x">Run</a> <a href="/changes/?page=2&amp;x=1">More</a></p>'
    assert ADDRESSES.rewritten(html, site_path="/", path="index.html") == (
        '<p><a rel="x">Run</a> <a href="changes/index.html">More</a></p>'
    )
