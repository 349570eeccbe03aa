"""Values of the model -> bytes and back, for stores and other processes. Smaller and quicker than pickling them as is.

The facts of an article are written as plain tuples, which take two or three microseconds to read; what is said of every
article must be cheap. Of its text, what a document says twice (its seed's bytes are its text, its prose is mostly its
text) is written once.
"""

import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import partial
from operator import attrgetter
from sys import intern
from types import MappingProxyType
from typing import Any, NamedTuple

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
    return tuple(
        [form.plain(fact) if form and fact else fact for form, fact in zip(FORMS, FACTS(article), strict=True)]
    )


def article_of_facts(facts: tuple[Any, ...], text: Readable) -> Article:
    """The article of which these are the plain facts."""
    restored = [form.restore(fact) if form and fact else fact for form, fact in zip(FORMS, facts, strict=True)]
    article: Any = Article
    return article(*restored, text)  # type: ignore[no-any-return]  # as many values of any kind as it has fields


class Form(NamedTuple):
    """What makes a fact plain, and what makes the fact of that again."""

    plain: Callable[[Any], object]
    restore: Callable[[Any], object]


def _plain_seed(seed: Seed) -> tuple[Any, ...]:
    return *seed[:-1], seed.correction and _plain_seed(seed.correction)


def _seed(values: Any) -> Seed:  # noqa: ANN401 (a seed's fields, as all that follow)
    path, sha256, size, correction = values
    return Seed(path, sha256, size, correction and _seed(correction))


def _spanned(kind: Callable[..., object], name: str) -> Form:
    """The form of a kind whose field of that name is a span or None."""
    names = _names(kind)
    values, place = attrgetter(*names), names.index(name)

    def plain(value: object) -> tuple[Any, ...]:
        own = values(value)
        return *own[:place], own[place] and tuple(own[place]), *own[place + 1 :]

    def restore(plain: Any) -> object:  # noqa: ANN401
        span = plain[place]
        return kind(*plain[:place], span and Span(*span), *plain[place + 1 :])

    return Form(plain, restore)


# Here and below, an enumeration's member would be looked up by its class' name for each article.
def _plain_dating(dating: Dating) -> tuple[Any, ...]:
    date, precision, confidence, method, span, signs = DATING(dating)
    return date, str(precision), confidence, method, span and tuple(span), signs


def _dating(values: Any) -> Dating:  # noqa: ANN401
    date, precision, confidence, method, span, signs = values
    return Dating(date, Precision(precision), confidence, method, span and Span(*span), signs)


def _plain_mentions(mentions: Iterable[Mention]) -> tuple[Any, ...]:
    return tuple(
        [(tuple(span), name, str(kind), key, confidence, rule) for span, name, kind, key, confidence, rule in mentions]
    )


def _mentions(mentions: Any) -> tuple[Mention, ...]:  # noqa: ANN401
    # Thousands of articles name the same people: one text for all of them takes less room and is compared at a glance.
    return tuple(
        [
            NEW_MENTION((NEW_SPAN(span), intern(name), TYPES[kind], intern(key), confidence, intern(rule)))
            for span, name, kind, key, confidence, rule in mentions
        ]
    )


def _each(form: Form) -> Form:
    return Form(lambda facts: tuple(map(form.plain, facts)), lambda plain: tuple(map(form.restore, plain)))


def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 (mypy knows no type of all dataclasses)
    return tuple(field.name for field in fields(kind))


def _by_fields(kind: type[Any]) -> Callable[[Any], Reduced]:
    values = attrgetter(*_names(kind))
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
DATING = attrgetter(*_names(Dating))
CITATION = _spanned(Citation, "span")
FORM_OF: Mapping[str, Form] = MappingProxyType(
    {
        "seed": Form(_plain_seed, _seed),
        "language": Form(attrgetter(*_names(Language)), lambda values: Language(*values)),
        "source": CITATION,
        "published": Form(_plain_dating, _dating),
        "yearless": _spanned(Yearless, "evidence"),
        "dateline": _spanned(Dateline, "span"),
        "attribution": _each(CITATION),
        "mentions": Form(_plain_mentions, _mentions),
        "surfaces": Form(tuple, lambda surfaces: tuple(map(intern, surfaces))),
    }
)
FORMS = tuple(map(FORM_OF.get, FACT_FIELDS))
"""How each fact is written; None where it is plain, and wherever there is nothing to write."""
DOCUMENT_FIELDS = _names(Document)
DOCUMENT_VALUES = attrgetter(*DOCUMENT_FIELDS)
SEED, TEXT, PROSE, BODY, PARAGRAPHS = map(DOCUMENT_FIELDS.index, ("seed", "text", "prose", "body", "paragraphs"))
PLAIN = (Dating, Problem, RawSeed, Stated, StatedEntity, Text)
REDUCERS: Mapping[type[Any], Callable[[Any], Reduced]] = MappingProxyType(
    {**{kind: _by_fields(kind) for kind in PLAIN}, Document: _reduce_document}
)
