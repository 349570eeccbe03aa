"""A term's articles -> what makes its page more than a list: stories, key pieces, and how a source stands to others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sitegen.model import ENTITY_KINDS, Term, TermKind, TermRef, Thread
from sitegen.pages.copies import may_be_same
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.threads import ThreadLink, thread_link
from sitegen.pages.views import Item, Link

MOST_STORIES = 5
MOST_PIECES = 3
MOST_LINKS = 12
MOST_COPIES = 8
TOLD_BY = 2
"""A story belongs to a term when so many of its articles are the term's; a key piece is related to so many others."""


class Copied(NamedTuple):
    """An article of a source and a near-copy of it elsewhere; `earlier` is 0 or 1, or -1 where no date tells."""

    own: Item
    other: Item
    earlier: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a term's landing page shows beside its articles.

    Attributes:
        stories: those that several of its articles tell, the newest first.
        pieces: the articles of a topic that most of its others are related to.
        cites: whom a source's articles cite, most first.
        cited_by: the sources whose articles cite it, most first.
        copies: near-copies of its articles elsewhere, newest first.
    """

    stories: tuple[ThreadLink, ...]
    pieces: tuple[Item, ...]
    cites: tuple[Link, ...]
    cited_by: tuple[Link, ...]
    copies: tuple[Copied, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there is anything."""
        return any((self.stories, self.pieces, self.cites, self.cited_by, self.copies))


@dataclass(frozen=True, slots=True)
class Found:
    """The same, as what is shown is made of."""

    stories: tuple[Thread, ...]
    pieces: tuple[int, ...]
    cites: tuple[TermRef, ...]
    cited_by: tuple[TermRef, ...]
    copies: tuple[tuple[int, int], ...]

    def shows(self, edition: Edition) -> bytes:
        """A digest of what a page shows of it."""
        if self == NOTHING_FOUND:
            return b""
        faces = [edition.thread_faces[thread.url] for thread in self.stories]
        faces += [edition.link_faces[ref] for ref in (*self.cites, *self.cited_by)]
        numbers = (*self.pieces, *(number for pair in self.copies for number in pair))
        sizes = (len(self.stories), len(self.pieces), len(self.cites), len(self.copies))
        return digest(sizes, (*faces, *edition.faces_of(numbers)))

    def view(self, edition: Edition) -> Standing:
        """What a template sees of it."""
        return Standing(
            stories=tuple(thread_link(edition, thread) for thread in self.stories),
            pieces=tuple(map(edition.item, self.pieces)),
            cites=edition.links(self.cites),
            cited_by=edition.links(self.cited_by),
            copies=tuple(
                Copied(edition.item(own), edition.item(other), earlier_of(edition, own, other))
                for own, other in self.copies
            ),
        )


NOTHING_FOUND = Found((), (), (), (), ())


def find_standing(edition: Edition, term: Term) -> Found:
    """What stands beside a term's articles."""
    if term.kind is TermKind.SOURCE:
        return standing_of_source(edition, term)
    if term.kind not in (*ENTITY_KINDS, TermKind.TAG):
        return NOTHING_FOUND
    pieces = key_pieces(edition, term) if term.kind in (TermKind.TAG, TermKind.EVENT) else ()
    return Found(stories_of(edition, term), pieces, (), (), ())


def stories_of(edition: Edition, term: Term) -> tuple[Thread, ...]:
    """The stories that several of a term's articles tell, the newest first."""
    found = [thread for number in term.numbers if (thread := edition.threads.get(number))]
    if len(found) < TOLD_BY:
        return ()
    told = Counter([thread.numbers[0] for thread in found])
    firsts = sorted((first for first, count in told.items() if count >= TOLD_BY), reverse=True)
    return tuple(edition.threads[first] for first in firsts[:MOST_STORIES])


def key_pieces(edition: Edition, term: Term) -> tuple[int, ...]:
    """The articles of a term that most of its others are related to."""
    own = frozenset(term.numbers)
    records = (edition.archive.records[number] for number in term.numbers)
    counts = Counter(related.number for record in records for related in record.related if related.number in own)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(number for number, count in ranked[:MOST_PIECES] if count >= TOLD_BY)


def standing_of_source(edition: Edition, term: Term) -> Found:
    """Whom a source cites, who cites it, and where nearly the same texts stand."""
    ref = TermRef(term.kind, term.id)
    records = [edition.archive.records[number] for number in term.numbers]
    published = [record for record in records if record.source == ref]
    cites = Counter(cited for record in published for cited in record.attribution if cited != ref)
    cited_by = Counter(
        record.source for record in records if ref in record.attribution and record.source not in (None, ref)
    )
    pairs = (
        (record.number, copy)
        for record in reversed(published)
        for copy in record.copies
        if edition.archive.records[copy].source != ref
    )
    return Found((), (), most(cites), most(cited_by), tuple(islice(pairs, MOST_COPIES)))


def most(counts: Counter[TermRef | None] | Counter[TermRef]) -> tuple[TermRef, ...]:
    """The most counted."""
    found: Iterable[tuple[int, TermRef]] = ((count, ref) for ref, count in counts.items() if ref)
    return tuple(ref for _, ref in sorted(found, key=lambda pair: (-pair[0], pair[1]))[:MOST_LINKS])


def earlier_of(edition: Edition, own: int, copy: int) -> int:
    """Which of two articles is earlier by date, 0 or 1; -1 where their dates do not tell."""
    one, other = edition.item(own).date, edition.item(copy).date
    return -1 if may_be_same(one, other) else int(other < one)
