"""What the scale means, in the words shown beside each choice."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.values.scale import Certainty, Dimension, UnscoredReason, WindowWord


@dataclass(frozen=True)
class LevelMeaning:
    """A level in a few words, in a sentence, and by two technologies that stand there."""

    heading: str
    text: str
    examples: tuple[str, str]


QUESTIONS: Mapping[Dimension, str] = {
    Dimension.VIABILITY: "How far has it been shown to work?",
    Dimension.DRIVERS: "Who asks for it, and what pushes it forward?",
    Dimension.NOVELTY: "How much better is it than what people can buy instead?",
    Dimension.DIFFUSION: "What stands between it and the people who would use it?",
    Dimension.IMPACT: (
        "If it succeeds, what is it worth a year about 2040, counting only what would not exist"
        " without it?"
    ),
    Dimension.TIMING: "Between which years does its market open?",
}

MEANINGS: Mapping[Dimension, Mapping[str, LevelMeaning]] = {
    Dimension.VIABILITY: {
        "1": LevelMeaning(
            "Shown once, or in theory",
            "The effect holds on paper or in a single laboratory (TRL 1-2).",
            ("antimatter engines", "space elevators"),
        ),
        "2": LevelMeaning(
            "Proof of concept",
            "The parts work together under laboratory conditions (TRL 3-4).",
            ("nuclear fusion", "artificial wombs"),
        ),
        "3": LevelMeaning(
            "Realistic prototype",
            "A prototype works in realistic conditions and is nearly on sale (TRL 5-6).",
            ("quantum computers", "brain-computer interfaces"),
        ),
        "4": LevelMeaning(
            "On sale or in pilots",
            "A few customers pay for it or pilot it (TRL 7-8).",
            ("flow batteries", "CRISPR therapies"),
        ),
        "5": LevelMeaning(
            "At scale",
            "Many independent users run it at scale (TRL 9).",
            ("electric light", "chiplets"),
        ),
    },
    Dimension.DRIVERS: {
        "1": LevelMeaning(
            "Nobody asks",
            "Nobody asks for it and nobody pays for it.",
            ("nuclear-powered cars", "television with smells"),
        ),
        "2": LevelMeaning(
            "Grants and enthusiasts",
            "Grants and enthusiasts carry it; no buyer has a budget for it.",
            ("cultured meat", "zero-knowledge proofs"),
        ),
        "3": LevelMeaning(
            "One pull or one push",
            "One niche pulls it, or one cost falls by about 10 % a year.",
            ("flow batteries", "eVTOL aircraft"),
        ),
        "4": LevelMeaning(
            "One side strong",
            "Either demand is urgent and budgeted, or cost falls steeply and capital flows in.",
            ("post-quantum cryptography", "perovskite tandem cells"),
        ),
        "5": LevelMeaning(
            "Both sides strong",
            "Demand and supply both pull and push hard.",
            ("large language models", "high-bandwidth memory"),
        ),
    },
    Dimension.NOVELTY: {
        "1": LevelMeaning(
            "No better",
            "No better on any measure that buyers use.",
            ("curved television screens", "juice presses with an internet connection"),
        ),
        "2": LevelMeaning(
            "Better on one measure",
            "Better on one measure and worse on others.",
            ("sodium-ion batteries", "small modular reactors"),
        ),
        "3": LevelMeaning(
            "Clear but contested",
            "A clear gain that close substitutes contest.",
            ("chiplets", "perovskite tandem cells"),
        ),
        "4": LevelMeaning(
            "About tenfold",
            "About ten times better where it counts, without a new ability.",
            ("high-bandwidth memory", "LED lamps"),
        ),
        "5": LevelMeaning(
            "Newly possible",
            "The alternatives do not compete, or it makes something possible for the first time.",
            ("printing press", "CRISPR therapies"),
        ),
    },
    Dimension.DIFFUSION: {
        "1": LevelMeaning(
            "Nothing is in place",
            "It needs a supply chain and users that do not exist.",
            ("nuclear fusion", "brain-computer interfaces"),
        ),
        "2": LevelMeaning(
            "Plants or certification",
            "It needs new plants or certification: five years or more.",
            ("eVTOL aircraft", "small modular reactors"),
        ),
        "3": LevelMeaning(
            "Work has to change",
            "Workflows or standards have to change: two to five years.",
            ("flow batteries", "post-quantum cryptography"),
        ),
        "4": LevelMeaning(
            "Fits with work",
            "It fits what is there after integration: one to two years.",
            ("large language models", "sodium-ion batteries"),
        ),
        "5": LevelMeaning(
            "Fits as it is",
            "Existing channels carry it, and the friction is gone within a year.",
            ("vector databases", "LED lamps"),
        ),
    },
    Dimension.IMPACT: {
        "1": LevelMeaning(
            "Hardly a market",
            "Under 5 billion of today's USD a year.",
            ("quantum annealing", "digital photo frames"),
        ),
        "2": LevelMeaning(
            "A niche",
            "5 to 30 billion of today's USD a year.",
            ("flow batteries", "eVTOL aircraft"),
        ),
        "3": LevelMeaning(
            "An industry",
            "30 to 300 billion of today's USD a year.",
            ("CRISPR therapies", "low-orbit internet"),
        ),
        "4": LevelMeaning(
            "A great industry",
            "300 billion to 5 trillion of today's USD a year, or a 5 cannot happen without it.",
            ("high-bandwidth memory", "electric cars"),
        ),
        "5": LevelMeaning(
            "Most sectors change",
            "Over 5 trillion of today's USD a year; most sectors change.",
            ("electric light", "combustion engine"),
        ),
        "5+": LevelMeaning(
            "Beyond markets",
            "Markets no longer measure it: who decides, lives or works is changed.",
            ("writing", "printing press"),
        ),
    },
}

CERTAINTY_MEANINGS: Mapping[Certainty, str] = {
    Certainty.LOW: "Under 60 % that I would give the same level in twelve months.",
    Certainty.MEDIUM: "60 to 80 % that I would give the same level in twelve months.",
    Certainty.HIGH: "80 % or more that I would give the same level in twelve months.",
}

WINDOW_CERTAINTY_MEANINGS: Mapping[Certainty, str] = {
    Certainty.LOW: "40 % that the market opens inside the window.",
    Certainty.MEDIUM: "60 % that the market opens inside the window.",
    Certainty.HIGH: "80 % that the market opens inside the window.",
}

UNSCORED_MEANINGS: Mapping[UnscoredReason, str] = {
    UnscoredReason.NOT_YET_ASSESSED: "Nobody has looked yet.",
    UnscoredReason.FOUND_NOTHING: "We looked, and no source bears on it.",
    UnscoredReason.NOT_APPLICABLE: "The question does not apply to this technology.",
}

WINDOW_MEANINGS: Mapping[WindowWord, str] = {
    WindowWord.PASSED: "The window closed before this year.",
    WindowWord.NOW: "The window is open or opens within two years.",
    WindowWord.SOON: "The window opens in two to five years.",
    WindowWord.LATER: "The window opens in five to ten years.",
    WindowWord.DISTANT: "The window opens in ten years or more.",
}
