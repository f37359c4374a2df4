"""How long a card's texts and lists may be, in characters and items."""

SLUG = 80
NAME = 120
PERSON = 150
SERIES = 60
URL = 2_000
# As long as the address of an item of the evidence library.
ITEM_URL = 500
TITLE = 300
NOTE = 1_000
REASON = 1_000
SUMMARY = 1_000
RATIONALE = 4_000
PASSAGE = 4_000
TEXT = 50_000
ITEMS = 50
FIRST_YEAR = 1900
LAST_YEAR = 2200
