"""sitegen/data/cues/<language>.toml -> Cues: the words of a language that betray names beside them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from sitegen.understand.names.tokens import look_up_forms

CUES_FOLDER = Path(__file__).parents[2] / "data" / "cues"
HABITS = frozenset({"capital_nouns", "apostrophe_endings"})
LISTED = ("roles", "honorifics", "organization_heads", "place_heads", "event_heads", "common")
SAME_CUES: Mapping[str, str] = {"ms": "id"}


@dataclass(frozen=True, slots=True)
class Cues:
    """Words by what they say of a name beside them, each in the form in which tokens are looked up.

    Attributes:
        roles, honorifics: stand before a person's name and are no part of it.
        organization_heads, organization_tails, place_heads, place_tails: the first or last word of such a name.
        place_prepositions: stand before places.
        person_verbs, after_person: stand before, after people who speak or act.
        calendar: days and months.
        common: words that are no names even with a capital; days and months are among them.
        ambiguous: names that are words too, and count only with further evidence.
        given_names: likely first words of people's names.
        connectors: small words inside names.
        articles: stand before names of other things than people.
        event_heads, event_tails: the first or last word of the name of an event.
        things: what they name is neither a person, an organization, a place nor an event.
        thing_heads, thing_tails: the first or last word of such a thing's own name (a law, a treaty).
        phrases: names of such things of several words, joined by "-".
        listed: all words that are rather something else than a name of their own; made from the other lists.
        capital_nouns: every noun has a capital, so that capitals alone betray no name (German).
        apostrophe_endings: an apostrophe parts a name from its case ending (Turkish).
    """

    roles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    organization_heads: frozenset[str] = frozenset()
    organization_tails: frozenset[str] = frozenset()
    place_heads: frozenset[str] = frozenset()
    place_tails: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    person_verbs: frozenset[str] = frozenset()
    after_person: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    connectors: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    event_heads: frozenset[str] = frozenset()
    event_tails: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    thing_heads: frozenset[str] = frozenset()
    thing_tails: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    capital_nouns: bool = False
    apostrophe_endings: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the language."""
        return not self.roles


@cache
def load_cues(language: str) -> Cues:
    """The cues of a language (a code without region); empty where no file of it comes with the package."""
    path = CUES_FOLDER / f"{SAME_CUES.get(language, language)}.toml"
    if not language.isalpha() or not path.is_file():
        return Cues()
    stated = tomllib.loads(path.read_text("utf-8"))
    unknown = stated.keys() - {field.name for field in fields(Cues)} | stated.keys() & {"listed"}
    if unknown:
        raise ValueError(f"{path.name}: unknown lists: {', '.join(sorted(unknown))}")
    lists = {name: text for name, text in stated.items() if name not in HABITS}
    words = {name: frozenset(look_up_forms(word)[0] for word in text.split()) for name, text in lists.items()}
    words["common"] = words.get("common", frozenset()) | words.get("calendar", frozenset())
    listed = frozenset[str]().union(*(words.get(name, ()) for name in LISTED))
    made: Mapping[str, Any] = {**stated, **words, "listed": listed}
    return Cues(**made)
