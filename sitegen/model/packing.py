"""Values of the model -> bytes and back, for stores and other processes. Smaller and quicker than pickling them as is.

The facts of an article are written as plain tuples, which take two or three microseconds to read; what is said of every
article must be cheap. Of its text, what a document says twice (its seed's bytes are its text, its prose is mostly its
text) is written once.
"""

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from operator import attrgetter
from sys import intern
from types import MappingProxyType
from typing import Any, TypeVar

from sitegen.model.article import (
    Article,
    Citation,
    Dateline,
    Language,
    Mention,
    Readable,
    Text,
    Yearless,
)
from sitegen.model.document import (
    Dating,
    Document,
    RawSeed,
    Seed,
    Stated,
    StatedEntity,
)
from sitegen.model.ground import EntityType, Precision, Problem, Span

Value = TypeVar("Value")
Reduced = tuple[Callable[..., object], tuple[object, ...]]
UTF_8 = "utf-8"


def pack(value: object) -> bytes:
    """`value`, which may hold values of the model but articles, as bytes."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def unpack(content: bytes) -> Any:  # noqa: ANN401 (whatever was packed)
    """What `pack` was given. Only for what this program packed: other content may do anything."""
    return pickle.loads(content)  # noqa: S301


def plain_facts(article: Article) -> tuple[Any, ...]:
    """All that an article holds but its text, as plain tuples, texts and numbers."""
    return tuple(map(_plain, FACTS(article)))


def article_of_facts(facts: tuple[Any, ...], text: Readable) -> Article:
    """The article of which these are the plain facts."""
    restored = [restore(fact) if restore and fact else fact for restore, fact in zip(RESTORERS, facts, strict=True)]
    article: Any = Article
    return article(*restored, text)  # type: ignore[no-any-return]  # as many values of any kind as it has fields


def _plain(value: Any) -> Any:  # noqa: ANN401 (whatever an article holds)
    if is_dataclass(value):
        return tuple(_plain(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    # An enumeration's member would be looked up by its class' name for each article.
    return str(value) if isinstance(value, str) else value


def _seed(seed: Any) -> Seed:  # noqa: ANN401 (a seed's fields, as all that follow)
    path, sha256, size, correction = seed
    return Seed(path, sha256, size, _seed(correction) if correction else None)


def _spanned(kind: Callable[..., Value], place: int) -> Callable[[Any], Value]:
    """Makes values of a kind whose field at `place` is a span."""

    def restore(values: Any) -> Value:  # noqa: ANN401
        span = values[place]
        return kind(*values[:place], span and Span(*span), *values[place + 1 :])

    return restore


def _dating(values: Any) -> Dating:  # noqa: ANN401
    date, precision, confidence, method, span, signs = values
    return Dating(date, Precision(precision), confidence, method, span and Span(*span), signs)


def _mentions(mentions: Any) -> tuple[Mention, ...]:  # noqa: ANN401
    # Thousands of articles name the same people: one text for all of them takes less room and is compared at a glance.
    return tuple(
        [
            NEW_MENTION((NEW_SPAN(span), intern(name), TYPES[kind], intern(key), confidence, intern(rule)))
            for span, name, kind, key, confidence, rule in mentions
        ]
    )


def _by_fields(kind: type[Any]) -> Callable[[Any], Reduced]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


def _reduce_document(document: Document) -> Reduced:
    seed, text, start = document.seed, document.text, document.body.start
    values = list(DOCUMENT_VALUES(document))
    if document.encoding == UTF_8 and text.encode() == seed.content:
        values[SEED] = (seed.path, seed.sha256, seed.correction)
    if document.prose[start:] == text[start:]:
        values[PROSE] = (document.prose[:start],)
    values[PARAGRAPHS] = tuple(map(tuple, document.paragraphs))
    return _restore_document, tuple(values)


def _restore_document(*reduced: Any) -> Document:  # noqa: ANN401 (a document's fields, and what stands for two)
    values = list(reduced)
    text = values[TEXT]
    if isinstance(values[SEED], tuple):
        path, sha256, correction = values[SEED]
        values[SEED] = RawSeed(path, text.encode(), sha256, correction)
    if isinstance(values[PROSE], tuple):
        values[PROSE] = values[PROSE][0] + text[values[BODY].start :]
    values[PARAGRAPHS] = tuple(map(Span._make, values[PARAGRAPHS]))
    return Document(*values)


TYPES: Mapping[str, EntityType] = MappingProxyType({str(type_): type_ for type_ in EntityType})
# What their classes' own methods do, at half the cost.
NEW_MENTION, NEW_SPAN = partial(tuple.__new__, Mention), partial(tuple.__new__, Span)
FACT_FIELDS = tuple(field.name for field in fields(Article) if field.compare)
FACTS = attrgetter(*FACT_FIELDS)
_citation = _spanned(Citation, 2)
RESTORER_OF: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "seed": _seed,
        "language": lambda values: Language(*values),
        "source": _citation,
        "published": _dating,
        "yearless": _spanned(Yearless, 5),
        "dateline": _spanned(Dateline, 1),
        "attribution": lambda citations: tuple(map(_citation, citations)),
        "mentions": _mentions,
        "surfaces": lambda surfaces: tuple(map(intern, surfaces)),
    }
)
RESTORERS = tuple(map(RESTORER_OF.get, FACT_FIELDS))
"""What makes of each plain fact what the article holds; None where that is the same."""
DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))
DOCUMENT_VALUES = attrgetter(*DOCUMENT_FIELDS)
SEED, TEXT, PROSE, BODY, PARAGRAPHS = map(DOCUMENT_FIELDS.index, ("seed", "text", "prose", "body", "paragraphs"))
PLAIN = (Dating, Problem, RawSeed, Stated, StatedEntity, Text)
REDUCERS: Mapping[type[Any], Callable[[Any], Reduced]] = MappingProxyType(
    {**{kind: _by_fields(kind) for kind in PLAIN}, Document: _reduce_document}
)
