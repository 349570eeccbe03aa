"""Prose -> the media that an article cites.

A citation is a name next to a word of citing. After a strong word ("melansir", "citing") any capitalised name counts
that is not a person's or a place's; after a weak one ("menurut", "told") only a known medium, or a name made of the
words that media are named with. A name runs neither over words in lower case nor over punctuation. The patterns were
written for this project, as the words in attribution_words.py were.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import StrEnum
from functools import cache
from itertools import chain, takewhile
from types import MappingProxyType
from typing import NamedTuple

from sitegen.locale.names import fold_name, month_names, weekday_names
from sitegen.model import Citation, EntityType, Mention, Span
from sitegen.understand.attribution_words import (
    AUXILIARY,
    CUES,
    DIRECT_CUE,
    FILLER,
    LOOSE_CUE,
    MEDIA_WORDS,
    NO_MEDIA_WORDS,
    REPORT,
    REPORT_VERBS,
    SPACE,
    STRONG_CUE,
    WEAK_CUE,
    known_media,
    media_key,
)
from sitegen.understand.words import split_lower

LONGEST_PROSE = 60_000
"""How much of a very long text is read for citations, in characters."""
LONGEST_NAME = 90
CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶŁĻŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇҐ\u0621-\u064a"
WORD = rf"(?:[{CAPITAL}][\w'’&-]*(?:\.(?=\w)[\w-]+)*|\d{{1,3}}(?=\s[{CAPITAL}]))"
HOST = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z]{2,}"
SHORT = rf"(?:\s\((?P<short>[{CAPITAL}][\w-]{{1,9}})\))?"
NAME = rf"(?P<name>{HOST}\b|{WORD}(?:\s{WORD}){{0,5}}){SHORT}"
ARTICLE = r"(?:[lLdD]['’]|[\"“«'‘])?"
DOMAIN = re.compile(HOST)
CUE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
CUE_BEGINNINGS = frozenset(word.encode() for word in CUES.keys() | REPORT_VERBS.keys())
CUE = rf"(?:(?P<direct>{DIRECT_CUE})|(?P<strong>{STRONG_CUE})|(?P<loose>{LOOSE_CUE}\b)|{WEAK_CUE})"
AFTER_CUE = re.compile(rf"{CUE}{FILLER}{SPACE}{ARTICLE}{NAME}")
BEFORE_REPORT = re.compile(rf"(?:^|[\s(\"“«]){NAME}[\"”»]?{AUXILIARY}{SPACE}$")
REPORT_VERB = re.compile(REPORT)
AGENCY_IN_DATELINE = re.compile(rf"\({NAME}\)\s?[-–—]")
DATELINE_LENGTH = 80
KIND = re.compile(
    r"(?:Kantor Berita|News Agency|Stasiun (?:TV|Televisi|Radio)|Surat Kabar|Koran|Majalah|Situs|Laman)\s(?=.)"
)
BEFORE_ACRONYM = re.compile(r"The (?=[A-Z]{2,}\b)")
EAST_ASIAN_LETTER = re.compile(r"[\u3041-\u9fff\uac00-\ud7a3]")
EAST_ASIAN = re.compile(
    r"(?P<japanese>[^\s。「」『』（）()]{2,40}?)(?:など)?(?:によると|によれば|が報じ|が伝え|の報道によ|が報道し)"
    r"|(?P<subject>[一-鿿々ァ-ヶーA-Za-z0-9]{0,14}(?:新聞|通信|テレビ|放送|ニュース|NHK))[はも](?=[^。]{1,100}?と(?:報じ|伝え))"
    r"|据《?(?P<chinese>[^\s。，、《》]{2,12}?)》?(?:报道|报导|消息|報道|報導)"
    r"|(?P<korean>[가-힣A-Z]{1,8}(?:통신|신문|뉴스|일보|방송))(?:에 따르면|[은는이가도](?=\s))"
)
EAST_ASIAN_MEDIUM = re.compile(
    r"(?:[一-鿿々ァ-ヶーA-Za-z0-9・]{0,14}(?:新聞社?|通信社?|スポーツ|ニュース|ニッポン|テレビ|放送|タイム[ズス]|NEWS|"
    r"新闻社?|通讯社|新华社|日报|日報|晚报|时报|時報|电视台|電視|新闻网|网)"
    r"|NHK|ロイター|AFP|AP|CNN|BBC|(?:[가-힣A-Z]{1,8}(?:통신|신문|뉴스|일보|방송)))$"
)


EAST_ASIAN_DAY = re.compile(r"の(?:\d{1,2}月)?\d{1,2}日付?$")
EAST_ASIAN_AND = re.compile(r"(?:[、,，]|や|と|および|及び)$")


class Rule(StrEnum):
    """What shows that a name is that of a medium which the article cites."""

    STATED = "stated"
    HEAD = "head"
    DRAWN_ON = "drawn on"
    CITED = "cited"
    KNOWN = "known medium"
    NAMED_LIKE_ONE = "named like a medium"
    REPORTS = "before a word of reporting"
    DATELINE = "in the dateline"


CONFIDENCE: Mapping[Rule, float] = MappingProxyType(
    {
        Rule.STATED: 1.0,
        Rule.HEAD: 0.99,
        Rule.DRAWN_ON: 0.95,
        Rule.CITED: 0.85,
        Rule.KNOWN: 0.95,
        Rule.NAMED_LIKE_ONE: 0.85,
        Rule.REPORTS: 0.9,
        Rule.DATELINE: 0.95,
    }
)
"""How often a name found by each rule is a medium that the article cites: estimates, made when the rules were written.

