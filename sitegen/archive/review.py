"""Archive -> what a person should look at first: doubtful dates and languages, names that nearly agree, unsure types.

Nothing here is wrong for sure, and nothing is changed; each line says what to do if it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sitegen.archive.corrections import FILE_NAME
from sitegen.model import Archive, EntityType, Problem, Record, Severity, Term, TermKind
from sitegen.urls import term_slug

DOUBTFUL_DATE = 0.7
DOUBTFUL_LANGUAGE = 0.7
DOUBTFUL_ENCODING = 0.8
NEARLY = 0.88
"""From this likeness (twice the common letters over all letters) on, two names may be one."""
LARGEST_GROUP = 60
SPLIT_VOTE = 0.3
"""A type is unsure when another has this share of the mentions or more."""


def review(archive: Archive) -> tuple[Problem, ...]:
    """Everything worth a look, by path and line."""
    doubts = [doubt for record in archive.records for doubt in _article_doubts(record)]
    return tuple(sorted([*doubts, *_near_names(archive), *_unsure_types(archive)]))


def _article_doubts(record: Record) -> Iterator[Problem]:
    article, document = record.article, record.article.document
    path = document.seed.path
    dating = article.published
    if dating and dating.evidence and dating.confidence < DOUBTFUL_DATE:
        start, end = dating.evidence
        line = document.text.count("\n", 0, start) + 1
        message = f"{dating.date} from {document.text[start:end]!r} ({dating.confidence:.2f}); if wrong, state the date"
        yield Problem(path, line, "date", message, Severity.NOTE)
    if article.language.confidence < DOUBTFUL_LANGUAGE:
        message = f"{article.language.code} ({article.language.confidence:.2f}); if wrong, state the language"
        yield Problem(path, 0, "language", message, Severity.NOTE)
    if document.encoding_confidence < DOUBTFUL_ENCODING:
        message = f"{document.encoding} ({document.encoding_confidence:.2f}); if the text looks wrong, save it as UTF-8"
        yield Problem(path, 0, "encoding", message, Severity.NOTE)


def _near_names(archive: Archive) -> Iterator[Problem]:
    """Pairs of entities of one kind that share their first or last word and nearly all the rest."""
    groups: defaultdict[tuple[TermKind, str], list[Term]] = defaultdict(list)
    for kind in map(TermKind, EntityType):
        for term in archive.of_kind(kind):
            words = term.id.split("-")
            for word in {words[0], words[-1]} if len(words) > 1 else ():
                groups[kind, word].append(term)
    pairs = {
        (one.id, other.id): (one, other)
        for group in groups.values()
        if len(group) <= LARGEST_GROUP
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if _nearly_same(one, other)
    }
    for one, other in pairs.values():
        message = f"{one.name!r} and {other.name!r} nearly agree; if they are one {one.kind}, merge them"
        yield Problem(FILE_NAME, 0, "merge", message, Severity.NOTE)


def _nearly_same(one: Term, other: Term) -> bool:
    if one.wikidata and other.wikidata:
        return False
    first, second = set(one.id.split("-")), set(other.id.split("-"))
    contained = len(first & second) == min(len(first), len(second)) > 1
    return contained or SequenceMatcher(None, one.id, other.id, autojunk=False).ratio() >= NEARLY


def _unsure_types(archive: Archive) -> Iterator[Problem]:
    """Names whose mentions look like more than one type."""
    votes: defaultdict[str, defaultdict[EntityType, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for record in archive.records:
        for mention in record.article.mentions:
            if not mention.key and mention.rule != "stated":
                slug = term_slug(mention.name)
                votes[slug][mention.type] += 1
                names.setdefault(slug, mention.name)
    for name, types in sorted(votes.items()):
        counted: Sequence[tuple[int, EntityType]] = sorted(((n, type_) for type_, n in types.items()), reverse=True)
        if len(counted) > 1 and counted[1][0] >= SPLIT_VOTE * sum(types.values()):
            seen = ", ".join(f"{type_} {count}x" for count, type_ in counted)
            message = f"{names[name]!r} looks like {seen}; say which with a retype"
            yield Problem(FILE_NAME, 0, "retype", message, Severity.NOTE)
