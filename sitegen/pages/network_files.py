"""The network of entities -> JSON and GraphML, for programs that draw and count networks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from sitegen.model import Term, TermRef
from sitegen.pages.edition import Edition

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_FIELDS = {"name": "string", "kind": "string", "url": "string", "wikidata": "string", "articles": "int"}
TIE_FIELDS = {"articles": "int", "strength": "double"}


def network_record(
    edition: Edition, terms: Sequence[Term], ties: Iterable[tuple[TermRef, TermRef, int, float]]
) -> dict[str, Any]:
    """The network as it is published: `nodes` with a key each, and `ties` between keys, strongest first.

    Args:
        ties: the two entities, the number of articles that both are in, and G² (see archive/companions.py).
    """
    return {
        "nodes": [
            {
                "key": node_key(TermRef(term.kind, term.id)),
                "kind": term.kind,
                "id": term.id,
                "name": edition.name(term),
                "url": edition.site.absolute(term.url),
                "wikidata": term.wikidata or None,
                "articles": len(term.numbers),
            }
            for term in terms
        ],
        "ties": [
            {"one": node_key(one), "other": node_key(other), "articles": shared, "strength": round(strength, 2)}
            for one, other, shared, strength in ties
        ],
    }


def node_key(ref: TermRef) -> str:
    """What names an entity in the file."""
    return f"{ref.kind}/{ref.id}"


def graphml(record: Mapping[str, Any]) -> bytes:
    """A network's record as GraphML (http://graphml.graphdrawing.org/), an undirected graph."""
    root = ElementTree.Element("graphml", xmlns=NAMESPACE)
    for owner, fields in (("node", NODE_FIELDS), ("edge", TIE_FIELDS)):
        for name, form in fields.items():
            key = {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": form}
            ElementTree.SubElement(root, "key", key)
    graph = ElementTree.SubElement(root, "graph", id="network", edgedefault="undirected")
    for node in record["nodes"]:
        add_fields(ElementTree.SubElement(graph, "node", id=node["key"]), "node", node, NODE_FIELDS)
    for tie in record["ties"]:
        add_fields(
            ElementTree.SubElement(graph, "edge", source=tie["one"], target=tie["other"]), "edge", tie, TIE_FIELDS
        )
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def add_fields(element: ElementTree.Element, owner: str, values: Mapping[str, Any], fields: Iterable[str]) -> None:
    """Write what is known of a node or an edge into its element."""
    for name in fields:
        if values[name] is not None:
            ElementTree.SubElement(element, "data", key=f"{owner}-{name}").text = str(values[name])
