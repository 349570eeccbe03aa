"""Who appears with whom more than by chance."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive.companions import LEAST_STRENGTH, find_companions
from sitegen.model import EntityType, TermRef
from tests.archives import Story, make_archive

NAMES = ("Ani", "Budi", "Citra", "Dewi", "Eka")


def expected_strength(both: int, one: int, other: int, articles: int) -> float:
    """G² from the observed and expected counts of the four cells."""
    observed = [
        (both, one * other),
        (one - both, one * (articles - other)),
        (other - both, (articles - one) * other),
        (articles - one - other + both, (articles - one) * (articles - other)),
    ]
    return 2 * sum(seen * math.log(seen * articles / margins) for seen, margins in observed if seen)


@given(st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=40))
def test_companions_are_those_that_share_more_articles_than_chance(articles: list[set[str]]) -> None:
    archive = make_archive(
        Story(names=tuple((name, EntityType.PERSON) for name in sorted(names)), tags=("berita",)) for names in articles
    )
    found = find_companions(archive.terms, len(articles))
    held = {ref: set(term.numbers) for ref, term in archive.terms.items()}
    entities = [ref for ref in held if ref.kind == "person"]
    for one, mine in held.items():
        shared = Counter({other: len(mine & held[other]) for other in entities if other != one})
        wanted: dict[TermRef, tuple[int, object]] = {}
        for other, both in shared.items():
            sizes = (len(mine), len(held[other]))
            if both >= 2 and both * len(articles) > math.prod(sizes):
                strength = expected_strength(both, *sizes, len(articles))
                if strength >= LEAST_STRENGTH:
                    wanted[other] = both, pytest.approx(strength, abs=1e-5)
        told = found.get(one, ())
        assert {each.ref: (each.shared, each.strength) for each in told} == wanted
        assert sorted(told, key=lambda each: (-each.strength, each.ref)) == list(told)
        assert one in found or not wanted
