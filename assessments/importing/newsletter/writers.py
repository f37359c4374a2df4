"""Who wrote a letter: the wordings that bring one in, sign it, or answer it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.importing.newsletter.bodies import Body
from assessments.importing.newsletter.issue import Quoted, Span
from assessments.importing.newsletter.lines import quoted
from assessments.importing.newsletter.naming import Known, known_in

_NOBODY = (
    r"(?!(?:You|We|I|They|He|She|It|Some|Someone|Somebody|Q|A|Re|PS|Answer|Reply|The|This|That|My"
    r"|Our)\b)"
)
_PERSON = (
    rf"{_NOBODY}[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){{0,3}}"
    rf"(?:\s*(?:\([^()]{{1,80}}\)|<[^<>\s]{{3,80}}>))?"
)
_SAYS = (
    r"(?:writes?|wrote|says?|said|asks?|asked|notes?|noted|argues?|argued|points? out|pointed out|"
    r"sends?|sent|mailed|emailed|replies|replied|comments?|commented|corrects?|corrected|disagrees?|disagreed|reports?|objects?"
    r"|c[ao]mes? back|adds?|added)"
)
FROM = re.compile(
    rf"(?:[^.!?]{{0,60}}\b)?(?:[Ff]rom|[Bb]y)\s+(?P<from>{_PERSON})\s*(?:[:,]|$)"
    rf"|(?P<says>{_PERSON})(?:\s*,[^,:]{{1,80}},)?(?:\s(?:himself|herself|then))?\s+{_SAYS}\b[^:“\"]{{0,120}}(?:[:,]|$|(?=[“\"]))"
    rf"|[^“\"]{{1,120}}[.!?]\s+(?P<after>{_PERSON})\s+{_SAYS}\b[^:“\"]{{0,60}}:\s*(?:$|(?=[“\"]))"
    rf"|(?P<bare>{_PERSON})\s*:"
)
_WHOSE = rf"{_PERSON}(?:,[^.:\r\n]{{1,80}})?"
SIGNED = re.compile(rf"\s*[-–—~]\s*(?P<who>{_WHOSE})[.\s]*")
SIGNED_IN_BRACKETS = re.compile(rf"\s*\((?P<who>{_WHOSE})\)\W*")
SIGNED_AT_END = re.compile(rf"\s+[-–—~]\s*(?P<who>{_WHOSE})\s*$")
# “Yours, Mona”: a letter without quotation marks ends so.
FAREWELL = re.compile(
    r"(?:^|(?<=[.!?])\s+)(?:best(?: wishes| regards)?|(?:kind |warm )?regards|cheers|yours(?: \w+)?"
    rf"|sincerely|greetings|thanks),?\s+(?P<who>(?-i:{_WHOSE}))[.\s]*$",
    re.IGNORECASE,
)
SALUTED = re.compile(r"(?:dear|hi|hello|hey)\b[^.!?:]{0,60}[,!:]", re.IGNORECASE)
NAME_ALONE = re.compile(rf"\s*[-–—~]?\s*(?P<who>{_WHOSE})[.\s]*")
ASKED = re.compile(
    r"[*_\s]*(?:Q(?:uestion)?|PS(?= from\b))(?: from (?P<asker>[^:.]{2,60}))?\s*[:.]\s*",
    re.IGNORECASE,
)
ANSWER = re.compile(
    r"[*_\s>→-]*(?:A|(?:our |the |my )?(?:answer|reply|response)"
    r"|editor(?:'s note)?|ed|we reply|us|me|author)\.?\s*[*_]*[:.]\s*[*_]*\s*",
    re.IGNORECASE,
)
# “Q: … A: …” on one line.
ANSWER_INSIDE = re.compile(r"(?<=[.?!*_])\s+[*_]*A(?:nswer)?[*_]*\s*[:.][*_]*\s+(?=\S)")
_READER = (
    r"(?:[Aa]n?|[Oo]ne|[Tt]he same|[Aa]nother) (?:[a-z]+ )?reader(?: (?:in|from|at) [A-Z][\w.-]+)?"
    r"|[Aa]nonymous|@[\w.]{2,30}(?: [\w.]{1,30}){0,2}"
)
_WHO = rf"(?:{_READER}|{_PERSON})"
_ON = r"(?:(?:[Oo]n|[Aa]bout|[Rr]e|[Aa]s to) [^,:.!?]{2,40}, ?)?"
_LED = re.compile(
    rf"\s*{_ON}"
    r"(?:(?:[Aa]lso|[Aa]gain|[Ff]inally)?,? ?(?:[Ff]rom )?)"
    rf"(?P<who>{_WHO}(?:,[^,:.!?]{{1,60}})?)"
    rf"(?:\s+(?:again|too|also|once more|{_SAYS}))*(?:\s+(?:on|about|re)\s[^:.!?]{{1,60}})?"
    r"\s*:\s*"
)
_THAT = re.compile(
    rf"\s*{_ON}(?P<who>{_WHO})(?:\s*,[^,:]{{1,80}},)?(?:\s+(?:also|again|too))?"
    rf"\s+{_SAYS}(?:\s(?:in|back|us|me|to say))*\s+that\s+"
)
_IN_BRACKETS = re.compile(rf"\s+\((?P<who>{_PERSON}(?:,[^()]{{1,60}})?)\)\W*$")
# What stands before a colon in a mailbag and is nobody's name.
_NO_NAMES = frozenset(
    (
        *("answer", "reply", "response", "question", "letter", "mail", "update", "correction"),
        *("corrections", "corrected", "erratum", "errata", "clarification", "note", "notes", "nb"),
        *("ps", "editor", "author", "reader", "readers", "thanks", "thank", "dear", "from", "on"),
        *(
            "about",
            "subject",
            "topic",
            "tip",
            "link",
            "links",
            "source",
            "sources",
            "quote",
            "fact",
        ),
        *(
            "date",
            "today",
            "yesterday",
            "meanwhile",
            "true",
            "agreed",
            "done",
            "sorry",
            "yes",
            "no",
        ),
        *(
            "fair",
            "noted",
            "fixed",
            "indeed",
            "right",
            "wrong",
            "well",
            "ok",
            "okay",
            "good",
            "here",
        ),
        *("now", "then", "last", "next", "more", "another", "also", "finally", "first", "second"),
        *("third", "bottom", "main", "short", "long", "disclaimer", "disclosure", "reminder", "in"),
        *(
            "for",
            "to",
            "by",
            "at",
            "and",
            "but",
            "so",
            "still",
            "what",
            "why",
            "how",
            "who",
            "when",
        ),
        *("is", "are", "claim", "evidence", "context", "background", "issue", "edition", "week"),
    )
)
SHORTEST_CLAIM, _SHORTEST_NAMED = 20, 12


@dataclass(frozen=True)
class Written:
    """A letter of one line; `around` are the words that bring it in or sign it."""

    who: str
    claim: Quoted
    around: Quoted


def written(body: Body, known: Sequence[Known]) -> Written | None:
    """The letter without quotation marks that a line brings in with a name, or signs."""
    quote = body.quote
    first = quote.span.start - body.line.start
    plain = body.line.plain[first : first + len(quote.words)]
    for pattern in (_LED, _THAT):
        found = pattern.match(plain)
        if found and is_person(found["who"], known):
            claim = quoted(quote.words[found.end() :], quote.span.start + found.end())
            around = quoted(quote.words[: found.end()], quote.span.start)
            return _long_enough(quote.words[found.start("who") : found.end("who")], claim, around)
    signed = SIGNED_AT_END.search(plain) or (body.is_listed and _IN_BRACKETS.search(plain)) or None
    if signed is None or not is_person(signed["who"], known):
        return None
    claim = quoted(quote.words[: signed.start()], quote.span.start)
    around = quoted(quote.words[signed.start() :], quote.span.start + signed.start())
    return _long_enough(signed["who"], claim, around)


def _long_enough(who: str, claim: Quoted, around: Quoted) -> Written | None:
    name = re.sub(r"\s+", " ", who).strip(" .,")
    return Written(name, claim, around) if len(claim.words) >= _SHORTEST_NAMED else None


def is_person(who: str, known: Sequence[Known]) -> bool:
    """Whether the words can be a name: no label such as “Update”, and no technology."""
    if re.fullmatch(_READER, who):
        return True
    named = re.sub(r"\([^()]*\)|,.*", "", who)
    words = [word.casefold() for word in re.findall(r"[\w'’-]+", named)]
    is_label = any(word in _NO_NAMES for word in words)
    return bool(words) and not is_label and not any(known_in(Quoted(named, Span(0, 0)), known))
