"""The record as a file that another Bellwether reads."""

import json

from assessments.selectors import card_json, exported_revisions
from assessments.values.card import parse_card, to_json

FORMAT = "bellwether.cards/1"


def cards_file() -> str:
    """Every published revision, in one order, without anything of this installation."""
    cards = [to_json(parse_card(card_json(revision))) for revision in exported_revisions()]
    return json.dumps({"format": FORMAT, "cards": cards}, ensure_ascii=False, indent=1) + "\n"
