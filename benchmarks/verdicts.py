"""What was wanted beside what was seen, as every benchmark says it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """One line of the report that says what was wanted and what was seen."""

    is_met: bool
    words: str

    def __str__(self) -> str:
        return f"{'met   ' if self.is_met else 'MISSED'}  {self.words}"


def report(verdicts: Sequence[Verdict]) -> int:
    """Print them; the exit status of the program, 1 where something was missed."""
    print()
    for verdict in verdicts:
        print(verdict)
    return 0 if all(verdict.is_met for verdict in verdicts) else 1
