"""The lists that are measured: every one that the table of routes names."""

from config.routes import ROUTES

ENDINGS = ("-list", "-list-file")
# Lists by what they show and not by their name.
ALSO = {
    "publishing:map",
    "publishing:ranking-detail",
    "publishing:desk",
    "publishing:round-detail",
    "publishing:ranking-history",
    "publishing:ranking-pairs",
    "api:ranking-latest",
    "api:outlook-latest",
}
# A form about a list.
NOT_LISTS = {"publishing:own-list"}
NARROWED = ("/?domain=ai&window=later", "/?as_of=2026-01-01", "/technologies/?q=a&impact=3")


def listed() -> list[str]:
    """Their addresses; a list as a file is asked for as CSV."""
    paths = [
        "/" + route.path.replace("<extension:extension>", "csv")
        for route in ROUTES
        if (route.name.endswith(ENDINGS) or route.name in ALSO) and route.name not in NOT_LISTS
    ]
    return [*(path for path in paths if "<" not in path), *NARROWED]
