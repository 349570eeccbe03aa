"""Days that articles state without a year -> dates, by the years in which the same source is known to have published.

A source's articles that are surely dated say in which years it published. A year in which the weekday does not agree
is out; the one that is left counts when nearly all of that source's articles are from it. Otherwise the day stays
unknown: a wrong year is worse than none.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sitegen.model import Article, Dating, Precision, Yearless

METHOD = "archive"
SURE = 0.8
"""From this confidence on a date says when its source published."""
NEARLY_ALL = 0.9
OTHER_YEAR = 1.0
"""How many articles of other years the known ones are taken to hide; with a weekday, one in seven of them could fit."""
ENOUGH = 0.5


def date_by_source(articles: Sequence[Article]) -> Sequence[Article]:
    """`articles`, in their order, with dates for those days whose year their source's other articles tell."""
    if not any(article.yearless for article in articles):
        return articles
    years = _years_of_sources(articles)
    return [_dated(article, article.yearless, years) if article.yearless else article for article in articles]


def _years_of_sources(articles: Sequence[Article]) -> Mapping[str, Counter[int]]:
    years: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for article in articles:
        published = article.published
        if published and published.precision is Precision.DAY and published.confidence >= SURE:
            years[_source_key(article)][int(published.date[:4])] += 1
    return years


def _source_key(article: Article) -> str:
    return (article.source.domain or article.source.name).casefold() if article.source else ""


def _dated(article: Article, day: Yearless, years: Mapping[str, Counter[int]]) -> Article:
    key = _source_key(article)
    year, share = choose_year(day, years.get(key, Counter()) if key else Counter())
    known = article.published
    contradicted = known is not None and not f"{year:04}-{day.month:02}".startswith(known.date)
    if share < NEARLY_ALL or share * day.confidence < ENOUGH or year < day.latest_year or contradicted:
        return article
    iso = f"{year:04}-{day.month:02}-{day.day:02}"
    confidence = round(share * day.confidence, 3)
    return replace(article, published=Dating(iso, Precision.DAY, confidence, METHOD, day.evidence, day.signs))


def choose_year(day: Yearless, years: Counter[int]) -> tuple[int, float]:
    """The likeliest year of a day, and its share of all years that fit; (0, 0.0) where none does.

    Args:
        years: how many articles the source is known to have published in each year.
    """
    span = range(min(years, default=0), max(years, default=-1) + 1)
    fitting = {year: years[year] or OTHER_YEAR for year in span if _fits(day, year)}
    hidden = OTHER_YEAR if day.weekday < 0 else OTHER_YEAR / 7
    best = max(fitting, key=lambda year: (fitting[year], year), default=0)
    return (best, fitting[best] / (sum(fitting.values()) + hidden)) if years[best] else (0, 0.0)


def _fits(day: Yearless, year: int) -> bool:
    try:
        weekday = date(year, day.month, day.day).weekday()
    except ValueError:
        return False
    return day.weekday in (-1, weekday)
