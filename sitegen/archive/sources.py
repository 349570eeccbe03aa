"""Publishers and cited media of all articles -> sources: one kind of term for both."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.config import SourceFacts
from sitegen.model import Article, Citation, Slug, Term, TermKind, TermRef
from sitegen.urls import term_slug, term_url


@dataclass(frozen=True, slots=True)
class Sources:
    """Who published each article, whom it cites, and a term for each of them."""

    published: tuple[TermRef | None, ...]
    cited: tuple[tuple[TermRef, ...], ...]
    terms: Mapping[TermRef, Term]


def gather_sources(articles: Sequence[Article], facts: Mapping[str, SourceFacts]) -> Sources:
    """The sources of `articles`, given in the order of their numbers.

    Args:
        facts: what an editor wrote, by domain; a cited name that equals a fact's name is that domain's source.
    """
    domains = {fact.name.casefold(): domain for domain, fact in facts.items() if fact.name}
    names: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    numbers: defaultdict[TermRef, set[int]] = defaultdict(set)

    def note(citation: Citation, number: int) -> TermRef:
        domain = citation.domain or domains.get(citation.name.casefold())
        ref = TermRef(TermKind.SOURCE, term_slug(domain or citation.name))
        names[ref][domain or citation.name] += 1
        numbers[ref].add(number)
        return ref

    published = tuple(note(a.source, number) if a.source else None for number, a in enumerate(articles))
    cited = tuple(
        tuple(dict.fromkeys(note(citation, number) for citation in article.attribution))
        for number, article in enumerate(articles)
    )
    terms = {ref: _term(ref, names[ref], numbers[ref], facts) for ref in sorted(names)}
    return Sources(published, cited, terms)


def _term(ref: TermRef, names: Counter[str], numbers: set[int], facts: Mapping[str, SourceFacts]) -> Term:
    written = most_used(names)
    fact = next((facts[name.lower()] for name in written if name.lower() in facts), SourceFacts())
    name, *others = dict.fromkeys([fact.name, *written] if fact.name else written)
    return Term(
        kind=TermKind.SOURCE,
        id=Slug(ref.id),
        url=term_url(TermKind.SOURCE, ref.id),
        has_page=True,
        name=name,
        language="",
        aliases=tuple(others),
        wikidata="",
        numbers=tuple(sorted(numbers)),
    )


def most_used(names: Counter[str]) -> list[str]:
    """Names by how often they are used, then by spelling."""
    return sorted(names, key=lambda name: (-names[name], name))
