"""The words with which newsletters head the parts of an assessment, as patterns without case."""

from enum import StrEnum

from assessments.values.scale import Dimension


class Opens(StrEnum):
    """The part of a card that begins with a heading."""

    DIMENSION = "dimension"
    SUMMARY = "summary"
    TEXT = "text"
    SCORES = "scores"
    SCENARIO = "scenario"
    SCENARIOS = "scenarios"
    COMPANIES = "companies"
    RATING = "rating"
    QUESTIONS = "questions"
    TRIPWIRES = "tripwires"
    PREDICTION = "prediction"
    SOURCES = "sources"
    MAIL = "mail"
    OTHER = "other"
    NOTHING = "nothing"


NAMES = {
    Dimension.VIABILITY: (
        r"(?:technical |technological |technology )?(?:viability|maturity|readiness)"
    ),
    Dimension.DRIVERS: (
        r"(?:adoption |market |demand )?drivers?(?: of (?:adoption|demand)| strength| power)?"
        r"|adoption forces|(?:market |demand )pull"
    ),
    Dimension.NOVELTY: r"novelty|newness|originality|differentiation",
    Dimension.DIFFUSION: r"diffusion|(?:ease of )?adoption|adoptability|uptake|spread",
    Dimension.IMPACT: r"(?:potential |expected )?impact|value creat(?:ed|ion)",
    Dimension.TIMING: (
        r"(?:market )?timing(?: window)?|(?:time |market )?window|timeline|time ?frame"
        r"|time[- ]to[- ]market|timescale"
    ),
}
QUESTIONS = {
    Dimension.VIABILITY: r"how (?:technically |technologically )?(?:mature|viable|ready)\b",
    Dimension.DRIVERS: r"how (?:powerful|strong) (?:are|is)\b|what (?:is driv|drives)\w*",
    Dimension.NOVELTY: r"how (?:much better|novel|new|different|original)\b",
    Dimension.DIFFUSION: (
        r"how (?:easily|easy|quickly|fast|readily)\b"
        r"|(?:will|does|can|could) (?:it|they|this) (?:diffuse|spread|catch on|get around)\b"
    ),
    Dimension.IMPACT: (
        r"how (?:much value|much is it worth|big|large|impactful)\b"
        r"|what (?:is|would|will|could|might) (?:it|this) (?:be )?(?:worth|change)\b"
    ),
    Dimension.TIMING: r"when(?: (?:will|does|is|might|could|should|would)\b|(?=\s*\?))",
}

