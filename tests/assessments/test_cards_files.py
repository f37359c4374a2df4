"""import_cards and export_cards as a script uses them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from accounts.models import User
from assessments.models import Publication, Revision
from assessments.services.drafting import Save, save_revision
from tests.assessments.card_files import publish, run_import, write
from tests.assessments.factories import card_json, document, person, published, saved, score

pytestmark = pytest.mark.django_db


def test_cards_go_in_as_drafts(tmp_path: Path) -> None:
    code, out, _ = run_import(write(tmp_path / "cards.json", card_json()))
    assert (code, Revision.objects.count(), Publication.objects.count()) == (0, 1, 0)
    assert "1 added" in out


def test_cards_are_published_with_an_author_and_another_approver(tmp_path: Path) -> None:
    code, out, _ = publish(write(tmp_path / "cards.json", card_json(), card_json("fusion")))
    assert code == 0
    assert Publication.objects.count() == 2
    assert "2 published" in out


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.json", card_json())
    publish(path)
    _, out, _ = publish(path)
    assert (Revision.objects.count(), Publication.objects.count()) == (1, 1)
    assert "0 added, 1 unchanged, 0 published" in out


def test_a_wrong_card_is_left_out_whole_and_the_others_go_in(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.json", card_json(impact=score("7")), card_json("fusion"))
    code, _, err = run_import(path)
    assert code == 1
    assert "edge-ai" in err
    assert "scores.impact.level" in err
    assert '"7"' in err
    assert [row.card.technology.slug for row in Revision.objects.all()] == ["fusion"]


def test_author_and_approver_must_differ(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.json", card_json())
    with pytest.raises(CommandError, match="somebody else"):
        run_import(path, "--publish", "--author", "anna", "--approver", "anna")


def test_an_approver_without_the_right_is_refused(tmp_path: Path) -> None:
    person("ben", "analyst")
    with pytest.raises(CommandError, match="needs an active editor"):
        publish(write(tmp_path / "cards.json", card_json()))


def test_a_card_whose_author_approves_is_left_out(tmp_path: Path) -> None:
    code, _, err = publish(write(tmp_path / "cards.json", card_json(author="ben")))
    assert code == 1
    assert "somebody else has to approve" in err
    assert not Revision.objects.exists()


def test_authors_in_the_file_get_names_without_a_sign_in(tmp_path: Path) -> None:
    run_import(write(tmp_path / "cards.json", card_json(author="zoe")))
    zoe = User.objects.get(username="zoe")
    assert not zoe.is_active
    assert not zoe.has_usable_password()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.json cannot be read"):
        run_import(tmp_path / "missing.json")
    path = tmp_path / "cards.json"
    path.write_bytes(b"{")
    with pytest.raises(CommandError, match=r"cards\.json: "):
        run_import(path)


def test_a_card_on_top_of_a_newer_one_is_left_out(tmp_path: Path) -> None:
    first = published()
    save_revision(
        card=first.card,
        document=document(parent=first.revision.content_hash, text="Newer."),
        save=Save(by=person("anna")),
    )
    stale = card_json(parent=first.revision.content_hash, text="Stale.")
    code, _, err = run_import(write(tmp_path / "cards.json", stale))
    assert code == 1
    assert "newest revision is number 2" in err


def test_a_variant_goes_in_after_what_it_varies_wherever_it_stands(tmp_path: Path) -> None:
    variant = card_json("analog-edge", as_of="2025-01-01")
    variant["technology"]["variant_of"] = "edge-ai"
    code, out, err = run_import(write(tmp_path / "cards.json", variant, card_json()))
    assert code == 0, err
    assert "2 added" in out


def test_variants_in_a_circle_are_refused(tmp_path: Path) -> None:
    one, two = card_json("one"), card_json("two")
    one["technology"]["variant_of"], two["technology"]["variant_of"] = "two", "one"
    with pytest.raises(CommandError, match="each call the other"):
        run_import(write(tmp_path / "cards.json", one, two))


def stale_card(tmp_path: Path, **mine: Any) -> Path:
    """A file whose card builds on what otto saved over since."""
    first = saved()
    saved(author="otto", parent=first.content_hash, text="Theirs.")
    return write(tmp_path / "cards.json", card_json(parent=first.content_hash, **mine))


def test_a_stale_card_says_what_both_changed(tmp_path: Path) -> None:
    path = stale_card(tmp_path, text="Mine.", summary="Other words.")
    for options in ((), ("--merge",)):
        code, _, err = run_import(path, *options)
        assert code == 1
        assert 'text, "Mine.": in the newest it is "Theirs."' in err
        assert "summary" not in err
    assert Revision.objects.count() == 2


def test_a_stale_card_that_touches_nothing_else_is_merged_if_asked(tmp_path: Path) -> None:
    path = stale_card(tmp_path, summary="Other words.")
    code, _, err = run_import(path)
    assert code == 1
    assert "--merge" in err
    code, out, _ = run_import(path, "--merge")
    assert (code, "0 added, 1 merged, 0 unchanged" in out) == (0, True)
    newest = json.loads(Revision.objects.get(number=3).content)
    assert (newest["summary"], newest["text"]) == ("Other words.", "Theirs.")
    code, out, _ = run_import(path, "--merge")
    assert (code, "1 unchanged" in out) == (0, True)
    assert Revision.objects.count() == 3


def test_what_is_merged_is_not_published_unseen(tmp_path: Path) -> None:
    path = stale_card(tmp_path, summary="Other words.")
    with pytest.raises(CommandError, match="do not go together"):
        run_import(path, "--merge", "--publish", "--author", "anna", "--approver", "ben")


def test_an_export_that_was_edited_is_told_which_parent_it_builds_on(tmp_path: Path) -> None:
    first = saved()
    said = {"parent": first.content_hash, "reason": "The second plant runs."}
    newest = saved(text="Newer.", **said)
    edited = card_json(text="Edited in the file.", **said)
    code, _, err = run_import(write(tmp_path / "cards.json", edited))
    assert code == 1
    assert "If this is revision 2, exported and then edited" in err
    assert newest.content_hash in err
    edited["parent"] = newest.content_hash
    code, out, _ = run_import(write(tmp_path / "cards.json", edited))
    assert (code, "1 added" in out) == (0, True)
