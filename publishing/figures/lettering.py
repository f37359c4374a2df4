"""How wide words come out in the face that measures, near enough to lay out labels."""

NARROW = frozenset("iljtfrI.,:;'|!()[]1 -/")
WIDE = frozenset("mwMW@%—")
FIRST_IDEOGRAPH = 0x2E80


def _em(letter: str) -> float:
    if ord(letter) >= FIRST_IDEOGRAPH:
        return 1.0
    if letter in NARROW:
        return 0.3
    if letter in WIDE:
        return 0.83
    return 0.6 if letter.isupper() else 0.505


def text_width(words: str, size: float) -> float:
    """Pixels, rather too many than too few."""
    return size * sum(_em(letter) for letter in words)


def shortened(words: str, size: float, width: float) -> str:
    """The words, cut with an ellipsis where they would be wider than `width`."""
    if text_width(words, size) <= width:
        return words
    kept = words
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
