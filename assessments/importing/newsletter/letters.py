"""What readers wrote, and what the issue answers them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from assessments.importing.newsletter.bodies import Body, joined
from assessments.importing.newsletter.issue import Candidate, Letter, Quoted, Span
from assessments.importing.newsletter.lines import Mark, quoted
from assessments.importing.newsletter.naming import Known, begun_by, known_in
from assessments.importing.newsletter.writers import (
    ANSWER,
    ANSWER_INSIDE,
    ASKED,
    FAREWELL,
    FROM,
    NAME_ALONE,
    SALUTED,
    SHORTEST_CLAIM,
    SIGNED,
    SIGNED_AT_END,
    SIGNED_IN_BRACKETS,
    is_person,
    written,
)

_OPEN, _CLOSE = '“"«', '”"»'
_LONGEST_NAME_LINE = 60
_MOST_LINES = 400
_FEWEST_ANSWERS, _LINE_APART = 2, 2
_MOST_PARAGRAPHS, _MOST_TOPICS = 12, 4


class _Post:
    """The letters as they come, line by line; `_around` are the words that bring a letter in or
    sign it, `parted` the places where a line begins below an empty one."""

    def __init__(self, known: Sequence[Known], parted: Collection[int]) -> None:
        self.known, self.parted = known, parted
        self.letters: list[Letter] = []
        self._topics: list[Quoted] = []
        self._begin()

    def _begin(self) -> None:
        self._who = ""
        self._around: list[Quoted] = []
        self._claim: list[Quoted] = []
        self._reply: list[Body] = []
        self._is_saluted = False
        self._is_unfinished = False
        self._barred: Body | None = None

    def take(self, body: Body) -> None:
        self._is_unfinished = self._is_unfinished and body.line.start not in self.parted
        is_asked = bool(ASKED.match(body.words))
        answer = ANSWER.match(body.words) if self._claim else None
        if is_asked or SALUTED.match(body.words):
            self._close()
            self._is_saluted = not is_asked
            self._ask(body) if is_asked else self._write_on(body)
        elif answer:
            self._answer(body, answer.end())
        elif self._is_saluted:
            self._write_on(body)
        elif self._is_unfinished and body.line.mark is Mark.NONE and not FROM.match(body.words):
            self._claim.append(body.quote)
            self._is_unfinished = _is_unfinished(body)
        else:
            self._take_quoted(body)

    def _ask(self, body: Body) -> None:
        """“Q: …”, with its answer where that stands on the same line."""
        inside = ANSWER_INSIDE.search(body.words)
        if inside is None:
            self._write_on(body)
            return
        quote = body.quote
        self._claim.append(self._asked(quoted(quote.words[: inside.start()], quote.span.start)))
        first = quote.span.start - body.line.start
        label = quote.words[inside.start() : inside.end()]
        self._around.append(quoted(label, quote.span.start + inside.start()))
        self._reply.append(Body(body.line, first + inside.end()))

    def _answer(self, body: Body, end: int) -> None:
        """“A: …”, “Our answer: …”: the label stands beside the letter, the words are the reply."""
        self._is_saluted = self._is_unfinished = False
        self._around.append(quoted(body.words[:end], body.quote.span.start))
        if body.words[end:].strip():
            self._reply.append(Body(body.line, body.quote.span.start - body.line.start + end))

    def take_long(self, bodies: Sequence[Body], claim: list[Quoted]) -> None:
        """A quotation of several paragraphs; before it may stand who wrote it."""
        self._lead(bodies[0], claim[0])
        self._claim = claim
        self._rest(bodies[-1], claim[-1])

    def _write_on(self, body: Body) -> None:
        """A letter without quotation marks goes on, up to the name below it."""
        quote = self._asked(body.quote)
        alone = NAME_ALONE.fullmatch(quote.words)
        farewell = FAREWELL.search(quote.words)
        if farewell:
            self._who = farewell["who"].strip(" .")
            first = farewell.start()
            self._around.append(quoted(quote.words[first:], quote.span.start + first))
            quote = quoted(quote.words[:first], quote.span.start)
        elif self._claim and alone and len(quote.words) <= _LONGEST_NAME_LINE:
            self._who = alone["who"].strip(" .")
            self._around.append(quote)
            quote = Quoted("", quote.span)
        if quote.words:
            self._claim.append(quote)
        self._is_saluted = self._is_saluted and not self._who

    def _asked(self, quote: Quoted) -> Quoted:
        """The question of “Q: … — Jan”, without its label and its writer."""
        label = ASKED.match(quote.words)
        if label is None:
            return quote
        bare = quote.words.rstrip("*_ ")
        signed = SIGNED_AT_END.search(bare)
        last = signed.start() if signed else len(bare)
        self._around.append(quoted(bare[: label.end()].rstrip(), quote.span.start))
        self._who = (label["asker"] or self._who).strip()
        if signed:
            self._who = signed["who"].strip(" .")
            self._around.append(quoted(bare[last:], quote.span.start + last))
        return quoted(bare[label.end() : last], quote.span.start + label.end())

    def _take_quoted(self, body: Body) -> None:
        found = FROM.match(body.words)
        claim = _claim_in(body) or _told(body, found)
        if claim and self._is_answered_in_bars(body):
            self._reply.append(Body(body.line, body.line.text.index(">") + 1))
        elif claim and self._goes_on(body):
            self._claim.append(claim)
            self._barred = body
        elif claim:
            self._lead(body, claim)
            self._claim = [claim]
            self._barred = body if _is_barred(body) else None
            self._rest(body, claim)
        elif self._take_written(body) or self._take_signed(body):
            pass
        elif found and found.end() == len(body.words) and is_person(_name_in(found), self.known):
            self._close()
            self._who = _name_in(found)
            self._around = [body.quote]
        elif self._claim:
            self._after(body)
        else:
            self._topics = [*self._topics[-_MOST_TOPICS:], body.quote]

    def _take_written(self, body: Body) -> bool:
        """A letter without quotation marks: with the name before it, on its line or on the one
        above, or behind it."""
        letter = written(body, self.known)
        if letter:
            self._close()
            self._who, self._around, self._claim = letter.who, [letter.around], [letter.claim]
        elif self._who and not self._claim and len(body.words) >= SHORTEST_CLAIM:
            self._claim = [body.quote]
        else:
            return False
        self._is_unfinished = _is_unfinished(body)
        return True

    def _take_signed(self, body: Body) -> bool:
        """“— Piet” below a line that is not the answer to the letter before it."""
        signed = SIGNED.fullmatch(body.line.text.strip())
        replies = [one.quote for one in self._reply[1:]]
        above = next(reversed(replies if self._claim else self._topics), None)
        is_next = above is not None and body.line.start - above.span.end <= _LINE_APART
        if signed is None or above is None or not is_next:
            return False
        self._reply, self._topics = self._reply[:-1], self._topics[:-1]
        self._close()
        self._who, self._around, self._claim = signed["who"].strip(" ."), [body.quote], [above]
        return True

    def _is_answered_in_bars(self, body: Body) -> bool:
        """A bar of a quotation right below a letter that was signed and had none."""
        last = max((quote.span.end for quote in (*self._around, *self._claim)), default=0)
        is_next = body.line.start - last == _LINE_APART - 1
        is_signed = bool(self._claim) and bool(self._who) and self._barred is None
        return is_signed and not self._reply and is_next and _is_barred(body)

    def _goes_on(self, body: Body) -> bool:
        """Two lines with the bar of a quotation, one below the other, are of one letter."""
        before = self._barred
        is_next = before is not None and body.line.start == before.line.end + 1
        return is_next and _is_barred(body)

    def _lead(self, body: Body, claim: Quoted) -> None:
        """What stands before the quotation, on its line or on the one above."""
        before = quoted(
            body.words[: claim.span.start - body.quote.span.start], body.quote.span.start
        )
        found = FROM.match(before.words) if before.words.strip(_OPEN + "> ") else None
        if self._claim or found:
            self._close()
        if found:
            self._who = _name_in(found)
            self._around.append(before)

    def _rest(self, body: Body, claim: Quoted) -> None:
        """“…” and on the same line who wrote it, or the first words of the answer."""
        first = claim.span.end - body.line.start
        rest = Body(body.line, first)
        behind = body.line.text[first:]
        signed = SIGNED.fullmatch(behind) or SIGNED_IN_BRACKETS.fullmatch(behind)
        if signed and not self._who:
            self._who = signed["who"].strip(" .")
            self._around.append(rest.quote)
        elif any(map(str.isalnum, rest.words)):
            self._reply.append(rest)

    def _after(self, body: Body) -> None:
        line = body.line.text.strip()
        signed = SIGNED.fullmatch(line) if not self._reply and not self._who else None
        if signed:
            self._who = signed["who"].strip(" .")
            self._around.append(body.quote)
        else:
            self._reply.append(body)

    def _close(self) -> None:
        if self._claim:
            self.letters.append(self._letter())
            self._topics = []
        self._begin()

    def _letter(self) -> Letter:
        claim = Quoted(
            _paragraphs(self._claim, self.parted),
            Span(self._claim[0].span.start, self._claim[-1].span.end),
        )
        quotes = [*self._around, *self._claim, *(body.quote for body in self._reply)]
        said = [re.sub(r"\*\*|__", "", quote.words) for quote in self._around]
        return Letter(
            who=self._who,
            claim=claim,
            reply=joined(self._reply),
            about=self._about(claim),
            spans=tuple(sorted(quote.span for quote in quotes)),
            lead=" … ".join(words for words in said if words.strip(" :,.-–—~*_()") != self._who),
        )

    def _about(self, claim: Quoted) -> tuple[Candidate, ...]:
        """What the letter names or the lines before it say it is on; where none names any, what
        the answer names, which speaks of more than the letter."""
        quotes = [claim, *self._around, *self._topics]
        named = self._named(quotes)
        return named or self._named([body.quote for body in self._reply])

    def _named(self, quotes: Sequence[Quoted]) -> tuple[Candidate, ...]:
        found: dict[str, Candidate] = {}
        for look in (known_in, begun_by):
            for quote in quotes:
                for one in look(quote, self.known):
                    found.setdefault(one.slug, one)
        return tuple(found.values())

    def finish(self) -> list[Letter]:
        self._close()
        return answered(self.letters)


def letters_of(bodies: Sequence[Body], known: Sequence[Known]) -> list[Letter]:
    """One letter for each quotation of a reader, or from a salutation to a name, with the words
    around it as the answer."""
    blanks = pairwise(bodies)
    post = _Post(known, [body.line.start for above, body in blanks if not above.words])
    said = [body for body in bodies if body.words][:_MOST_LINES]
    place = 0
    while place < len(said):
        claim = _long_claim(said[place : place + _MOST_PARAGRAPHS])
        if claim:
            post.take_long(said[place : place + len(claim)], claim)
            place += len(claim)
        else:
            post.take(said[place])
            place += 1
    return post.finish()


def answered(letters: Sequence[Letter]) -> list[Letter]:
    """Where one name follows each of several letters and never comes first, it is that of the
    writers of the issue, and what stands behind it are their answers."""
    after = [letter.who for letter in letters[1::2]]
    others = {letter.who for letter in letters[::2]}
    is_ours = len(after) >= _FEWEST_ANSWERS and len(set(after)) == 1 and after[0] not in others
    if not (is_ours and after[0]):
        return list(letters)
    return [_with_answer(*letters[place : place + 2]) for place in range(0, len(letters), 2)]


def _with_answer(letter: Letter, answer: Letter | None = None) -> Letter:
    if answer is None:
        return letter
    reply = "\n\n".join(filter(None, (letter.reply, answer.claim.words, answer.reply)))
    return replace(
        letter,
        reply=reply,
        about=letter.about or answer.about,
        spans=tuple(sorted((*letter.spans, *answer.spans))),
        lead=" … ".join(filter(None, (letter.lead, answer.lead or answer.who))),
    )


def _long_claim(bodies: Sequence[Body]) -> list[Quoted]:
    """The paragraphs of a quotation that opens on the first line and closes on a later one."""
    opened = _opened(bodies[0].words)
    if opened < 0 or _is_barred(bodies[0]):
        return []
    head = bodies[0].quote
    first = Span(head.span.start + opened, head.span.end)
    claim = [Quoted(head.words[opened + 1 :].strip(), first)]
    for body in bodies[1:]:
        words, start = body.words, body.quote.span.start
        last = max(words.rfind(character) for character in _CLOSE)
        ends = last > 0 and _opened(words[:last] + "”") < 0
        if ends:
            bare = quoted(words[:last].lstrip(_OPEN), start + len(words) - len(words.lstrip(_OPEN)))
            return [*claim, Quoted(bare.words, Span(start, start + last + 1))]
        if SALUTED.match(words) or FROM.fullmatch(words):
            return []
        claim.append(Quoted(words.lstrip(_OPEN), body.quote.span))
    return []


def _opened(words: str) -> int:
    """Where a quotation begins that the line does not end, after at most who says it."""
    first = next((place for place, character in enumerate(words) if character in _OPEN), -1)
    if first < 0 or not (first == 0 or FROM.fullmatch(words[:first].strip())):
        return -1
    opens = sum(words.count(character) for character in "“«")
    closes = sum(words.count(character) for character in "”»")
    return first if opens > closes or words.count('"') % 2 else -1


def _is_unfinished(body: Body) -> bool:
    """Whether a sentence goes on below the line."""
    return not re.search(r"[.!?…\"”»)]\W*$", body.words)


def _paragraphs(quotes: Sequence[Quoted], parted: Collection[int]) -> str:
    """The lines as one text, parted where an empty line parted them."""
    text = quotes[0].words
    for before, quote in pairwise(quotes):
        has_gap = any(before.span.end < place <= quote.span.start for place in parted)
        text += ("\n\n" if has_gap else "\n") + quote.words
    return text


def _is_barred(body: Body) -> bool:
    return body.line.text.lstrip().startswith(">")


def _name_in(found: "re.Match[str]") -> str:
    """The name, without the address of a mail."""
    name = next(name for name in found.groups() if name)
    return re.sub(r"\s*<[^<>]*>", "", name).strip(" ,:")


def _told(body: Body, found: "re.Match[str] | None") -> Quoted | None:
    """What follows “Ida Brandt writes:” without quotation marks."""
    if found is None or not (found["from"] or found["says"]) or not found.group().endswith(":"):
        return None
    rest = body.words[found.end() :]
    return quoted(rest, body.quote.span.start + found.end()) if len(rest) > SHORTEST_CLAIM else None


def _claim_in(body: Body) -> Quoted | None:
    """A quotation that fills the line, or what is left of it after who said it."""
    words, start = body.words, body.quote.span.start
    if body.line.text.lstrip().startswith(">"):
        bare = words.lstrip("> ").strip(_OPEN + _CLOSE)
        return Quoted(bare, body.quote.span) if len(bare) >= SHORTEST_CLAIM else None
    first = next((place for place, character in enumerate(words) if character in _OPEN), -1)
    last = max(words.rfind(character) for character in _CLOSE)
    before = words[:first] if first >= 0 else ""
    is_led = not before.strip() or bool(FROM.fullmatch(before.strip()))
    if first < 0 or last - first < SHORTEST_CLAIM or not is_led:
        return None
    return Quoted(words[first + 1 : last], Span(start + first, start + last + 1))
