"""Names that are probably the same word, spelled in two ways."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from evidence.values.words import words_of

# Of shorter words many differ by a letter and mean two things.
SHORTEST = 5


def alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of the same letters, or of one letter more, less or otherwise."""
    kept: dict[str, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for name in names:
        plain = "".join(words_of(name))
        for spelling in sorted({plain, *_without_a_letter(plain)}):
            for other in kept[spelling]:
                if (other, name) not in seen and _is_near("".join(words_of(other)), plain):
                    seen.add((other, name))
                    yield other, name
            kept[spelling].append(name)


def _without_a_letter(word: str) -> Iterator[str]:
    if len(word) >= SHORTEST:
        yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_near(one: str, other: str) -> bool:
    """Equal, or one step apart: a letter put in, left out, replaced or changed with the next."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST or shorter[-1:].isdigit() or longer[-1:].isdigit():
        return False
    place = next((i for i, sign in enumerate(shorter) if sign != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[place:] == longer[place + 1 :]
    rest_one, rest_other = shorter[place:], longer[place:]
    is_replaced = rest_one[1:] == rest_other[1:]
    is_turned = rest_one[:2] == rest_other[:2][::-1] and rest_one[2:] == rest_other[2:]
    return is_replaced or is_turned
