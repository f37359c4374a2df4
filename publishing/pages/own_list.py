"""Leaving the demonstration behind: what goes, what stays, in numbers."""

from dataclasses import dataclass

from publishing.forms import RemovalForm
from publishing.wording import counted, opening_words
from scoring.services.demonstration import Holdings


@dataclass(frozen=True)
class OwnListPage:
    """`goes` and `stays` are lines; `written_here` is a sentence, or empty."""

    form: RemovalForm
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    written_here: str


def own_list_page(holdings: Holdings, form: RemovalForm) -> OwnListPage:
    return OwnListPage(
        form=form,
        goes=(
            counted(holdings.technologies, "technology", "technologies")
            + " of the demonstration, with aliases, links and recorded openings",
            (
                f"{counted(holdings.revisions, 'revision')} of {counted(holdings.cards, 'card')},"
                f" and {counted(holdings.publications, 'publication')} of them"
            ),
            counted(holdings.indicators, "indicator") + " of the demonstration, with all figures",
            counted(holdings.items, "item") + " of its evidence, but for those your own work cites",
            (
                f"{counted(holdings.runs, 'run')} that ranked or projected any of them, with the"
                " results and receipts"
            ),
            f"{counted(holdings.changes, 'change')} about any of these in the log",
        ),
        stays=(
            counted(holdings.kept_technologies, "technology", "technologies")
            + f" of your own, with {counted(holdings.kept_cards, 'card')}",
            f"{counted(holdings.kept_accounts, 'account')} that can sign in, and their API tokens",
            "the fields, and every other line of the log",
        ),
        written_here=_written_here(holdings.written_here),
    )


def _written_here(count: int) -> str:
    if not count:
        return ""
    were, go = ("was", "It goes") if count == 1 else ("were", "They go")
    return (
        f"{opening_words(count)} of these revisions {were} written by people who sign in here,"
        f" on technologies of the demonstration. {go} along."
    )
