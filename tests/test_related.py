"""Related articles: found by comparing few pairs, and the same as if all were compared."""

import math
import random
from collections.abc import Sequence

import pytest

from sitegen.archive.holdings import gather_holdings
from sitegen.archive.related import relate
from sitegen.model import Related, Slug, TermKind, TermRef

KINDS = (TermKind.TAG, TermKind.PERSON, TermKind.PLACE)


def random_terms(seed: int, articles: int) -> list[tuple[TermRef, ...]]:
    """For each article some terms, of which few are in many articles and many in few."""
    chance = random.Random(seed)
    terms = [TermRef(chance.choice(KINDS), Slug(f"t{number}")) for number in range(articles)]
    picks = [
        [min(int(chance.paretovariate(0.7)), articles) - 1 for _ in range(chance.choice((0, 2, 5, 8, 30)))]
        for _ in range(articles)
    ]
    return [tuple(dict.fromkeys(terms[pick] for pick in found)) for found in picks]


def compare_all(
    terms_of: Sequence[Sequence[TermRef]], held: dict[TermRef, list[int]], copies: Sequence[Sequence[int]]
) -> list[tuple[Related, ...]]:
    """For each article the five with the largest cosine to it, the newer first of equals, by looking at all."""
    weights = {
        ref: math.log(1 + len(terms_of) / len(numbers)) * (1 if ref.kind is TermKind.TAG else 2)
        for ref, numbers in held.items()
    }
    related = []
    for one, mine in enumerate(terms_of):
        found = []
        for other, theirs in enumerate(terms_of):
            shared = sorted(set(mine) & set(theirs), key=lambda ref: (-weights[ref], ref))
            if shared and other not in (one, *copies[one]):
                length = math.sqrt(sum(weights[ref] ** 2 for ref in theirs))
                found.append((round(sum(weights[ref] ** 2 for ref in shared) / length, 6), other, tuple(shared[:3])))
        related.append(tuple(Related(other, shared) for _, other, shared in sorted(found, reverse=True)[:5]))
    return related


@pytest.mark.parametrize("seed", range(3))
def test_the_nearest_of_all_articles_are_found_with_what_they_share(seed: int) -> None:
    terms_of = random_terms(seed, 250)
    held: dict[TermRef, list[int]] = {}
    for number, refs in enumerate(terms_of):
        for ref in refs:
            held.setdefault(ref, []).append(number)
    copies = [(number ^ 1,) if number % 5 == 0 else () for number in range(len(terms_of))]
    assert relate(gather_holdings(terms_of), copies) == compare_all(terms_of, held, copies)


def test_articles_without_terms_or_with_nobody_like_them_are_related_to_none() -> None:
    person = TermRef(TermKind.PERSON, Slug("sari"))
    assert relate(gather_holdings([(), (person,)]), [(), ()]) == [(), ()]
    assert relate(gather_holdings([]), []) == []
