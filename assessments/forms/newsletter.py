"""The answers to what an issue does not settle, and where its unplaced words go."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.forms.card import CardEditor
from assessments.forms.clean import CleanLine
from assessments.forms.typed import ChoiceText, DayText, TypedText
from assessments.importing.newsletter.issue import Ask, Letter, Level, Option, Quoted, Years
from assessments.values import limits
from assessments.values.challenge import Claim, Sender
from assessments.values.citations import Direction, Strength
from assessments.values.fields import read_date
from assessments.values.scale import Certainty, Dimension, RatingValue
from intake.errors import IntakeError

NEITHER = "neither"
IN_SOURCE, AS_NOTE = "source", "note"
# Where the words of a passage go: a field of the card, or a row of their own.
_TEXTS = {
    "summary": "summary",
    "text": "text",
    **{one.value: f"{one}-rationale" for one in Dimension},
    "rating": "rating_note",
}
_ROWS = {
    "question": ("open_questions", "question"),
    "prediction": ("predictions", "statement"),
    "scenario": ("scenarios", "text"),
    "company": ("companies", "name"),
    "tripwire": ("tripwires", "sentence"),
    "cited": ("sources", "title"),
}
PLACES = (
    (IN_SOURCE, "leave it in the source"),
    ("summary", "add it to the summary"),
    ("text", "add it to the text"),
    *((one.value, f"add it to the reason for {one}") for one in Dimension),
    ("scenario", "add it as a scenario"),
    ("company", "add each line as a company"),
    ("rating", "add it to the note on the rating"),
    ("question", "add it as an open question"),
    ("prediction", "add it as a prediction"),
    ("tripwire", "add it as a tripwire"),
    ("cited", "add each line as a source"),
    (AS_NOTE, "keep it as a note of the team"),
)
_MARKS = " \t*•-–—|"
_BY_LINE = {"company", "cited"}
STRENGTHS = (("", "how strongly?"), *((one.value, one.value) for one in Strength))
DIRECTIONS = (("", "is not cited"), *((one.value, f"{one} it") for one in Direction))


class TechnologyForm(forms.Form):
    """Which technology a part of an issue is about, by its name or an alias."""

    name = CleanLine(
        "Technology",
        limit=limits.NAME,
        noun="The name",
        error_messages={"required": "Needed: the name of a technology."},
    )


class LetterForm(forms.Form):
    """A letter of the mailbag on its way to the ledger of challenges; kept as typed."""

    technology = CleanLine(
        "About",
        limit=limits.NAME,
        noun="The name",
        help_text="A technology, by name or alias.",
        error_messages={"required": "Needed: the name or an alias of a technology of the list."},
    )
    dimension = ChoiceText("On", [("", "none of the six"), *((one, one) for one in Dimension)])
    claim = TypedText("What is claimed", limit=limits.PASSAGE, lines=4)
    evidence = TypedText("What speaks for it", limit=limits.PASSAGE, lines=2)
    name = TypedText("Who wrote it", limit=limits.NAME, hint="For the team alone.")
    credit = TypedText("Name to print", limit=limits.NAME, hint="Empty: “a reader”.")
    said_on = DayText("Written on", hint="Empty: today.")
    reply = TypedText("What the issue answered", limit=limits.PASSAGE, lines=4)

    @classmethod
    def of(cls, number: int, letter: Letter, dated: date | None) -> "LetterForm":
        """The letter as it was read; on which dimension is not said, and so not filled in."""
        return cls(
            auto_id=ids_of(number),
            initial={
                "technology": letter.about[0].name if len(letter.about) == 1 else "",
                "claim": letter.claim.words,
                "name": letter.who,
                "said_on": dated.isoformat() if dated else "",
                "reply": letter.reply,
            },
        )

    def claim_sent(self, letter: str) -> Claim:
        """`letter` are the words that the claim was read from; empty where it was typed."""
        typed = self.cleaned_data
        return Claim(
            claim=typed["claim"],
            dimension=typed["dimension"] or "",
            evidence=typed["evidence"],
            said_on=typed["said_on"],
            letter=letter,
        )

    def sender(self) -> Sender:
        typed = self.cleaned_data
        return Sender(name=typed["name"], credit=typed["credit"])

    def clean_said_on(self) -> date | None:
        sent = self.cleaned_data["said_on"]
        try:
            return read_date(sent, "The day of the letter") if sent else None
        except IntakeError as error:
            raise ValidationError(error.message) from error


@dataclass
class Answers:
    """The form as it was sent, with every answer in its field; `notes` are for the team, `wrong`
    says which choices are none, and `open` are the questions that have to be answered first."""

    data: QueryDict
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    open: list[Ask] = field(default_factory=list)


def ids_of(number: int) -> str:
    """Several letters stand on one page, each with its own form."""
    return f"id_{number}_%s"


def answer_name(ask: Ask) -> str:
    return f"answer-{ask.key.replace(' ', '-')}"


def place_name(number: int) -> str:
    return f"place-{number}"


def cite_names(dimension: Dimension) -> tuple[str, str]:
    return f"cite-{dimension}", f"cite-{dimension}-strength"


def answered(
    data: QueryDict, asks: Sequence[Ask], unplaced: Sequence[Quoted], item: str
) -> Answers:
    """A field that was filled by hand answers its question too, and wins over the choice; `item`
    is the key of the issue, which is cited where somebody says so."""
    answers = Answers(data.copy())
    for dimension in Dimension:
        _cite(answers, dimension, item)
    for ask in asks:
        _answer(answers, ask)
    if data.get("then") != "review":
        _leave_open(answers)
    for number, quote in enumerate(unplaced):
        place = data.get(place_name(number), IN_SOURCE)
        if place not in dict(PLACES):
            answers.wrong.append(f"Passage {number + 1}: choose one of the list.")
        _put(answers, place, quote.words)
    return answers


def _leave_open(answers: Answers) -> None:
    """A draft asks for nothing. A rating without its value is none, so its words become a note."""
    if any(ask.key == "rating" for ask in answers.open):
        words = answers.data.get("rating_note", "").strip()
        answers.notes.extend([words] if words else [])
        answers.data["rating_note"] = ""
    answers.open.clear()


def _cite(answers: Answers, dimension: Dimension, item: str) -> None:
    direction, strength = (answers.data.get(name, "") for name in cite_names(dimension))
    if not direction:
        return
    if direction not in {*Direction} or strength not in {*Strength}:
        answers.wrong.append(
            f"{dimension.capitalize()}: say what the issue does to it and how strongly, or choose"
            " that it is not cited."
        )
        return
    cited = {"item_named": item, "dimension": dimension.value}
    add_row(answers.data, "citations", cited | {"direction": direction, "strength": strength})


def refuse_open(editor: CardEditor, answers: Answers) -> bool:
    """Whether a question is open or a choice wrong; each is told where it stands."""
    for ask in answers.open:
        _refuse(editor, ask)
    for message in answers.wrong:
        editor.card.add_error(None, message)
    return bool(answers.open or answers.wrong)


def _refuse(editor: CardEditor, ask: Ask) -> None:
    dimension, _, of_certainty = ask.key.partition(" ")
    message = f"{ask.why} Choose one of them, or fill the field in."
    if dimension in {one.value for one in Dimension}:
        form: forms.Form = editor.timing
        if dimension != Dimension.TIMING:
            form = editor.levels[Dimension(dimension)]
        first = "year_from" if dimension == Dimension.TIMING else "level"
        form.add_error("certainty" if of_certainty else first, message)
    else:
        name = "rating_value" if ask.key == "rating" else None
        editor.card.add_error(
            name, f"{ask.key.capitalize()}: {message}" if name is None else message
        )


def _answer(answers: Answers, ask: Ask) -> None:
    data = answers.data
    if any(data.get(name, "").strip() for name in _fields_of(ask)):
        return
    chosen = data.get(answer_name(ask), "")
    option = _chosen(ask, chosen)
    if option is not None:
        _fill(data, ask.key, option)
    elif chosen != NEITHER or not may_stay_open(ask):
        answers.open.append(ask)


def may_stay_open(ask: Ask) -> bool:
    """A certainty may be left unsaid, and a prediction out; a level says why it is unscored."""
    return ask.key.endswith(" certainty") or ask.key in {"prediction", "rating"}


def _chosen(ask: Ask, sent: str) -> Option | None:
    if not re.fullmatch(r"\d{1,2}", sent, re.ASCII) or int(sent) >= len(ask.options):
        return None
    return ask.options[int(sent)]


def _fields_of(ask: Ask) -> tuple[str, ...]:
    dimension, _, of_certainty = ask.key.partition(" ")
    if of_certainty:
        return (f"{dimension}-certainty",)
    if dimension == Dimension.TIMING:
        return ("timing-year_from", "timing-is_unscored")
    return {"rating": ("rating_value",), "prediction": ()}.get(ask.key, (f"{dimension}-level",))


def _fill(data: QueryDict, key: str, option: Option) -> None:
    value = option.value
    if isinstance(value, Certainty):
        data[f"{key.partition(' ')[0]}-certainty"] = value.value
    elif isinstance(value, RatingValue):
        data["rating_value"] = value.value
    elif isinstance(value, Years):
        _set(data, _years(value))
    elif isinstance(value, Level):
        _set(data, _level(key, value))
    else:
        add_row(data, "predictions", {"statement": value})


def _set(data: QueryDict, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        data[name] = value


def _years(value: Years) -> dict[str, str]:
    if value.unscored_reason:
        return {"timing-is_unscored": "on", "timing-unscored_reason": value.unscored_reason.value}
    last = {"timing-year_to": str(value.year_to)} if value.year_to else {}
    return {"timing-year_from": str(value.year_from)} | last


def _level(key: str, value: Level) -> dict[str, str]:
    if value.unscored_reason:
        reason = value.unscored_reason.value
        return {f"{key}-level": "unscored", f"{key}-unscored_reason": reason}
    span = {f"{key}-is_span": "on"} if value.level_to else {}
    return {f"{key}-level": value.level or ""} | span


def _put(answers: Answers, place: str, words: str) -> None:
    data = answers.data
    if place in _TEXTS:
        name = _TEXTS[place]
        data[name] = "\n\n".join(filter(None, (data.get(name, "").rstrip(), words)))
    elif place in _ROWS:
        key, field_name = _ROWS[place]
        for row in words.split("\n") if place in _BY_LINE else [words]:
            bare = row.strip(_MARKS) if place in _BY_LINE else row
            if bare:
                add_row(data, key, {field_name: bare} | _named(place, bare))
    elif place == AS_NOTE:
        answers.notes.append(words)


def _named(place: str, words: str) -> dict[str, str]:
    """A scenario has a name: the first line, until somebody gives it a better one."""
    first = words.strip(_MARKS).partition("\n")[0]
    return {"name": first[:60].rstrip()} if place == "scenario" else {}


def add_row(data: QueryDict, key: str, values: Mapping[str, str]) -> None:
    """The values stand in a row of their own, below those that were sent."""
    total = data.get(f"{key}-TOTAL_FORMS", "")
    if not re.fullmatch(r"\d{1,3}", total, re.ASCII):
        return
    _set(data, {f"{key}-{total}-{name}": value for name, value in values.items()})
    data[f"{key}-TOTAL_FORMS"] = str(int(total) + 1)
