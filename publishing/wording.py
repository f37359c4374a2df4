"""Fixed patterns for sentences that are computed from the record."""

WORDS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
WORDS_IN_PROSE = 12
SINGULAR_ENDINGS = ("ss", "us", "is", "ics")


def in_words(count: int) -> str:
    """Numbers under 13 in words, others in digits with a thin grouping."""
    return WORDS[count] if count <= WORDS_IN_PROSE else f"{count:,}"


def opening_words(count: int) -> str:
    """A count at the beginning of a sentence."""
    return WORDS[count].capitalize() if count < len(WORDS) else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    return f"{in_words(count)} {one if count == 1 else many or one + 's'}"


def is_plural(name: str) -> bool:
    """Whether a technology's name takes a verb in the plural: chiplets lead, fusion leads."""
    last = name.rsplit(maxsplit=1)[-1].casefold() if name.strip() else ""
    return last.endswith("s") and not last.endswith(SINGULAR_ENDINGS)


def verb(name: str, singular: str, plural: str) -> str:
    return plural if is_plural(name) else singular


def share_of_draws(share: float) -> str:
    """A share as it is printed: whole, "<1" and ">99" near the ends."""
    if share < 0.005:
        return "<1"
    return ">99" if share > 0.995 else f"{100 * share:.0f}"