_RATED = r"(?:over|under|fairly|correctly|rightly)[ -]?(?:rated|hyped|valued)?"
_WHOM = r"compan(?:y|ies)|start-?ups|players|vendors|firms|watch|matters"
_SUMMARISED = r"(?:summary|version|description)"
PARTS = {
    Opens.SUMMARY: (
        rf"(?:the )?(?:short|brief|quick|one[- ]line|executive)[ -]{_SUMMARISED}"
        r"|summary|in (?:short|brief|a nutshell|one (?:sentence|line))|tl;?dr|short|brief(?:ly)?"
        r"|what (?:is|are) (?:it|this|they|these)|what (?:it|this) is|the gist|abstract"
        r"|what(?:'s| is) an? [\w' -]{2,40}(?=\?)|(?:the )?(?:long and (?:the )?)?short of it"
        r"|(?:the )?elevator pitch"
        r"|one[- ]lin(?:e|er)"
    ),
    Opens.TEXT: (
        rf"(?:the )?(?:long(?:er)?|full|detailed)[ -]{_SUMMARISED}|in (?:full|detail|depth)|long"
        r"|(?:the )?(?:background|details)|explainer|(?:the )?longer (?:story|read|answer|one)"
        r"|how (?:it|this) works|how (?:does|do) (?:it|this|they) work"
    ),
    Opens.SCORES: (
        r"at a glance|(?:quick|our|my) scores"
        r"|(?:the )?score ?(?:card|board)|(?:the )?scores(?: at a glance| in short)?"
        r"|in numbers|the numbers|quick take|digest|scores? (?:and|in brief)\b.{0,20}"
    ),
    Opens.SCENARIOS: r"(?:the |impact |possible )?scenarios",
    Opens.COMPANIES: (
        r"(?:(?:what|who|which) (?:are|is)|who to|key|notable|important|interesting|some|most"
        rf"|the|main|leading|top)\b[^.:?]{{0,70}}\b(?:{_WHOM})\b[^.:?]{{0,40}}"
        r"|(?:compan(?:ies|y)|start-?ups|players|vendors|firms|names)"
        r"(?: (?:to watch|worth (?:watching|a look)|we like|of note))?"
        r"|who(?: (?:is|else is)|'s) (?:doing|building|making|selling|in) (?:it|this)"
    ),
    Opens.RATING: (
        rf"(?:is (?:it|this|the technology) )?{_RATED}"
        rf"(?:\s*(?:,|/|\bor\b|\bvs\.?)\s*(?:or )?{_RATED})+"
        r"|(?:is|are) (?:it|this|they) (?:over|under)[- ]?(?:rated|hyped|valued)"
        r"|(?:our |the )?(?:rating|verdict|hype(?: check| meter| or hope)?)"
    ),
    Opens.QUESTIONS: (
        r"(?:what are (?:the |some |our )*)?(?:main |key |big |biggest |remaining )?"
        r"(?:open|unanswered|unresolved|outstanding) (?:questions|issues)"
        r"|(?:key |big )?(?:questions|unknowns|uncertainties)|unanswered"
        r"|what (?:we|i) (?:(?:still )?do not|(?:still )?don't) know(?: yet)?|what remains open"
    ),
    Opens.TRIPWIRES: (
        r"trip ?wires?|what would change (?:my|our|your) minds?|what to watch(?: for)?"
    ),
    Opens.PREDICTION: (
        r"(?:our |my |the |a )?20\d\d call"
        r"|(?:our |my |the |a )?(?:20\d\d )?(?:predictions?|forecasts?|bets?)"
        r"(?: (?:(?:for|to|by) )?(?:the year )?20\d\d)?"
    ),
    Opens.SOURCES: r"sources|references|further reading|reading list|links",
    Opens.MAIL: (
        r"(?:the |reader |your )?(?:mail ?bag|post ?bag|letters?(?: to the editor)?)"
        r"|readers?'? (?:mail|feedback|comments|letters|corner)|feedback"
        r"|(?:from )?(?:the|our|my) (?:inbox|readers)|you (?:wrote|write)(?: in)?"
        r"|readers? (?:write|wrote|respond|responded|reply|replied)|corrections?(?: (?:and|&) \w+)?"
        r"|replies|comments|(?:more )?(?:mail|post)|from the net"
    ),
}
# Words that tell what a heading opens, wherever they stand in it; where they name two parts, it
# opens neither.
FAMILIES = {
    Opens.SUMMARY: r"short|brief|nutshell|gist|summary|at first sight",
    Opens.TEXT: r"long(?:er)?|detail|background|deep dive|explained|explainer",
    Opens.SCENARIOS: (
        r"scenarios?|futures|ways (?:this|it) (?:can|could|may|might)|outcomes|could (?:happen|go)"
    ),
    Opens.COMPANIES: (
        rf"(?:{_WHOM})|who(?: is|'s)? (?:build|sell|mak|do|matter)\w*|names to (?:know|watch)|teams"
        r"|^\W*(?:so |and )?who \w+ (?:it|them|this|these)\b|makers|who(?:'s| is) in\b"
        r"|on (?:my|our) (?:list|radar)"
    ),
    Opens.RATING: (
        r"(?:over|under)-?(?:rated|hyped|valued)?|hype|verdict|rating"
        r"|buy\b.*\b(?:hold|sell)|hot or not"
    ),
    Opens.QUESTIONS: (
        r"questions|unknowns?|(?:could|did|do) not find out|bugs (?:me|us)|riddles"
        r"|stays? open|remains? open|(?:we|i)(?:'d| would) ask"
        r"|unanswered|unresolved|nobody (?:can|could|knows)|not know|don't know"
        r"|still open|loose ends"
    ),
    Opens.TRIPWIRES: r"chang(?:e|es|ing) (?:my|our|your) minds?|sign ?posts|watch for",
    Opens.PREDICTION: (
        r"predictions?|predict|forecasts?|bets?|wager|our call|20\d\d call|by 20\d\d"
        r"|call for 20\d\d|on the record|crystal ball"
    ),
    Opens.SOURCES: r"sources|references|reading",
    Opens.MAIL: r"mail|letters?|inbox|readers?|feedback|corrections?|you wrote|replies|postcards?",
}
# Lines of a mail that are no words of the issue.
FURNITURE = (
    r"^(?:this (?:issue|letter|edition|week|email|newsletter|post)(?:'s issue)? is "
    r"(?:brought to you|sponsored|supported|presented)"
    r"|(?:a )?(?:word|message) from (?:our|the) sponsor|advert(?:isement|orial)?\b"
    r"|view (?:this )?(?:e-?mail|mail|post|it)?\b.{0,20}\b(?:browser|online|web)"
    r"|you(?: are|'re)? (?:get|receiv|read)(?:e|ing)? (?:this|.{0,40}(?:newsletter|because))"
    r"|(?:was this )?forwarded this|manage (?:your )?(?:subscription|preferences)"
    r"|copyright\b|\(c\) \d|all rights reserved)"
    r"|^!\[[^\]]*\]\([^)]*\)$|https?://\S+\.(?:png|jpe?g|gif|webp|svg)\)?$"
    r"|^fig(?:ure|\.) ?\d+\s*[:.]|^(?:photo|image|picture|illustration)s?(?: credit)?\s*(?::|by\b)"
    r"|\bunsubscribe\b|^[\W_]*(?:sponsored|advertisement|anzeige)[\W_]*$"
)
CASES = (
    r"high(?:er|est)?|low(?:er|est)?|medium|mid(?:dle)?|base(?:line)?|bull(?:ish)?"
    r"|bear(?:ish)?|best|worst|central|upside|downside|optimistic|pessimistic|most likely|likely"
    r"|niche|mass|moderate|speculative|reference|wild ?card|extreme|status quo|breakthrough"
    r"|failure|success"
)
# A sentence begins with these, and no name of a company.
OPENERS = frozenset(
    (
        *("a", "an", "all", "also", "although", "and", "as", "at", "below", "but", "by", "each"),
        *(
            "every",
            "few",
            "for",
            "given",
            "here",
            "how",
            "i",
            "if",
            "in",
            "it",
            "like",
            "many",
            "most",
        ),
        *("my", "nobody", "none", "note", "nothing", "of", "on", "one", "other", "our", "see"),
        *(
            "several",
            "she",
            "some",
            "still",
            "that",
            "the",
            "their",
            "there",
            "these",
            "they",
            "this",
        ),
        *(
            "those",
            "three",
            "to",
            "two",
            "we",
            "well",
            "what",
            "when",
            "while",
            "who",
            "why",
            "with",
        ),
        *("you"),
    )
)
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
