"""Values of the model -> bytes and back, for stores and other processes. Smaller and quicker than pickling them as is.

Each value is written as its fields in order; what a document says twice (its seed's bytes are its text, its prose is
mostly its text) is written once.
"""

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sitegen.model.article import (
    Article,
    Citation,
    Dateline,
    Dating,
    Document,
    Language,
    Mention,
    RawSeed,
    Stated,
    StatedEntity,
    Yearless,
)
from sitegen.model.ground import Problem

Reduced = tuple[Callable[..., object], tuple[object, ...]]
UTF_8 = "utf-8"


def pack(value: object) -> bytes:
    """`value`, which may hold values of the model, as bytes."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def unpack(content: bytes) -> Any:  # noqa: ANN401 (whatever was packed)
    """What `pack` was given. Only for what this program packed: other content may do anything."""
    return pickle.loads(content)  # noqa: S301


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
    return _restore_document, tuple(values)


def _restore_document(*reduced: Any) -> Document:  # noqa: ANN401 (a document's fields, and what stands for two)
    values = list(reduced)
    text = values[TEXT]
    if isinstance(values[SEED], tuple):
        path, sha256, correction = values[SEED]
        values[SEED] = RawSeed(path, text.encode(), sha256, correction)
    if isinstance(values[PROSE], tuple):
        values[PROSE] = values[PROSE][0] + text[values[BODY].start :]
    return Document(*values)


DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))
DOCUMENT_VALUES = attrgetter(*DOCUMENT_FIELDS)
SEED, TEXT, PROSE, BODY = map(DOCUMENT_FIELDS.index, ("seed", "text", "prose", "body"))
PLAIN = (Article, Citation, Dateline, Dating, Language, Mention, Problem, RawSeed, Stated, StatedEntity, Yearless)
REDUCERS: Mapping[type[Any], Callable[[Any], Reduced]] = MappingProxyType(
    {**{kind: _by_fields(kind) for kind in PLAIN}, Document: _reduce_document}
)
