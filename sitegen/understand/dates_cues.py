"""The words before a date -> what they make of it: reported, published, since, born, planned, quoted, an address.

The words are the usual ones of each language, written down for this project.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from sitegen.understand.wordlists import word_pattern, word_set

REACH = 56
"""How far before a date its words are looked for, in characters."""


class Cue(StrEnum):
    """What the words before a date say of it."""

    TODAY = "after a word for today"
    CITED = "after the medium that it cites"
    SAID = "after who said it"
    PUBLISHED = "after a word for publishing"
    SINCE = "after since, until and the like"
    BORN = "after born, died, founded, anniversary and the like"
    AHEAD = "after a word for things to come"
    QUOTED_POST = "in the signature of a quoted post"
    POSTED_BY = "after who posted it"
    IN_ADDRESS = "inside a web address"


_CITED = word_set(
    "melansir dilansir mengutip dikutip dilaporkan diberitakan lapor disadur citing rapporte передает",
    "передаёт сообщает",
)
_SAID = word_set(
    "melaporkan kata ujar tutur ungkap ucap jelas tegas sebut menurut wartawan keterangan siaran konferensi pers said",
    "told reported reports statement selon déclaré sagte berichtete según dijo informó сообщил сообщила заявил",
)
_PUBLISHED = word_set(
    "published posted updated issued diterbitkan dipublikasikan terbit tayang dimuat diperbarui diunggah disiarkan",
    "publié publiée publicado publicada pubblicato veröffentlicht gepubliceerd опубликовано обновлено publikigita",
    "yayınlandı đăng",
)
_TODAY = word_set(
    "today hodiaŭ aujourd'hui heute hoy oggi hoje vandaag сегодня сьогодні اليوم امروز bugün",
)
_SINCE = word_set(
    "sejak hingga sampai sebelum setelah sesudah antara mulai per since until till before after from between by",
    "through depuis jusqu'au avant après dès entre seit bis ab vor nach zwischen desde hasta antes después dal al fino",
    "até с до после между منذ حتى قبل بعد ekde ĝis antaŭ inter از تا від до",
)
_BORN = word_set(
    "lahir kelahiran didirikan peringatan ditandatangani disahkan born founded anniversary",
    "established signed né née proclamé anniversaire geboren nacido nacida nata nato nascido родился",
    "родилась основан naskiĝis fondita doğdu",
)
_AHEAD = word_set(
    "akan mendatang rencananya dijadwalkan will scheduled due upcoming deadline expires prévu prévue prochain aura",
    "wird findet tendrá será próximo состоится запланирован okazos",
)
CITED = re.compile(rf"\b{word_pattern(_CITED)}\b[^!?]*$", re.IGNORECASE)
SAID = re.compile(rf"\b{word_pattern(_SAID)}\b[^.!?]*$", re.IGNORECASE)
PUBLISHED = re.compile(rf"(?:©|\b(?:copyright|{word_pattern(_PUBLISHED)}))\b[^.!?]*$", re.IGNORECASE)
_BETWEEN = r"(?:(?:tanggal|hari|pada|on|the|le|la|du|den|dem|el|de|ngày|sekitar|about|around|early|late|awal|akhir)\s+)"
SINCE = re.compile(rf"(?:^|\W){word_pattern(_SINCE)}\s+{_BETWEEN}{{0,3}}$", re.IGNORECASE)
BORN = re.compile(rf"(?:^|\W){word_pattern(_BORN)}\b[^.!?]*$", re.IGNORECASE)
_NOW = rf"hari ini|今日|今天|本日|오늘|(?<!\w){word_pattern(_TODAY)}"
TODAY = re.compile(rf"(?:{_NOW})[\s,(（]*(?:la|le|the|tanggal)?\s*$", re.IGNORECASE)
ORIGINALLY = re.compile(
    r"\b(?:originally (?:published|posted|appeared)|first (?:published|posted|appeared)|cross-?posted|republished from"
    r"|pertama kali (?:terbit|dimuat)|initialement publié|ursprünglich|publicado originalmente|origine aperis)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(rf"\b{word_pattern(_AHEAD)}\b[^.!?]*$", re.IGNORECASE)
POST_SIGNATURE = re.compile(r"@\w+\)?[^.!?]*$")
POSTED_BY = re.compile(r"posted by [^.!?]*$", re.IGNORECASE)
ADDRESS = re.compile(r"(?:\]\()?\S*(?:https?:|www\.|\w/)\S*$")

PATTERNS = (
    (Cue.TODAY, TODAY),
    (Cue.CITED, CITED),
    (Cue.SAID, SAID),
    (Cue.PUBLISHED, PUBLISHED),
    (Cue.SINCE, SINCE),
    (Cue.BORN, BORN),
    (Cue.AHEAD, AHEAD),
    (Cue.QUOTED_POST, POST_SIGNATURE),
    (Cue.POSTED_BY, POSTED_BY),
)


def find_cues(prose: str, start: int) -> Iterator[Cue]:
    """What the words on the same line before `start` say of the date that begins there.

    A date inside a web address is that of something else, unless the text first appeared there.
    """
    line = prose.rfind("\n", max(0, start - 2 * REACH), start) + 1
    before = prose[max(line, start - 2 * REACH) : start]
    address = ADDRESS.search(before)
    if address:
        yield Cue.IN_ADDRESS
        if ORIGINALLY.search(before[: address.start()]):
            yield Cue.PUBLISHED
        return
    cues = {cue for cue, pattern in PATTERNS if pattern.search(before[-REACH:])}
    yield from cues - {Cue.PUBLISHED} if Cue.POSTED_BY in cues else cues
