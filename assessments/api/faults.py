"""What is wrong with a document, told as JSON pointers into the body."""

import json
import re
from collections.abc import Iterable, Sequence

from assessments.values.fields import CONTRADICTION, FieldProblem
from rest.problems import Fault, Problem

# A name, a place in a list, or a key that is no name and therefore stands in quotes.
_STEP = re.compile(r'"(?:[^"\\]|\\.)*"|\[(?P<place>\d+)\]|[^.\[\]"]+')


def pointer_of(path: str) -> str:
    """ "companies[2].name" as "#/companies/2/name"."""
    steps = (_step(found) for found in _STEP.finditer(path))
    return "#" + "".join(f"/{step}" for step in steps)


def _step(found: re.Match[str]) -> str:
    text = found["place"] or found.group()
    if text.startswith('"'):
        text = str(json.loads(text))
    return text.replace("~", "~0").replace("/", "~1")


def faults_of_fields(problems: Iterable[FieldProblem]) -> list[Fault]:
    return [Fault(pointer_of(one.field), one.code, one.message) for one in problems]


def refusal(faults: Sequence[Fault]) -> Problem:
    """422; 409 where every value is good and only some of them do not go together."""
    is_conflict = all(fault.code == CONTRADICTION for fault in faults)
    return Problem(409 if is_conflict else 422, told(faults), faults=faults)


def told(faults: Sequence[Fault]) -> str:
    """All faults in one sentence."""
    if len(faults) == 1:
        return faults[0].detail
    return f"{len(faults)} fields are wrong; errors names each."
