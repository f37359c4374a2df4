import datetime
import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from record.clock import today
from record.errors import DomainError
from scoring.services.rankings import RankingQuestion, rank_now


def iso_date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a date; write it as 2026-11-21") from error


def draw_count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 8:
        raise ArgumentTypeError(f"“{text[:20]}” is not a number of draws; write 10000")
    count = int(text)
    if not 100 <= count <= 1_000_000:
        raise ArgumentTypeError("between 100 and 1000000 draws can be asked for")
    return count


class Command(BaseCommand):
    help = "Rank the published record in this process; nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=iso_date, help="what the record said about that date")
        parser.add_argument("--known-on", type=iso_date, help="what it held on that date")
        parser.add_argument("--lens", default="even-handed")
        parser.add_argument("--draws", type=draw_count, default=10_000)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        question = RankingQuestion(
            as_of=options["as_of"] or options["known_on"] or today(),
            known_on=options["known_on"],
            lens=options["lens"],
            draws=options["draws"],
        )
        try:
            ranking = rank_now(question=question)
        except DomainError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(ranking, ensure_ascii=False, indent=1))
            return
        for row in ranking["technologies"]:
            self.stdout.write(_line(row))


def _line(row: dict[str, Any]) -> str:
    if not row["is_ranked"]:
        return f"{row['name']}: not ranked, {row['not_ranked_because']}"
    return (
        f"band {row['band']}  {row['name']}: expected rank {row['expected_rank']:.1f},"
        f" 90 % of draws {row['rank_low']} to {row['rank_high']},"
        f" top 3 in {100 * row['p_top_3']:.0f} of 100, top 10 in {100 * row['p_top_10']:.0f}"
    )
