"""What a reader claims is wrong, as it comes through the door."""

from dataclasses import dataclass, replace
from datetime import date

from assessments.values import limits
from assessments.values.scale import Dimension
from evidence.values.facts import clean_address
from intake.errors import IntakeError
from intake.showing import shown
from intake.text import clean_text
from record.canonical import digest

EMAIL = 254
PASSAGE = limits.PASSAGE


class ClaimInvalid(ValueError):
    """Each field that cannot stand, with the sentence that says why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True)
class Claim:
    """`dimension` is empty where the claim is about none of the six. `letter` are the words that
    it was read from, where it stands in a text; by them it is known again, however it is worded."""

    claim: str
    dimension: str = ""
    evidence: str = ""
    evidence_url: str = ""
    said_on: date | None = None
    letter: str = ""

    @property
    def letter_digest(self) -> str:
        words = " ".join(self.letter.split())
        return digest(words) if words else ""


@dataclass(frozen=True)
class Sender:
    """`credit` is the name to print; empty for none."""

    name: str = ""
    email: str = ""
    credit: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.name or self.email or self.credit)


def check_claim(claim: Claim) -> Claim:
    """The claim with clean texts; ClaimInvalid names every field that cannot stand."""
    faults: dict[str, str] = {}
    texts = {
        "claim": ("The claim", claim.claim, PASSAGE),
        "evidence": ("The evidence", claim.evidence, PASSAGE),
    }
    clean = {
        name: _clean(name, field, value, limit, faults, lines=True)
        for name, (field, value, limit) in texts.items()
    }
    try:
        clean["evidence_url"] = clean_address(claim.evidence_url, "The address")
    except IntakeError as error:
        faults["evidence_url"] = error.message
    if "claim" not in faults and not clean["claim"]:
        faults["claim"] = "Say in a sentence or two what is wrong."
    if claim.dimension and claim.dimension not in list(Dimension):
        names = ", ".join(Dimension)
        faults["dimension"] = f"The dimension is {shown(claim.dimension)}; choose {names} or none."
    if faults:
        raise ClaimInvalid(faults)
    return replace(
        claim,
        claim=clean["claim"],
        evidence=clean["evidence"],
        evidence_url=clean["evidence_url"],
    )


def check_sender(sender: Sender) -> Sender:
    faults: dict[str, str] = {}
    clean = Sender(
        name=_clean("name", "The name", sender.name, limits.NAME, faults),
        email=_clean("email", "The e-mail address", sender.email, EMAIL, faults),
        credit=_clean("credit", "The name to print", sender.credit, limits.NAME, faults),
    )
    if clean.email and ("@" not in clean.email.strip("@") or " " in clean.email):
        faults["email"] = "This is no e-mail address; correct it, or leave it empty."
    if faults:
        raise ClaimInvalid(faults)
    return clean


def _clean(
    name: str, field: str, value: str, limit: int, faults: dict[str, str], *, lines: bool = False
) -> str:
    try:
        return clean_text(value, multiline=lines, field=field, max_length=limit)
    except IntakeError as error:
        faults[name] = error.message
        return ""
