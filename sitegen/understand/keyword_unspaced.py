"""Prose in Han and kana -> terms: Japanese compounds as they stand, Chinese strings that come again and again.

The characters that no term begins or ends with were listed for this project.
"""

from collections import Counter
from collections.abc import Iterator

import regex

from sitegen.understand.keyword_shapes import stop_words

JAPANESE = "ja"
COMPOUND = regex.compile(r"(?<![\d０-９\p{Han}])\p{Han}{2,6}(?!\p{Han})|[\p{Katakana}ー]{3,14}")
HAN_RUN = regex.compile(r"\p{Han}+")
NUMERAL_FIRST = regex.compile(r"[一二三四五六七八九十百千万億兆〇両数第約同各毎翌昨今前後計全新元現]")
BOUND_LAST = regex.compile(r"[氏的者中後前上下間時頃等側内外初目日月年化性省庁局党県市町村区国州府署社店駅港線]$")
MEDIA_LAST = regex.compile(
    r"(?:新聞社?|新闻网?|通信社?|通[讯訊]社|日[報报]|[時时][報报]|放送|[電电][視视]台?|テレビ|スポーツ|ニュース|タイムズ|スポニチ|ニッポン)$"
)
FUNCTION = regex.compile(
    r"[的了在是和与與及或于於将將对對从從被把也不这這那其之等而就都又还還很但为為以所由向则則给給让讓并並且到他她它我你们們"
    r"年月日时時个個位名次第两兩一二三四五六七八九十百千万亿億上下中后後前内內外有无無多少说說称稱可要来來去至如最更已曾者某各每该該此本据據随隨因当當共约約同]+"
)
LONGEST = 5


def find_unspaced(text: str, language: str) -> Iterator[str]:
    """Every occurrence of a term in `text`, in lower case."""
    lists = stop_words(language)
    never = lists[0] if lists else frozenset[str]()
    terms = _compounds(text) if language == JAPANESE else _repeated(text)
    return (term for term in terms if term not in never and not MEDIA_LAST.search(term))


def _compounds(text: str) -> Iterator[str]:
    """Runs of kanji or katakana that are not numbers, dates or words that lean on others."""
    for term in COMPOUND.findall(text):
        if not NUMERAL_FIRST.match(term) and not BOUND_LAST.search(term):
            yield term


def _repeated(text: str) -> Iterator[str]:
    """Strings of two to LONGEST Han characters that occur twice and are not always part of the same longer one."""
    parts = [part for run in HAN_RUN.findall(text) for part in FUNCTION.split(run) if len(part) > 1]
    counts = Counter(
        [part[at : at + size] for part in parts for size in range(2, LONGEST + 1) for at in range(len(part) - size + 1)]
    )
    repeated = {term: count for term, count in counts.items() if count > 1}
    fragments = {
        part for term, count in repeated.items() for part in (term[1:], term[:-1]) if repeated.get(part) == count
    }
    for term, count in repeated.items():
        if term not in fragments and len(term) < LONGEST:
            yield from [term] * count
