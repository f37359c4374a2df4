"""Which cards were read from an issue, and the way from the issue to what else it holds."""

from pathlib import Path
from typing import Any

import pytest

from assessments.models import Revision
from assessments.newsletters import issue_in, place_of, saved_from
from evidence.models import Item
from tests.assessments.cited import item
from tests.assessments.factories import saved
from tests.assessments.typed_cards import signed_in, technology

pytestmark = pytest.mark.django_db
TEXTS = Path(__file__).parent / "data" / "newsletter"


def read_from(issue: Item, **changes: Any) -> Revision:
    source = {"title": issue.name, "url": issue.url or None, "accessed_on": None}
    return saved("fusion", origin="imported", sources=[source], **changes)


def test_once_its_card_is_saved_the_issue_leads_to_what_else_it_holds() -> None:
    issue, client = item(text="An issue."), signed_in()
    pages = [f"/evidence/{issue.key}/", f"/evidence/{issue.key}/card/"]
    assert not any("card/next/" in client.get(path).content.decode() for path in pages)
    address = f"/evidence/{issue.key}/card/next/?card={read_from(issue).card_id}"
    for path in pages:
        assert f'href="{address}"' in client.get(path).content.decode()


def test_a_card_counts_once_and_only_when_it_was_read_from_that_issue() -> None:
    issue = item(text="An issue.")
    saved("edge-ai", text=f'It speaks of "{issue.name}".', origin="imported")
    first = read_from(issue)
    second = read_from(issue, parent=first.content_hash, text="More.")
    assert saved_from(issue) == [second]
    assert saved_from(item("Another", text="An issue.")) == []


def test_the_part_of_the_technology_of_the_card_is_shown() -> None:
    wanted = technology("ammonia-tractors")
    issue = issue_in(item(text=(TEXTS / "two_at_once.txt").read_text("utf-8")))
    assert place_of(issue, wanted) == 1
    assert place_of(issue, technology("edge-ai")) == place_of(issue, None) == 0
