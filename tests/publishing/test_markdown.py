from html.parser import HTMLParser

import pytest

from publishing.markdown import rendered

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "![a](javascript:alert(1))",
    "![a](https://example.org/pixel.png)",
    "<svg onload=alert(1)>",
    "<math><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=https://example.org><button>go</button></form>",
    "<details open ontoggle=alert(1)>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<base href=https://example.org>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<a id=main name=cookie href=x autofocus onfocus=alert(1)>x</a>",
]
HARMLESS = {"href", "rel"}


class Found(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_can_act_survives(payload: str) -> None:
    found = Found(rendered(payload))
    assert set(found.tags) <= {"p", "a"}
    assert {name for name, _ in found.attributes} <= HARMLESS
    links = [value for name, value in found.attributes if name == "href"]
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)


def test_what_people_write_reads_as_they_meant_it() -> None:
    html = rendered("# Head\n\nOne *two* **three**.\n\n- a\n- b\n\n> said\n\n[x](https://e.org)")
    assert "<h3>Head</h3>" in html
    assert "<em>two</em>" in html
    assert "<li>b</li>" in html
    assert '<a href="https://e.org" rel="nofollow noopener noreferrer">x</a>' in html


def test_text_in_angle_brackets_is_kept_as_text() -> None:
    assert "a &lt;5% share" in rendered("a <5% share")
