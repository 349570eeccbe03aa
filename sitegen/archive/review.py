"""Archive -> what a person should look at first: doubtful dates and languages, names that nearly agree, unsure types.

Nothing here is wrong for sure, and nothing is changed; each line says what to do if it is. First comes what matters
most: the number of articles at stake, times how likely something is wrong with them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from sitegen.archive.corrections import FILE_NAME
from sitegen.authority import Authority
from sitegen.model import Archive, EntityType, Precision, Problem, Record, Severity, Slug, Span, Term, TermKind
from sitegen.urls import term_slug

DOUBTFUL_DATE = 0.75
DOUBTFUL_LANGUAGE = 0.7
DOUBTFUL_ENCODING = 0.8
NEARLY = 0.88
"""From this likeness (twice the common letters over all letters) on, two names may be one."""
CONTAINED = 0.4
"""How likely two names are one of which one holds all the words of the other."""
LARGEST_GROUP = 60
SPLIT_VOTE = 0.3
"""A type is unsure when another has this share of the mentions or more."""
WITHOUT_YEAR = 0.5
"""What the date of an article matters that states its day and not its year."""
OPPOSITES = tuple(
    frozenset(words.split())
    for words in (
        "utara selatan timur barat tengah tenggara",
        "north south east west central northern southern eastern western",
        "nord sud sur norte este oeste est ouest",
    )
)
"""Two names that differ in one of these are two: written for this project."""


class Doubt(NamedTuple):
    """Something to look at, and how much it matters."""

    weight: float
    problem: Problem


def review(archive: Archive, authority: Authority) -> tuple[Problem, ...]:
    """Everything worth a look, what matters most first."""
    doubts = [doubt for record in archive.records for doubt in _article_doubts(record)]
    doubts += (*_near_names(archive, authority), *_near_known(archive, authority), *_unsure_types(archive))
    return tuple(doubt.problem for doubt in sorted(doubts, key=lambda doubt: (-round(doubt.weight, 6), doubt.problem)))


def _note(weight: float, path: str, line: int, field: str, message: str) -> Doubt:
    return Doubt(weight, Problem(path, line, field, message, Severity.NOTE))


def _article_doubts(record: Record) -> Iterator[Doubt]:
    article, dating, language = record.article, record.article.published, record.article.language
    path = article.seed.path
    if dating and dating.evidence and dating.precision is Precision.DAY and dating.confidence < DOUBTFUL_DATE:
        said = (
            f"{dating.date} from {_quote(record, dating.evidence)} ({dating.confidence:.2f}); if wrong, state the date"
        )
        yield _note(1 - dating.confidence, path, _line(record, dating.evidence), "date", said)
    elif article.yearless and not (dating and dating.precision is Precision.DAY):
        day = article.yearless
        said = f"{_quote(record, day.evidence)} has no year, and no other article tells it; state the date"
        yield _note(WITHOUT_YEAR * day.confidence, path, _line(record, day.evidence), "date", said)
    if language.confidence < DOUBTFUL_LANGUAGE:
        said = f"{language.code} ({language.confidence:.2f}); if wrong, state the language"
        yield _note(1 - language.confidence, path, 0, "language", said)
    if article.encoding_confidence < DOUBTFUL_ENCODING:
        document = article.document
        said = f"{document.encoding} ({document.encoding_confidence:.2f}); if the text looks wrong, save it as UTF-8"
        yield _note(1 - document.encoding_confidence, path, 0, "encoding", said)


def _quote(record: Record, span: Span) -> str:
    return repr(record.article.document.text[span.start : span.end])


def _line(record: Record, span: Span) -> int:
    return record.article.document.text.count("\n", 0, span.start) + 1


def _near_names(archive: Archive, authority: Authority) -> Iterator[Doubt]:
    """Pairs of entities of one kind that share their first or last word and nearly all the rest."""
    pairs: dict[tuple[Slug, Slug], tuple[Term, Term, float]] = {}
    for group in _by_outer_words(term for kind in map(TermKind, EntityType) for term in archive.of_kind(kind)):
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                likeness = _likeness(one.id, other.id)
                known = one.id in authority.entries and other.id in authority.entries
                if likeness and not known and not (one.wikidata and other.wikidata):
                    pairs[one.id, other.id] = (one, other, likeness)
    for one, other, likeness in pairs.values():
        message = f"{one.name!r} and {other.name!r} nearly agree; if they are one {one.kind}, merge them"
        at_stake = min(len(one.numbers), len(other.numbers))
        yield _note(likeness * at_stake, FILE_NAME, 0, "merge", message)


def _by_outer_words(terms: Iterable[Term]) -> Iterator[Sequence[Term]]:
    """Terms of several words in groups of one kind with the same first or last word, small ones only."""
    groups: defaultdict[tuple[TermKind, str], list[Term]] = defaultdict(list)
    for term in terms:
        words = term.id.split("-")
        for word in {words[0], words[-1]} if len(words) > 1 else ():
            groups[term.kind, word].append(term)
    return (group for group in groups.values() if len(group) <= LARGEST_GROUP)


def _likeness(one: str, other: str) -> float:
    """How likely two slugs are one name, from 0 to 1; 0 when they are hardly alike."""
    first, second = set(one.split("-")), set(other.split("-"))
    apart = first ^ second
    if any(len(apart & words) > 1 for words in OPPOSITES):
        return 0.0
    if len(first & second) == min(len(first), len(second)) > 1:
        return CONTAINED
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= NEARLY else 0.0


def _near_known(archive: Archive, authority: Authority) -> Iterator[Doubt]:
    """Entities that nobody knows and whose name is nearly that of one in the authority."""
    known: defaultdict[tuple[str, str], list[Slug]] = defaultdict(list)
    for slug, entry in authority.entries.items():
        words = slug.split("-")
        for word in {words[0], words[-1]} if len(words) > 1 else ():
            known[entry.type, word].append(slug)
    present = {ref.id for ref in archive.terms}
    for kind in map(TermKind, EntityType):
        for term in archive.of_kind(kind):
            words = term.id.split("-")
            near = {slug for word in (words[0], words[-1]) for slug in known.get((kind, word), ())} - present
            for slug in sorted(near) if term.id not in authority.entries else ():
                likeness = _likeness(term.id, slug)
                if likeness > CONTAINED:
                    name = authority.entries[slug].names["id"]
                    message = f"{term.name!r} is nearly the known {name!r}; if they are one {kind}, merge them"
                    yield _note(likeness * len(term.numbers), FILE_NAME, 0, "merge", message)


def _unsure_types(archive: Archive) -> Iterator[Doubt]:
    """Names whose mentions look like more than one type."""
    votes: defaultdict[str, defaultdict[EntityType, int]] = defaultdict(lambda: defaultdict(int))
    articles: defaultdict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for record in archive.records:
        for mention in record.article.mentions:
            if not mention.key and mention.rule != "stated":
                slug = term_slug(mention.name)
                votes[slug][mention.type] += 1
                articles[slug].add(record.number)
                names.setdefault(slug, mention.name)
    for name, types in sorted(votes.items()):
        counted: Sequence[tuple[int, EntityType]] = sorted(((n, type_) for type_, n in types.items()), reverse=True)
        share = counted[1][0] / sum(types.values()) if len(counted) > 1 else 0.0
        if share >= SPLIT_VOTE:
            seen = ", ".join(f"{type_} {count}x" for count, type_ in counted)
            message = f"{names[name]!r} looks like {seen}; say which with a retype"
            yield _note(share * len(articles[name]), FILE_NAME, 0, "retype", message)
