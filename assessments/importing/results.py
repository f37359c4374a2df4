from dataclasses import dataclass
from typing import Self

from assessments.values.card import CardDocument, FieldProblem


@dataclass(frozen=True)
class ImportedCard:
    """A card as read, with what its source says beside it that is not for readers.

    `chains` says that the source names no parents: each card of a series builds on the one
    before it.
    """

    document: CardDocument
    label: str
    internal_notes: tuple[str, ...] = ()
    chains: bool = False


@dataclass(frozen=True)
class Refusal:
    """A card left out whole: which one, and its first wrong field; `more` has the others."""

    card: str
    field: str
    value: str
    reason: str
    more: tuple[FieldProblem, ...] = ()

    @classmethod
    def of(cls, card: str, problems: list[FieldProblem]) -> Self:
        first, *more = problems
        return cls(
            card=card,
            field=first.field,
            value=first.value,
            reason=first.message,
            more=tuple(more),
        )

    def __str__(self) -> str:
        """One line a wrong field, each naming card, field, value and reason."""
        problems = [FieldProblem(self.field, self.value, self.reason), *self.more]
        return "\n".join(self._line(problem) for problem in problems)

    def _line(self, problem: FieldProblem) -> str:
        place = ", ".join(part for part in (self.card, problem.field) if part)
        return f"{place}, {problem.value}: {problem.message}".replace(", :", ":")
