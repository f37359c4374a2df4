"""What the linter of predictions says."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # cannot be overruled
    WARNING = "warning"  # can, with a reason


@dataclass(frozen=True)
class Finding:
    """`words` stand in the field from `start` on; where nothing can be pointed at, both are
    empty. `wrong` says what is wrong, `instead` what to do."""

    rule: str
    severity: Severity
    wrong: str
    instead: str
    field: str = "text"
    words: str = ""
    start: int | None = None

    @property
    def end(self) -> int | None:
        return None if self.start is None else self.start + len(self.words)


def warning(rule: str, wrong: str, instead: str, field: str = "text") -> Finding:
    return Finding(rule, Severity.WARNING, wrong, instead, field)


def error(rule: str, wrong: str, instead: str, field: str = "text") -> Finding:
    return Finding(rule, Severity.ERROR, wrong, instead, field)
