"""The watch over the walks notices what it is there for."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.watching import Watch
from tests.site import Site

pytestmark = pytest.mark.e2e

DEEDS = {
    "content security policy": """() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'ran'";
        document.body.append(script);
    }""",
    "another host": """() => {
        const picture = new Image();
        picture.src = "http://192.0.2.1/pixel.png";
    }""",
    "uncaught in a script": "() => { setTimeout(() => { throw new Error('broken') }, 0) }",
    "404 from": "() => fetch('/nothing/')",
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_a_page_must_not_do_is_noticed(browser: Browser, live_site: Site, deed: str) -> None:
    watch = Watch(live_site.url)
    context = browser.new_context(base_url=live_site.url)
    watch.follow(context)
    page = context.new_page()
    page.goto("/method/")
    assert watch.complaints == []
    page.evaluate(DEEDS[deed])
    for _ in range(200):
        if watch.complaints:
            break
        page.wait_for_timeout(25)
    context.close()
    assert any(deed in complaint.lower() for complaint in watch.complaints)
