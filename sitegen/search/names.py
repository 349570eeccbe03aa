"""Gathers the names of an archive into a run: the entities, tags and source of each article, one term for each name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from sitegen.model import ENTITY_KINDS, Archive, TermKind, TermRef
from sitegen.search.analyzer import name_key
from sitegen.search.fields import NAMES, PLACES, Field
from sitegen.search.runs import Run
from sitegen.search.vocabulary import Numbers, Vocabulary


def key_names(names: Iterable[str], vocabulary: Vocabulary) -> dict[str, str]:
    """The key of each name; "" for a name without a word."""
    every = list(dict.fromkeys(names))
    keys = vocabulary.derive(
        "name", vocabulary.number(every), lambda numbers: [name_key(vocabulary.texts[number]) for number in numbers]
    )
    return dict(zip(every, map(vocabulary.texts.__getitem__, keys.tolist()), strict=True))


def gather_names(archive: Archive, vocabulary: Vocabulary) -> Run[Numbers]:
    """The run of all names of an archive."""
    keys = key_names((term.name for term in archive.terms.values()), vocabulary)
    named = [(field, keys[archive.terms[ref].name], numbers) for field, ref, numbers in named_articles(archive)]
    named = [(field, key, numbers) for field, key, numbers in named if key]
    often = [len(numbers) for _, _, numbers in named]
    documents = np.fromiter(chain.from_iterable(numbers for _, _, numbers in named), np.int64, sum(often))
    fields = np.repeat(np.array([PLACES[field] - NAMES.start for field, _, _ in named], np.int64), often)
    terms = np.repeat(vocabulary.number(key for _, key, _ in named).astype(np.int64), often)
    # Hardly ever have two names of an article the same key.
    postings, times = np.unique((documents * len(NAMES) + fields) * len(vocabulary.texts) + terms, return_counts=True)
    cells, terms = np.divmod(postings, max(len(vocabulary.texts), 1))
    words, places = np.unique(terms, return_inverse=True)
    repeated = np.flatnonzero(times > 1)
    return Run(
        NAMES,
        words.astype(np.uint32),
        np.bincount(cells, minlength=len(archive.records) * len(NAMES)).astype(np.uint32),
        places,
        repeated.astype(np.uint32),
        times[repeated].astype(np.uint32),
    )


def named_articles(archive: Archive) -> Iterator[tuple[Field, TermRef, Sequence[int]]]:
    """Of each name the field that it stands in, and the articles that have it there."""
    published: defaultdict[TermRef, list[int]] = defaultdict(list)
    for record in archive.records:
        if record.source:
            published[record.source].append(record.number)
    for ref, term in archive.terms.items():
        if ref.kind in ENTITY_KINDS:
            yield Field.ENTITY, ref, term.numbers
        elif ref.kind is TermKind.TAG:
            yield Field.TAG, ref, term.numbers
        elif ref in published:
            yield Field.SOURCE, ref, published[ref]
