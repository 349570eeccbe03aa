"""Companions of all entities -> one network: who appears with whom over the whole archive, its page and its files.

It holds the strongest ties of all and nothing else, so that it can be read, and so that its cost is bounded.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from unicodedata import east_asian_width

from sitegen.model import ENTITY_KINDS, Companion, OutputFile, Page, TermKind, TermRef, Unit
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.layout import lay_out
from sitegen.pages.network_files import graphml, network_record
from sitegen.pages.records import to_json
from sitegen.pages.sections import WITH, companion_anchor, section_hrefs
from sitegen.pages.text import shorten
from sitegen.pages.views import Counted, Head
from sitegen.urls import NETWORK

MOST_TIES, MOST_NODES = 240, 80
LARGEST, SMALLEST = 22, 7
"""Radius of an entity, in pixels, by the square root of its number of articles."""
THICKEST = 5.0
LABEL_LENGTH = 28
LETTER, LINE = 6.6, 16.0
"""Pixels of a letter's width and of a line's height; a letter of East Asia is two."""


class Tie(NamedTuple):
    """Two entities that appear together more than by chance, in how many articles, and how strongly (G²)."""

    one: TermRef
    other: TermRef
    shared: int
    strength: float


class Node(NamedTuple):
    """An entity on the sheet, in pixels; its key is its place among all."""

    key: int
    kind: TermKind
    term: Counted
    label: str
    x: int
    y: int
    radius: int


class Edge(NamedTuple):
    """A tie on the sheet: between which nodes (by their places), how thick, and what opens its articles."""

    one: int
    other: int
    width: float
    shared: int
    href: str


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What the network's page sees; edges are in order of strength."""

    head: Head
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    kinds: tuple[TermKind, ...]
    width: int
    height: int


def network_unit(edition: Edition) -> Unit:
    """The page of the network, and its files."""
    ties = strongest_ties(edition)
    entities = entities_of(ties)
    sizes = [len(edition.archive.terms[ref].numbers) for ref in entities]
    # Where a tie's articles are listed depends on how many articles its first entity has.
    key = digest((NETWORK, ties, sizes), (edition.link_faces[ref] for ref in entities))
    return Unit(key, 4, ("network.html",), partial(plan_network, edition, ties))


def has_network(edition: Edition) -> bool:
    """Whether any two entities are tied."""
    return any(ref.kind in ENTITY_KINDS for ref in edition.archive.companions)


def strongest_ties(edition: Edition) -> tuple[Tie, ...]:
    """The strongest ties between at most MOST_NODES entities, strongest first."""
    found: dict[tuple[TermRef, TermRef], Tie] = {}
    for ref, companions in edition.archive.companions.items():
        for companion in companions if ref.kind in ENTITY_KINDS else ():
            pair = (min(ref, companion.ref), max(ref, companion.ref))
            # A tie that both ends name is the one that the first names.
            if pair not in found or ref == pair[0]:
                found[pair] = make_tie(ref, companion)
    ties: list[Tie] = []
    held: set[TermRef] = set()
    for tie in sorted(found.values(), key=lambda tie: (-tie.strength, tie.one, tie.other)):
        if len(held | {tie.one, tie.other}) <= MOST_NODES and len(ties) < MOST_TIES:
            held |= {tie.one, tie.other}
            ties.append(tie)
    return tuple(ties)


def make_tie(ref: TermRef, companion: Companion) -> Tie:
    """The tie that an entity's companion is."""
    return Tie(ref, companion.ref, companion.shared, companion.strength)


def entities_of(ties: Iterable[Tie]) -> tuple[TermRef, ...]:
    """The entities of some ties, in the order of their strongest ties."""
    return tuple(dict.fromkeys(ref for tie in ties for ref in (tie.one, tie.other)))


def plan_network(edition: Edition, ties: Sequence[Tie]) -> Iterator[Page | OutputFile]:
    """The page of the network, and the same as JSON and as GraphML."""
    yield Page(NETWORK, "network.html", network_view(edition, ties))
    terms = [edition.archive.terms[ref] for ref in entities_of(ties)]
    record = network_record(edition, terms, [(tie.one, tie.other, tie.shared, tie.strength) for tie in ties])
    yield OutputFile("data/network.json", to_json(record))
    yield OutputFile("data/network.graphml", graphml(record))


def network_view(edition: Edition, ties: Sequence[Tie]) -> NetworkView:
    """The network laid out."""
    refs = entities_of(ties)
    places = {ref: place for place, ref in enumerate(refs)}
    terms = [edition.counted(edition.archive.terms[ref]) for ref in refs]
    most = max((term.count for term in terms), default=1)
    radii = [max(SMALLEST, round(LARGEST * math.sqrt(term.count / most))) for term in terms]
    labels = [label_of(term.name) for term in terms]
    boxes = [(max(2 * r, label_width(text)), 2 * r + 2 * LINE) for r, text in zip(radii, labels, strict=True)]
    middles, (width, height) = lay_out(boxes, [(places[tie.one], places[tie.other]) for tie in ties])
    rows = enumerate(zip(refs, terms, labels, middles, radii, strict=True))
    nodes = tuple(Node(key, ref.kind, term, label, x, y, radius) for key, (ref, term, label, (x, y), radius) in rows)
    edges = tuple(make_edge(edition, tie, places, ties[0].strength) for tie in ties)
    kinds = tuple(kind for kind in ENTITY_KINDS if any(node.kind is kind for node in nodes))
    return NetworkView(Head(indexed=bool(nodes)), nodes, edges, kinds, width, height)


def make_edge(edition: Edition, tie: Tie, places: dict[TermRef, int], strongest: float) -> Edge:
    """A tie between its two nodes; its articles are listed with those of the first."""
    term = edition.archive.terms[tie.one]
    before, after = section_hrefs(edition, term, WITH)
    opened = f"{before}{companion_anchor(tie.other)}{after}"
    width = round(max(1.0, THICKEST * tie.strength / strongest), 1)
    return Edge(places[tie.one], places[tie.other], width, tie.shared, opened)


def label_of(name: str) -> str:
    """As much of a name as there is room for."""
    short = shorten(name, LABEL_LENGTH)
    return short if short == name else f"{short}…"


def label_width(text: str) -> float:
    """The width of a line of text, in pixels, more or less."""
    return LETTER * sum(2 if east_asian_width(char) in "FW" else 1 for char in text)