Over all rules: of 17 names found in forty articles that were read by hand, all were right, and four were missed; in
forty others, on which rules were mended, 34 of 36 were right, and three were missed. They were in four languages.
"""


class Found(NamedTuple):
    """A medium, where it is named, and its rank: 0 for one that the article draws on, 1 for one it tells of."""

    rank: int
    span: Span
    name: str
    rule: Rule


def find_attribution(
    prose: str, language: str, mentions: Sequence[Mention], publisher: Citation | None
) -> tuple[Citation, ...]:
    """The media that `prose` cites: those it says it draws on, then those whose reports it tells of.

    Each once, in the order of first citation.

    Args:
        mentions: what the names of the article are known to be.
        publisher: who published the article, and is not cited.
    """
    prose = prose[:LONGEST_PROSE]
    types = {mention.span: mention.type for mention in mentions}
    found = sorted({*_find_cased(prose, language, types), *_find_east_asian(prose)})
    own = _own_names(publisher) if publisher else frozenset()
    media: dict[str, Citation] = {}
    for one in found:
        key = media_key(one.name)
        if key and key not in own:
            media.setdefault(key, cite(one.name, one.span, one.rule))
    return tuple(media.values())


def _own_names(publisher: Citation) -> frozenset[str]:
    """What a publisher may be called: "en.warta.example" is Warta."""
    return frozenset(media_key(name) for name in (publisher.name, *(publisher.domain or "").split(".")[:-1]))


def cite(name: str, span: Span | None, rule: Rule) -> Citation:
    """A publisher or medium of that name; what looks like a domain is one."""
    domain = name.lower().removeprefix("www.") if DOMAIN.fullmatch(name) else None
    return Citation(name, domain, span, rule.value, CONFIDENCE[rule])


def _find_cased(prose: str, language: str, types: Mapping[Span, EntityType]) -> Iterator[Found]:
    lower = prose.lower()
    lower = lower if len(lower) == len(prose) else prose
    words = _words(lower)
    for place in _places(lower, words, CUES):
        yield from _after_cue(prose, place, language, types)
    for place in _places(lower, words, REPORT_VERBS):
        yield from _before_report(prose, place, language)
    filed = AGENCY_IN_DATELINE.search(prose[:DATELINE_LENGTH])
    if filed and names_medium(filed["name"]):
        yield from _read(filed, 0, language, 1, Rule.DATELINE)


def _words(lower: str) -> Set[str]:
    """The words of `lower` that may begin a cue."""
    if "'" in lower or "’" in lower:
        return set(CUE_WORD.findall(lower))
    return {word.decode() for word in CUE_BEGINNINGS.intersection(split_lower(lower))}


def _places(text: str, words: Set[str], cues: Mapping[str, Sequence[str]]) -> Iterator[int]:
    """Where each of the cues that begin with one of `words` begins in `text`, in whole words."""
    for word in chain.from_iterable(cues[first] for first in sorted(words & cues.keys())):
        place = text.find(word)
        while place >= 0:
            end = place + len(word)
            if not text[place - 1 : place].isalnum() and not text[end : end + 1].isalnum():
                yield place
            place = text.find(word, end)


def _before_report(prose: str, place: int, language: str) -> Iterator[Found]:
    if REPORT_VERB.match(prose, place):
        floor = max(0, place - LONGEST_NAME)
        match = BEFORE_REPORT.search(prose[floor:place])
        if match and (names_medium(match["name"]) or KIND.match(match["name"])):
            yield from _read(match, floor, language, 1, Rule.REPORTS)


def _after_cue(prose: str, place: int, language: str, types: Mapping[Span, EntityType]) -> Iterator[Found]:
    match = AFTER_CUE.match(prose, place)
    if match is None:
        return
    cue = Rule.DRAWN_ON if match["direct"] else Rule.CITED if match["strong"] else None
    for one in _read(match, 0, language, 0 if match["direct"] else 1, cue or Rule.NAMED_LIKE_ONE):
        named = not match["loose"] and (names_medium(one.name) or KIND.match(match["name"]) is not None)
        if media_key(one.name) in known_media():
            yield one._replace(rule=cue or Rule.KNOWN)
        elif named or (cue and _may_be_medium(one, types)):
            yield one


def _read(match: re.Match[str], shift: int, language: str, rank: int, rule: Rule) -> Iterator[Found]:
    """The name of `match` without the kind of medium before it, and without a weekday or a role after it.

    In a script without capitals nothing shows where a name ends: there it is the longest known one.

    Where an abbreviation in brackets follows, that is the name, and all of it the place.
    """
    start, name = match.start("name") + shift, match["name"]
    if match["short"]:
        yield Found(rank, Span(start, match.end("short") + 1 + shift), match["short"], rule)
        return
    kind = KIND.match(name)
    if kind:
        start, name = start + kind.end(), name[kind.end() :]
    if BEFORE_ACRONYM.match(name):
        start, name = start + len("The "), name[len("The ") :]
    words = name.split()
    rest = takewhile(lambda word: fold_name(word) not in _calendar(language) and word not in NO_MEDIA_WORDS, words[1:])
    words = [*words[:1], *rest]
    if name[0].islower() or name[0].isupper() or name[0].isdigit():
        name = " ".join(words)
    else:
        prefixes = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        name = next((prefix for prefix in prefixes if media_key(prefix) in known_media()), "")
    if name:
        yield Found(rank, Span(start, start + len(name)), name, rule)


@cache
def _calendar(language: str) -> frozenset[str]:
    names = (table(code) for code in ("id", "en", language) for table in (weekday_names, month_names))
    return frozenset(name for table in names for name in table if len(name) > 3)


def names_medium(name: str) -> bool:
    """Whether `name` is a known medium's, is made of the words that media are named with, or is a domain.

    A branch is known by its house: "CNN Philippines".
    """
    words = name.split()
    made_of_media_words = len(words) > 1 and not MEDIA_WORDS.isdisjoint(words)
    branch = len(words) == 2 and len(words[0]) > 2 and words[0].isupper() and media_key(words[0]) in known_media()
    return made_of_media_words or branch or media_key(name) in known_media() or DOMAIN.fullmatch(name) is not None


def _may_be_medium(one: Found, types: Mapping[Span, EntityType]) -> bool:
    if one.name.split()[0] in NO_MEDIA_WORDS or any(char.isdigit() for char in one.name):
        return False
    return types.get(one.span, EntityType.ORGANIZATION) not in (
        EntityType.PERSON,
        EntityType.PLACE,
        EntityType.EVENT,
    )


def _find_east_asian(prose: str) -> Iterator[Found]:
    if not EAST_ASIAN_LETTER.search(prose):
        return
    for match in EAST_ASIAN.finditer(prose):
        group = next(name for name in ("japanese", "subject", "chinese", "korean") if match[name])
        start, end = match.span(group)
        dated = EAST_ASIAN_DAY.search(prose, start, end)
        end = dated.start() if dated else end
        # From the last name back to where something else is said: "ただ" and the like are no part of a name.
        while found := EAST_ASIAN_MEDIUM.search(prose, start, end):
            yield Found(1, Span(*found.span()), found[0], Rule.CITED)
            joined = EAST_ASIAN_AND.search(prose, start, found.start())
            end = joined.start() if joined else start
