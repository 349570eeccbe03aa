"""Prose -> mentions: the people, organizations, places and events that an article names.

Looks at one article alone; what several articles together settle is the archive's work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitegen.model import Mention, Span
from sitegen.understand.names.aliases import Candidate, Settled, settle_names, single_words
from sitegen.understand.names.cues import Cues, load_cues
from sitegen.understand.names.gazetteer import Gazetteer, Known, Sense, load_gazetteer, name_lengths
from sitegen.understand.names.rules import Found, find_by_cues, read_sentence
from sitegen.understand.names.sentences import begins_clause, is_headline, split_sentences
from sitegen.understand.names.tokens import Token, look_up_forms, name_key, tokenize

NAME_CHARACTERS = 100
"""Longer stretches are taken for no names."""


def find_mentions(prose: str, paragraphs: tuple[Span, ...], title: Span | None, language: str) -> tuple[Mention, ...]:
    """Every mention in the title and the paragraphs of an article, sorted by span, none overlapping another.

    Args:
        prose: the text that all spans count in.
        paragraphs: the stretches to read, in order.
        title: the headline, in which only names known from elsewhere are found.
        language: BCP 47 code of the article, "und" when unknown.
    """
    language = language.partition("-")[0]
    cues = load_cues(language)
    sentences = [sentence for paragraph in paragraphs for sentence in split_sentences(prose, paragraph)]
    words = {token.text for sentence in sentences for token in sentence if token.text.islower()}
    candidates = [
        candidate for sentence in sentences for candidate in find_candidates(prose, sentence, cues, words, language)
    ]
    headline = tokenize(prose, title) if title else []
    candidates.extend(find_in_headline(prose, headline, cues, language))
    settled = dict(settle_names(candidates, prose, language))
    settled.update(single_words(settled, words | cues.common | cues.ambiguous | cues.roles | cues.honorifics))
    candidates.extend(sweep(prose, [headline, *sentences], candidates, local_names(settled)))
    mentions = (make_mention(each, settled) for each in candidates)
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def find_candidates(
    prose: str, tokens: Sequence[Token], cues: Cues, words: set[str], language: str
) -> Iterator[Candidate]:
    """The names in one sentence of the body."""
    known = [each for each in load_gazetteer().match(tokens, language) if is_trusted(tokens, each, cues, words)]
    if cues.empty or is_headline(tokens):
        return (make_candidate(prose, tokens, found_by_gazetteer(each)) for each in known)
    found = find_by_cues(read_sentence(tokens, known), cues, words)
    return (make_candidate(prose, tokens, each) for each in found)


def is_trusted(tokens: Sequence[Token], known: Known, cues: Cues, words: set[str]) -> bool:
    """Whether a known name is one here: several words, or one that is no common word at the beginning of a clause."""
    if known.sense.weak:
        before = look_up_forms(tokens[known.first - 1].text)[0] if known.first else ""
        return before in cues.place_prepositions
    if known.end - known.first > 1:
        return True
    form = look_up_forms(tokens[known.first].text)[0]
    if form in cues.common:
        return False
    return not ((form in cues.ambiguous or form in words) and begins_clause(tokens, known.first))


def found_by_gazetteer(known: Known) -> Found:
    """A known name as something found."""
    return Found(known.first, known.end, known.sense.type, known.sense.key, 0.9, "gazetteer")


def make_candidate(prose: str, tokens: Sequence[Token], found: Found) -> Candidate:
    """What was found among tokens as a stretch of the prose."""
    span = Span(tokens[found.first].start, tokens[found.end - 1].end)
    return Candidate(span, prose[span.start : span.end], found.type, found.key, found.confidence, found.rule)


def sweep(
    prose: str, sentences: Iterable[Sequence[Token]], candidates: Iterable[Candidate], names: Gazetteer
) -> Iterator[Candidate]:
    """Names known from the article itself wherever nothing was found yet; in the headline above all."""
    taken = {place for each in candidates for place in range(each.span.start, each.span.end)}
    for tokens in sentences:
        for known in names.match(tokens, ""):
            candidate = make_candidate(prose, tokens, found_by_gazetteer(known))
            if taken.isdisjoint(range(candidate.span.start, candidate.span.end)):
                yield candidate


def local_names(settled: Mapping[str, Settled]) -> Gazetteer:
    """The names of one article as a gazetteer of its own."""
    names = {key: (Sense(each.type, each.key),) for key, each in settled.items()}
    return Gazetteer(names, name_lengths(names))


def find_in_headline(prose: str, tokens: Sequence[Token], cues: Cues, language: str) -> list[Candidate]:
    """Known names in a headline, where a capital proves nothing."""
    known = load_gazetteer().match(tokens, language)
    sure = (each for each in known if each.end - each.first > 1 or not is_word(tokens[each.first], cues))
    sure = (each for each in sure if each.sense.key)
    return [make_candidate(prose, tokens, found_by_gazetteer(each)) for each in sure]


def is_word(token: Token, cues: Cues) -> bool:
    """Whether a token is a word of the language as well as a name."""
    form = look_up_forms(token.text)[0]
    return form in cues.common or form in cues.ambiguous


def make_mention(candidate: Candidate, settled: Mapping[str, Settled]) -> Mention:
    """A candidate under the name that the article settled on."""
    known = settled.get(name_key(candidate.text))
    if known is None:
        return Mention(
            candidate.span, candidate.text, candidate.type, candidate.key, candidate.confidence, candidate.rule
        )
    return Mention(
        candidate.span, known.name, known.type, known.key, candidate.confidence, known.rule or candidate.rule
    )
