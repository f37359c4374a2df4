"""The card editor: six questions with what each answer means, then the texts of the card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.dateformat import format as formatted

from assessments.citing import offered_items, retracted_among
from assessments.comments import Remark, remarks_on
from assessments.forms.card import CardEditor
from assessments.forms.citations import CitationForm
from assessments.forms.reading import Trouble, troubles
from assessments.forms.rows import RowSet
from assessments.forms.scores import UNSCORED, LevelForm, TimingForm
from assessments.minor import why_none_yet
from assessments.models import Buffer, Card, Revision
from assessments.opinions import Opinion, content_of, lead_of
from assessments.pages.choices import (
    Choice,
    LevelChoice,
    certainty_choices,
    level_choices,
    reason_choices,
)
from assessments.pages.scores import ScoreLine, score_lines
from assessments.second_opinions import withheld_on, withheld_words
from assessments.selectors import state_of
from assessments.states import State
from assessments.values.meanings import QUESTIONS
from assessments.values.scale import Dimension, next_level
from evidence.models import Item
from record.clock import now

_HINTS = {
    Dimension.IMPACT: (
        "Score the value if it succeeds. Do not mark it down because you doubt it: doubt belongs"
        " in certainty and viability."
    ),
    Dimension.TIMING: "The market opens when independent buyers pay for it without a subsidy.",
}


MOST_SHOWN = 12


@dataclass(frozen=True)
class Step:
    """An entry of the list of parts; `sign` is done, unscored or nothing."""

    anchor: str
    name: str
    state: str
    sign: str


@dataclass(frozen=True)
class DimensionPart:
    """One dimension to score; timing has no levels."""

    key: str
    name: str
    question: str
    hint: str
    form: LevelForm | TimingForm
    levels: tuple[LevelChoice, ...]
    certainties: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    is_unscored: bool
    former: str
    former_unscored: str
    step: Step
    cited: int


@dataclass(frozen=True)
class RowsPart:
    key: str
    heading: str
    hint: str
    rows: RowSet

    @property
    def step(self) -> Step:
        filled = sum(not form.is_blank for form in self.rows.forms)
        return Step(self.key, self.heading, f"{filled} given" if filled else "none yet", "")


@dataclass(frozen=True)
class OtherOpinion:
    author: str
    role: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True)
class EditorPage:
    """`built_on` is the revision that was open, None while the card has none; `reached_ms` is
    when the site last got what the person typed."""

    opinion: Opinion
    editor: CardEditor
    action: str
    buffer_url: str
    lead: Revision | None
    built_on: Revision | None
    reached_ms: int
    now_ms: int
    returned: str
    kept: Buffer | None
    dimensions: tuple[DimensionPart, ...]
    rows: tuple[RowsPart, ...]
    troubles: tuple[Trouble, ...]
    others: tuple[OtherOpinion, ...]
    may_see_others: bool
    withheld: str
    remarks: tuple[Remark, ...]
    why_not_minor: str
    library: tuple[Item, ...]
    begun_from: int
    citing: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.opinion.technology.name

    @property
    def lead_address(self) -> str:
        """Where the lead card is revised instead of giving a second opinion."""
        if self.lead is None:
            return ""
        address = reverse("assessments:card-edit", args=[self.lead.card_id])
        return f"{address}?{urlencode(self.citing)}#citations" if self.citing else address

    @property
    def second_address(self) -> str:
        """Where somebody who did not write this lead card judges the technology alone."""
        card, head, by = self.opinion.card, self.opinion.head, self.opinion.author.pk
        if self.opinion.is_second or card is None or head is None:
            return ""
        if by in {card.owner_id, head.author_id}:
            return ""
        return _new_address(self.opinion, Card.Role.SECOND, self.citing)

    @property
    def store_key(self) -> str:
        """Under which a browser keeps what did not reach the site."""
        opinion = self.opinion
        return f"card:{opinion.author.pk}:{opinion.technology.slug}:{opinion.role}"

    @property
    def done(self) -> int:
        return sum(bool(part.step.sign) for part in self.dimensions)

    @property
    def done_words(self) -> str:
        return f"{self.done} of {len(self.dimensions)} done"

    @property
    def further_steps(self) -> tuple[Step, ...]:
        steps = [part.step for part in self.rows]
        rated = str(self.editor.card["rating_value"].value() or "not yet")[:20]
        steps.insert(2, Step("rating", "Rating", rated, ""))
        return (
            Step("words", "In words", "", ""),
            *steps,
            Step("revision", "This revision", "", ""),
        )

    @property
    def is_behind(self) -> bool:
        """Somebody saved the card after what is brought back here was begun."""
        newest = self.built_on.content_hash if self.built_on else ""
        return self.kept is not None and self.kept.parent_hash != newest


_ROWS = (
    ("scenarios", "Scenarios", "How it could turn out. Probabilities, where given, add up to 1."),
    ("companies", "Companies", "Who builds or buys it, and what we hold of them."),
    ("tripwires", "Tripwires", "What single observation would change a level?"),
    ("open_questions", "Open questions", "What you would ask next, and what came back."),
    (
        "predictions",
        "2030 prediction",
        "One statement that can turn out wrong, in the parts that make it checkable.",
    ),
    ("sources", "Sources", "What a reader can look up."),
    (
        "citations",
        "Evidence",
        (
            "Items of the library, and what each does to one score; a window is raised to later"
            " years and lowered to earlier ones. Readers see the title, the quotation and the"
            " belief update, and nothing else of the item."
        ),
    ),
)


def editor_page(
    opinion: Opinion,
    editor: CardEditor,
    kept: Buffer | None = None,
    *,
    begun_from: int = 0,
    citing: Mapping[str, str] | None = None,
) -> EditorPage:
    head = opinion.head
    mine = _newest_of_author(opinion)
    _mark_retracted(editor)
    if head is not None:
        editor.card.fields["as_of"].help_text = (
            f"The day your scores hold for. Revision {head.number} speaks of"
            f" {formatted(head.as_of, 'j F Y')}: give that day where you did not look at the scores"
            " again."
        )
    return EditorPage(
        opinion=opinion,
        editor=editor,
        action=_action(opinion, begun_from, citing or {}),
        begun_from=begun_from,
        citing=citing or {},
        buffer_url=_buffer_url(opinion),
        lead=lead_of(opinion.technology) if opinion.is_second else None,
        built_on=head,
        reached_ms=max(
            _milliseconds(mine.recorded_at if mine else None),
            _milliseconds(kept.updated_at if kept else None),
        ),
        now_ms=_milliseconds(now()),
        returned=_returned(head),
        kept=kept,
        dimensions=tuple(_dimension(key, opinion, editor) for key in Dimension),
        rows=tuple(RowsPart(*words, editor.rows[words[0]]) for words in _ROWS),
        troubles=tuple(troubles(editor)) if editor.is_bound and not kept else (),
        others=_others(opinion),
        may_see_others=mine is not None,
        withheld=withheld_words(withheld_on(opinion.technology, opinion.author)),
        remarks=_remarks(opinion),
        why_not_minor=why_none_yet(opinion.card) if opinion.card else "",
        library=tuple(offered_items()),
    )


def _mark_retracted(editor: CardEditor) -> None:
    rows = [row for row in editor.rows["citations"].forms if isinstance(row, CitationForm)]
    found = retracted_among(row.key_shown for row in rows if row.key_shown)
    for row in rows:
        row.retracted = found.get(row.key_shown)


def _milliseconds(moment: datetime | None) -> int:
    return int(moment.timestamp() * 1000) if moment else 0


def _action(opinion: Opinion, begun_from: int, citing: Mapping[str, str]) -> str:
    if opinion.card is None:
        return _new_address(opinion, opinion.role, citing)
    asked = ({"from": str(begun_from)} if begun_from else {}) | dict(citing)
    address = reverse("assessments:card-edit", args=[opinion.card.pk])
    return f"{address}?{urlencode(asked)}" if asked else address


def _new_address(opinion: Opinion, role: str, citing: Mapping[str, str]) -> str:
    """The form of a card that may not be there yet; a second opinion is asked for by its role."""
    second = {"role": role} if role == Card.Role.SECOND else {}
    asked = {"technology": opinion.technology.slug} | second | dict(citing)
    return f"{reverse('assessments:card-create')}?{urlencode(asked)}"


def _buffer_url(opinion: Opinion) -> str:
    if opinion.card is None:
        return f"{reverse('assessments:buffer-start')}?technology={opinion.technology.slug}"
    return reverse("assessments:buffer-keep", args=[opinion.card.pk])


def _newest_of_author(opinion: Opinion) -> Revision | None:
    if opinion.card is None:
        return None
    return opinion.card.revisions.filter(author=opinion.author).order_by("-number").first()


def _returned(head: Revision | None) -> str:
    if head is None or state_of(head) is not State.RETURNED:
        return ""
    note: str = (
        head.events.filter(kind="returned").order_by("-id").values_list("note", flat=True)[0]
    )
    return note


def _dimension(key: Dimension, opinion: Opinion, editor: CardEditor) -> DimensionPart:
    form = editor.timing if key is Dimension.TIMING else editor.levels[key]
    values = {name: form[name].value() or "" for name in form.fields}
    is_unscored = values.get("level") == UNSCORED or bool(values.get("is_unscored"))
    former = _former(key, opinion)
    return DimensionPart(
        key=key.value,
        name=key.capitalize(),
        question=f"{QUESTIONS[key][:1].lower()}{QUESTIONS[key][1:]}",
        hint=_HINTS.get(key, ""),
        form=form,
        levels=level_choices(key, values.get("level", ""), former),
        certainties=certainty_choices(key, values["certainty"]),
        reasons=reason_choices(values["unscored_reason"]),
        is_unscored=is_unscored,
        former=former.get("", ""),
        former_unscored=former.get(UNSCORED, ""),
        step=_step(key, values, is_unscored=is_unscored),
        cited=sum(
            row["dimension"].value() == key.value
            for row in editor.rows["citations"].forms
            if not row.is_blank
        ),
    )


def _step(key: Dimension, values: Mapping[str, Any], *, is_unscored: bool) -> Step:
    name = key.capitalize()
    if is_unscored:
        reason = values["unscored_reason"] or "say why"
        return Step(key.value, name, f"unscored: {reason}", "unscored")
    score = _typed_score(key, values)
    if not score:
        return Step(key.value, name, "not yet", "")
    words = [score, str(values["certainty"])[:MOST_SHOWN]]
    return Step(key.value, name, ", ".join(filter(None, words)), "done")


def _typed_score(key: Dimension, values: Mapping[str, Any]) -> str:
    """What is typed, right or wrong, as the list of parts shows it."""
    if values.get("level"):
        level = str(values["level"])[:MOST_SHOWN]
        above = next_level(key, level) if values.get("is_span") else None
        return f"{level}/{above}" if above else level
    if not values.get("year_from"):
        return ""
    years = [str(values[name])[:MOST_SHOWN] for name in ("year_from", "year_to") if values[name]]
    return " to ".join(years)


def _former(key: Dimension, opinion: Opinion) -> Mapping[str, str]:
    """The tag of the level that the newest revision gives; under "" where it has no row."""
    content = opinion.content()
    if content is None or opinion.head is None:
        return {}
    line = next(line for line in score_lines(content["scores"]) if line.dimension is key)
    whose = "your" if opinion.head.author_id == opinion.author.pk else "its"
    when = formatted(opinion.head.as_of, "j M Y")
    if not line.is_scored:
        return {UNSCORED: f"{whose} answer on {when}"}
    if not line.level:
        return {"": f"{whose} window on {when}: {line.printed}"}
    above = f" up to {line.level_to}" if line.level_to else ""
    return {line.level: f"{whose} level{above} on {when}"}


def _remarks(opinion: Opinion) -> tuple[Remark, ...]:
    """What reviewers said of the card and nobody has resolved."""
    every = remarks_on(opinion.card, opinion.author) if opinion.card else ()
    return tuple(remark for remark in every if remark.is_open)


def _others(opinion: Opinion) -> tuple[OtherOpinion, ...]:
    """What others say of the technology in their newest revisions that this person sees."""
    seen = Revision.objects.visible_to(opinion.author).filter(card__technology=opinion.technology)
    newest = seen.filter(card=OuterRef("card")).order_by("-number").values("pk")[:1]
    heads = seen.filter(pk=Subquery(newest)).select_related("card", "author").order_by("card")
    if opinion.card is not None:
        heads = heads.exclude(card=opinion.card)
    return tuple(
        OtherOpinion(
            head.author.get_username(),
            head.card.role,
            score_lines(content_of(head)["scores"]),
        )
        for head in heads
    )
