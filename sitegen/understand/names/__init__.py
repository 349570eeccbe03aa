"""Prose -> mentions: the people, organizations, places and events that an article names.

Looks at one article alone; what several articles together settle is the archive's work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from sitegen.model import Mention, Span
from sitegen.understand.names.aliases import Candidate, Settled, assign_words, settle_names
from sitegen.understand.names.combine import combine
from sitegen.understand.names.cues import Cues, load_cues
from sitegen.understand.names.gazetteer import Gazetteer, Known, Sense, load_gazetteer, name_lengths
from sitegen.understand.names.rules import find_by_cues
from sitegen.understand.names.runs import Found, found_by_gazetteer, read_sentence
from sitegen.understand.names.sentences import (
    begins_clause,
    is_headline,
    is_shouting,
    split_sentences,
)
from sitegen.understand.names.tagger import Tagger, load_tagger
from sitegen.understand.names.things import find_explained, without_things
from sitegen.understand.names.tokens import Tokens, name_key, tokenize, without_soft_signs

SURE_LENGTH = 5
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
    return mentions_with(load_tagger(language), prose, paragraphs, title, language)


def mentions_with(
    tagger: Tagger | None, prose: str, paragraphs: tuple[Span, ...], title: Span | None, language: str
) -> tuple[Mention, ...]:
    """What `find_mentions` gives, with a tagger of one's own; `language` without region."""
    cues = load_cues(language)
    sentences = [sentence for paragraph in paragraphs for sentence in split_sentences(prose, paragraph)]
    words = set(filter(str.islower, chain.from_iterable(sentence.texts for sentence in sentences)))
    candidates = list(find_in_body(prose, sentences, language, tagger, words))
    headline = tokenize(prose, title or Span(0, 0))
    candidates = without_things([*candidates, *find_in_headline(prose, headline, cues, language)])
    settled = dict(settle_names(candidates, prose, language, cues.listed))
    assigned, doubtful = assign_words(settled, candidates, (words, cues.listed), cues.ambiguous)
    settled.update(assigned)
    candidates = [each for each in candidates if each.key or name_key(each.text) not in doubtful]
    candidates.extend(sweep(prose, [headline, *sentences], candidates, local_names(settled, doubtful)))
    mentions = (make_mention(each, settled) for each in candidates)
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def find_in_body(
    prose: str,
    sentences: Sequence[Tokens],
    language: str,
    tagger: Tagger | None,
    words: AbstractSet[str],
) -> Iterator[Candidate]:
    """The names in the sentences of the body: by the language's tagger, else by cues, else those known."""
    cues, gazetteer = load_cues(language), load_gazetteer()
    cased = any(not text.islower() for sentence in sentences for text in sentence.texts if text.isalpha())
    known = [gazetteer.match(sentence, language, cased=cased) for sentence in sentences]
    plain = [number for number, sentence in enumerate(sentences) if not is_headline(sentence)]
    tags = tagger.tag([sentences[n] for n in plain], [known[n] for n in plain]) if tagger else []
    tagged = dict(zip(plain, tags, strict=False))
    by_rules = frozenset[int]() if cues.empty else frozenset(plain)
    for number, sentence in enumerate(sentences):
        if cased:
            trusted = [each for each in known[number] if is_trusted(sentence, each, cues, words)]
        else:
            trusted = [each for each in known[number] if is_trusted_in_lower_case(sentence, each, cues)]
        if number in tagged:
            names = combine(read_sentence(sentence, trusted), tagged[number], cues, words)
        elif number in by_rules:
            names = list(find_by_cues(read_sentence(sentence, trusted), cues, words))
        else:
            names = list(map(found_by_gazetteer, trusted))
        for each in (*names, *find_explained(sentence)):
            candidate = make_candidate(prose, sentence, each)
            if len(candidate.text) <= NAME_CHARACTERS:
                yield candidate


def is_trusted(tokens: Tokens, known: Known, cues: Cues, words: AbstractSet[str]) -> bool:
    """Whether a known name is one here: several words, or one that is no common word at the beginning of a clause."""
    text, form = tokens.texts[known.first], tokens.forms[known.first]
    if known.sense.weak:
        before = tokens.forms[known.first - 1] if known.first else ""
        return before in cues.place_prepositions
    if known.end - known.first > 1:
        return True
    if text.isupper():
        return not (form in cues.common and is_shouting(tokens))
    if form in cues.common or (form in cues.ambiguous and not text[0].isupper()):
        return False
    return not ((form in cues.ambiguous or form in words) and begins_clause(tokens, known.first))


def is_trusted_in_lower_case(tokens: Tokens, known: Known, cues: Cues) -> bool:
    """Whether a known name is one in an article without capitals: of several words, or long and no common word."""
    form = tokens.forms[known.first]
    word = form in cues.listed or form in cues.ambiguous or len(form) < SURE_LENGTH
    return known.sense.key != "" and (known.end - known.first > 1 or not word)


def make_candidate(prose: str, tokens: Tokens, found: Found) -> Candidate:
    """What was found among tokens as a stretch of the prose."""
    span = Span(tokens.places[found.first][0] + found.cut[0], tokens.places[found.end - 1][1] - found.cut[1])
    text = without_soft_signs(prose[span.start : span.end])
    return Candidate(span, text, found.type, found.key, found.confidence, found.rule)


def sweep(
    prose: str, sentences: Iterable[Tokens], candidates: Sequence[Candidate], names: Gazetteer
) -> Iterator[Candidate]:
    """Names known from the article itself wherever nothing was found yet; in the headline above all.

    What the article writes in capitals alone is known in capitals alone: "us" is not the US.
    """
    taken = {place for each in candidates for place in range(each.span.start, each.span.end)}
    capitals = {name_key(each.text) for each in candidates if each.text.isupper()}
    capitals -= {name_key(each.text) for each in candidates if not each.text.isupper()}
    for tokens in sentences:
        for known in names.match(tokens, ""):
            candidate = make_candidate(prose, tokens, found_by_gazetteer(known))
            spelled = candidate.text.isupper() or name_key(candidate.text) not in capitals
            if spelled and taken.isdisjoint(range(candidate.span.start, candidate.span.end)):
                yield candidate


def local_names(settled: Mapping[str, Settled], doubtful: AbstractSet[str]) -> Gazetteer:
    """The names of one article, but the doubtful ones, as a gazetteer of its own."""
    names = {key: (Sense(each.type, each.key),) for key, each in settled.items() if each.key or key not in doubtful}
    return Gazetteer(names, name_lengths(names))


def find_in_headline(prose: str, tokens: Tokens, cues: Cues, language: str) -> list[Candidate]:
    """Known names in a headline, where a capital proves nothing."""
    known = (each for each in load_gazetteer().match(tokens, language) if each.sense.key)
    sure = (each for each in known if each.end - each.first > 1 or not is_word(tokens, each.first, cues))
    return [make_candidate(prose, tokens, found_by_gazetteer(each)) for each in sure]


def is_word(tokens: Tokens, index: int, cues: Cues) -> bool:
    """Whether a token is a word of the language as well as a name; an acronym is none unless all is in capitals."""
    form = tokens.forms[index]
    acronym = tokens.texts[index].isupper() and not is_shouting(tokens)
    return not acronym and (form in cues.common or form in cues.ambiguous)


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
