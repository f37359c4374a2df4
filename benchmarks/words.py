"""Names and sentences for a made-up record, drawn from a seed."""

from random import Random

ADJECTIVES = (
    *("Adaptive", "Ambient", "Autonomous", "Bioinspired", "Bonded", "Coherent", "Compact"),
    *("Cryogenic", "Distributed", "Edible", "Elastic", "Encrypted", "Federated", "Flexible"),
    *("Frozen", "Genomic", "Granular", "Hybrid", "Layered", "Liquid", "Magnetic", "Microbial"),
    *("Modular", "Molecular", "Optical", "Orbital", "Parallel", "Passive", "Photonic"),
    *("Portable", "Printed", "Quantum", "Recycled", "Resonant", "Solid-state", "Spectral"),
    *("Synthetic", "Thermal", "Verified", "Woven"),
)
THINGS = (
    *("actuators", "alloys", "antennas", "assays", "batteries", "catalysts", "coatings"),
    *("compilers", "concrete", "couplers", "detectors", "diagnostics", "electrolysis"),
    *("enzymes", "fibres", "filters", "fuel", "gearboxes", "glass", "harvesting"),
    *("interconnects", "lasers", "ledgers", "lenses", "membranes", "memory", "mirrors"),
    *("motors", "planners", "polymers", "proofs", "radios", "reactors", "robots", "sensors"),
    *("simulation", "storage", "thrusters", "tissue", "turbines"),
)
SUBJECTS = (
    *("A pilot plant", "One supplier", "The second vendor", "A city", "A hospital group"),
    *("The standards body", "An insurer", "A grid operator", "The largest buyer", "A ministry"),
)
VERBS = (
    *("ordered twice the volume of last year", "published its costs for the first time"),
    *("stopped a trial after eleven months", "certified the third design"),
    *("replaced the older process in two sites", "asked for a longer guarantee"),
    *("measured a yield above ninety per cent", "moved its decision by a year"),
    *("now buys from three makers", "found no gain over what it had"),
)
GROUNDS = (
    *("because the price of the parts fell", "while the rules were still being written"),
    *("after an independent test", "although no standard exists", "with public money"),
    *("without telling what it paid", "before the competing product was ready"),
    *("in a market of four buyers", "at one tenth of the planned scale", "as its staff had asked"),
)


def name_of(place: int) -> str:
    """Another name for every place; the first sixteen hundred have two words."""
    both = ADJECTIVES[(place * 7 + place // len(THINGS)) % len(ADJECTIVES)]
    name = f"{both} {THINGS[place % len(THINGS)]}"
    again = place // (len(ADJECTIVES) * len(THINGS))
    return f"{name} {again + 1}" if again else name


def sentence(random: Random) -> str:
    subject, verb, ground = (random.choice(words) for words in (SUBJECTS, VERBS, GROUNDS))
    return f"{subject} {verb} {ground}."


def sentences(random: Random, count: int) -> list[str]:
    """No two of them alike."""
    return [
        f"{subject} {random.choice(VERBS)} {random.choice(GROUNDS)}."
        for subject in random.sample(SUBJECTS, count)
    ]


def passage(random: Random, sentences: int) -> str:
    return " ".join(sentence(random) for _ in range(sentences))


def text(random: Random, paragraphs: int) -> str:
    return "\n\n".join(passage(random, 5) for _ in range(paragraphs))
