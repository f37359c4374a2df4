"""A date of publication that may be a year, a month or a day, in words."""

from datetime import date

from publishing.pages.published import day_words, month_words


def published_words(published: str) -> str:
    parts = published.count("-")
    if parts == 2:
        return day_words(date.fromisoformat(published))
    return month_words(date.fromisoformat(f"{published}-01")) if parts == 1 else published
