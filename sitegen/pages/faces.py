"""What pages may show of an article or a term, as digests: a page shows the same while the digests of all it shows do.

An article's face holds its seed, its address and what the archive says of it, with the names and addresses of all its
terms: whatever a list, a feed or another article shows of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from sitegen.model import Archive, Record, Term, TermRef, Thread

SIZE = 16
"""Bytes of a digest."""

NOTHING = bytes(SIZE)


def digest(value: object, digests: Iterable[bytes] = ()) -> bytes:
    """The digest of a value, made of tuples, texts and numbers, with other digests."""
    # The representation of a value holds no zero byte, so that nothing can be taken for something else.
    return blake2b(b"\0".join((repr(value).encode(), b"".join(digests))), digest_size=SIZE).digest()


def term_face(term: Term) -> bytes:
    """What pages show of a term but its articles."""
    address = term.url if term.has_page else None
    return digest((term.kind.value, term.id, address, term.name, term.language, term.aliases, term.wikidata))


def link_faces(archive: Archive) -> Mapping[TermRef, bytes]:
    """For each term what a link to it shows, and what is said of it where an article names it."""
    return {
        ref: digest(
            (term.kind.value, term.id, term.url if term.has_page else None, term.name, term.language, term.wikidata)
        )
        for ref, term in archive.terms.items()
    }


def article_face(record: Record, links: Mapping[TermRef, bytes]) -> bytes:
    """What any page shows of an article but its number, and of other articles."""
    article = record.article
    seed = article.seed
    published = article.published
    facts = (
        seed.path,
        seed.sha256,
        seed.correction.sha256 if seed.correction else None,
        record.url,
        published and (published.date, published.confidence, published.method, published.evidence, published.signs),
        record.tag_words,
        len(record.attribution),
        [entity.mentions for entity in record.entities],
    )
    refs = (*record.attribution, *(entity.ref for entity in record.entities), *record.tags)
    places = (record.source, record.dateline)
    return digest(facts, (*(links[ref] if ref else NOTHING for ref in places), *map(links.__getitem__, refs)))


def thread_face(thread: Thread, faces: Sequence[bytes]) -> bytes:
    """What a link to a story shows: its articles' faces, and which of them stands for it."""
    return digest((thread.url, thread.numbers.index(thread.lead)), map(faces.__getitem__, thread.numbers))
