"""The whole numbers in which a ranking is counted, so that sums are exact in any order."""

UNIT = 720720 << 20
"""One draw, where a rank is shared: the first sixteen numbers divide it. Eight million draws of
it stay below 2**63."""
WORTH_UNIT = float(2**42)
"""Worths are kept to a part in this; what is equal is equal, whatever the order of adding."""
WEIGHT_UNIT = float(2**40)
CODE_BITS = 3
"""Bits for a level in the code of all levels that a technology has in a draw."""
MOST_TECHNOLOGIES = 2**14 - 1
"""Ranks are counted twice over in 16 bits, and a technology's number takes 14 of a key's 64."""
