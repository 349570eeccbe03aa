"""Tags: which words of articles may name a topic, and which of them an archive makes its vocabulary."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive.corrections import normal
from sitegen.archive.tag_forms import form_key
from sitegen.archive.tags import MOST_PER_ARTICLE, Tags, choose_tags, least_articles
from sitegen.archive.words import gather_words
from sitegen.model import Article, Citation, Language
from sitegen.understand.keyword_shapes import Standing, judge, stop_words
from sitegen.understand.keywords import MOST_KEYWORDS, find_keywords
from tests.site import BuiltSite, build
from tests.understanding import article_of, document_of

BLANK = article_of("Judul\n\nTeks.\n")
LISTED = ("ar", "de", "en", "eo", "es", "fr", "hi", "id", "it", "ja", "ko", "ms", "nl", "pt", "ru", "tr", "zh")


def keywords_of(text: str, language: str) -> dict[str, float]:
    """The keywords of a seed with that text, as if nothing in it were a name."""
    return dict(find_keywords(document_of(text), (), language))


def article(language: str = "id", tags: tuple[str, ...] | None = None, source: str = "", **weights: float) -> Article:
    """An article with these keywords; underscores stand for spaces."""
    return replace(
        BLANK,
        tags=tags,
        language=Language(language, 0.99, "text"),
        source=Citation(source, source, None, "head", 0.99) if source else None,
        keywords=tuple((word.replace("_", " "), weight) for word, weight in weights.items()),
    )


def choose(articles: Sequence[Article], names: Iterable[Iterable[str]] = ()) -> Tags:
    """The tags of articles; without names of entities where none are given."""
    found = [frozenset(map(normal, each)) for each in names] or [frozenset()] * len(articles)
    return choose_tags(articles, gather_words(articles), found)


def tags_of(articles: Sequence[Article], names: Iterable[Iterable[str]] = ()) -> list[list[str]]:
    """The slugs of each article's tags."""
    return [[str(ref.id) for ref in refs] for refs in choose(articles, names).of_articles]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", "media bensin diplomasi teroris terjemahan distribusi merek kemenangan pemilihan beras"),
        ("en", "election building training hospital assembly music earthquake seed supply"),
        ("fr", "élection musée nucléaire gouvernement hiver quartier armée"),
        ("es", "elección terremoto mercado hogar azúcar"),
        ("eo", "lingvo kulturo"),
        ("ru", "землетрясение выборы сеть космос"),
        ("de", "wahl erdbeben"),
        ("tr", "seçim deprem ekmek"),
    ],
)
def test_nouns_may_be_tags(language: str, words: str) -> None:
    assert [word for word in words.split() if judge(word, language)[1] is not Standing.ALONE] == []


def test_nouns_that_look_like_verbs_but_say_little_may_be_part_of_a_pair() -> None:
    assert {judge(word, "id")[1] for word in ("menteri", "berita")} == {Standing.TOGETHER}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", "mengapa tercatat naik langsung menembak memilih memukul dibuka berlari ditetapkan nama angka negara"),
        ("ms", "menembak dibuka bahawa"),
        ("en", "signed quickly running dies improve via chief presidential things it's don't"),
        ("fr", "avec pour sont d'une qu'il également annoncé manger est-il européenne"),
        ("es", "además actualmente ganaron comenzar"),
        ("pt", "também atualmente ganharam começar"),
        ("it", "anche attualmente cominciare"),
        ("eo", "estas kiuj kiel homoj rapide nova"),
        ("ru", "который сообщается работать новый"),
        ("tr", "olarak yapılacak değil"),
        ("ar", "الذي وقال"),
        ("hi", "लेकिन करेगा"),
        ("ko", "밝혔다"),
        ("nl", "worden belangrijke"),
    ],
)
def test_verbs_adverbs_and_words_that_say_nothing_are_no_tags(language: str, words: str) -> None:
    assert [word for word in words.split() if judge(word, language)[1] is Standing.ALONE] == []


@pytest.mark.parametrize("language", LISTED)
def test_every_list_of_stop_words_is_in_lower_case_and_says_each_word_once(language: str) -> None:
    lists = stop_words(language)
    assert lists is not None
    never, together = lists
    assert len(never) > 100
    assert not never & together
    assert all(word == word.lower() for word in never | together)


@given(st.text(min_size=1, max_size=12), st.sampled_from((*LISTED, "und", "pl")))
def test_any_word_is_judged_and_its_form_is_judged_alike(word: str, language: str) -> None:
    form, standing = judge(word.lower(), language)
    assert bool(form) == (standing is not Standing.NONE)


def test_addresses_numbers_markup_and_media_are_no_keywords() -> None:
    text = (
        "Gempa di laut\n\nGempa itu dimuat https://www.contoh.org/gempa-besar dan surel redaksi@contoh.com serta "
        'contoh.co.id; 2024 2024 2024. <a href="x" class="blank">Gempa</a> kompas kompas kompas reuters reuters.\n'
    )
    found = keywords_of(text, "id")
    assert found["gempa"] > 2
    assert found.keys().isdisjoint(
        {"https", "www", "com", "org", "contoh", "href", "blank", "2024", "kompas", "reuters"}
    )


def test_a_word_with_a_capital_within_sentences_is_a_name_unless_it_is_a_role() -> None:
    found = keywords_of(
        "Kabar\n\nKata warga, Wikinesia maju. Lalu Wikinesia surut. Kereta itu, kata warga, kereta lama.\n", "id"
    )
    assert "kereta" in found
    assert "wikinesia" not in found
    assert "perdana menteri" in keywords_of("Kabar\n\nKini Perdana Menteri hadir. Lalu Perdana Menteri pulang.\n", "id")


def test_german_nouns_are_told_by_their_capital() -> None:
    found = keywords_of("Nachricht\n\nEin Erdbeben erschütterte die Stadt. Das Erdbeben erschütterte alles.\n", "de")
    assert "erdbeben" in found
    assert "erschütterte" not in found


def test_two_words_are_a_keyword_when_they_come_twice() -> None:
    found = keywords_of("Kabar\n\nSaat pemilihan umum itu, pemilihan umum ramai. Sebuah gunung tua.\n", "id")
    assert "pemilihan umum" in found
    assert "gunung tua" not in found


def test_words_that_say_nothing_alone_are_a_pair_only_where_one_never_stands_without_the_other() -> None:
    assert "prime minister" in keywords_of("News\n\nThe prime minister came. The prime minister left.\n", "en")
    loose = "News\n\nBig city life. A city group. City group news, the group of a city.\n"
    assert "city group" not in keywords_of(loose, "en")


def test_chinese_terms_are_strings_that_come_again_and_are_no_fragments() -> None:
    found = keywords_of("消息\n\n这次大地震很强。大地震之后,人们谈大地震。航天员到了。航天员回来了。\n", "zh")
    assert {"大地震", "航天员"} <= found.keys()
    assert found.keys().isdisjoint({"地震", "大地", "航天", "天员"})


def test_japanese_compounds_are_whole_and_dates_and_papers_are_none() -> None:
    found = keywords_of(
        "知らせ\n\n10日午前、爆発が起きた。爆発の原因は不明。読売新聞が伝えた。読売新聞。サッカーを見る。\n", "ja"
    )
    assert {"爆発", "サッカー"} <= found.keys()
    assert found.keys().isdisjoint({"日午前", "原因", "読売新聞"})


def test_of_a_language_without_a_list_only_what_the_title_has_too_is_a_keyword() -> None:
    found = keywords_of("Trzęsienie ziemi\n\nSilne trzęsienie nadeszło bardzo bardzo bardzo rano.\n", "pl")
    assert set(found) == {"trzęsienie"}


@given(st.text(max_size=300), st.sampled_from((*LISTED, "und", "th")))
def test_any_text_gives_few_lower_case_keywords_that_weigh_something(text: str, language: str) -> None:
    found = find_keywords(document_of(f"Judul\n\n{text}\n"), (), language)
    assert len(found) <= MOST_KEYWORDS
    assert all(word == word.lower() and word.strip() and weight >= 1 for word, weight in found)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("election", "elections")),
        ("en", ("party", "parties")),
        ("en", ("crash", "crashes")),
        ("id", ("gunung", "gunung-gunung")),
        ("fr", ("journal", "journaux")),
        ("fr", ("élection", "élections")),
        ("es", ("elección", "elecciones")),
        ("pt", ("eleição", "eleições")),
        ("it", ("terremoto", "terremoti")),
        ("ru", ("выбор", "выборы", "выборов")),
        ("tr", ("seçim", "seçimler")),
        ("de", ("erdbeben", "erdbebens")),
        ("ar", ("زلزال", "الزلزال")),
    ],
)
def test_forms_of_one_word_have_one_key(language: str, forms: tuple[str, ...]) -> None:
    assert len({form_key(form, language) for form in forms}) == 1


@pytest.mark.parametrize("word", ["crisis", "virus", "gas", "glass", "bus"])
def test_an_s_that_is_no_plural_stays(word: str) -> None:
    assert form_key(word, "en") == word


def test_forms_of_one_word_are_one_tag_under_the_form_that_most_use() -> None:
    articles = [
        article("en", elections=3.4),
        article("en", elections=3.4),
        article("en", election=3.4),
        article("en"),
        article("en"),
    ]
    assert tags_of(articles) == [["elections"], ["elections"], ["elections"], [], []]


def test_a_word_that_one_article_dwells_on_is_no_tag() -> None:
    articles = [article(gempa=6.0, banjir=3.4), article(banjir=3.4), *[article()] * 3]
    assert tags_of(articles)[:2] == [["banjir"], ["banjir"]]


def test_a_word_that_most_only_mention_is_no_tag() -> None:
    articles = [
        article(gempa=1.7, banjir=3.4),
        article(gempa=1.7, banjir=3.4),
        *[article(gempa=1.0, banjir=1.0)] * 2,
        article(),
    ]
    assert tags_of(articles)[:2] == [["banjir"], ["banjir"]]


def test_a_word_spread_over_a_language_is_a_stop_word_there() -> None:
    spread = [article("pl", ktory=2.3, powodz=2.3 if n < 4 else 0.0) for n in range(40)]
    spread = [replace(one, keywords=tuple(pair for pair in one.keywords if pair[1])) for one in spread]
    assert tags_of([*spread, *[article("id")] * 40])[:5] == [["powodz"]] * 4 + [[]]


def test_a_topic_that_fills_a_small_archive_stays_when_its_articles_dwell_on_it() -> None:
    assert tags_of([article(gempa=4.5)] * 30) == [["gempa"]] * 30


def test_no_entity_and_no_medium_is_repeated_as_a_tag() -> None:
    articles = [article(tsunami=3.4, aceh=3.4, warta=3.4, source="warta.example") for _ in range(5)]
    assert tags_of(articles, [["Aceh"]] * 5) == [["tsunami"]] * 5
    named_elsewhere = tags_of(articles, [["Aceh"], ["Aceh"], [], [], []])
    assert named_elsewhere == [["tsunami"]] * 5


def test_a_word_is_no_tag_where_it_is_a_name_and_may_be_one_elsewhere() -> None:
    articles = [article(merdeka=3.4)] * 10
    assert tags_of(articles, [["Merdeka"], *[[]] * 9]) == [[], *[["merdeka"]] * 9]


def test_a_pair_stands_for_its_words() -> None:
    articles = [article(perdana_menteri=2.3, menteri=2.3, gempa=4.5)] * 2 + [article()] * 3
    assert tags_of(articles)[0] == ["gempa", "perdana-menteri"]


def test_stated_tags_stay_as_they_are_and_are_shared_with_derived_ones() -> None:
    stated = article("en", tags=("Election", "Only here"))
    chosen = choose([stated, article("en", elections=3.4), *[article("en")] * 3])
    assert [[str(ref.id) for ref in refs] for refs in chosen.of_articles[:2]] == [
        ["election", "only-here"],
        ["election"],
    ]
    assert tags_of([article(tags=(), gempa=6.0), *[article(gempa=6.0)] * 4])[0] == []


def test_an_article_has_few_tags() -> None:
    words = tuple((f"kata{chr(97 + n)}", 3.4) for n in range(20))
    assert [len(tags) for tags in tags_of([replace(article(), keywords=words)] * 6)] == [MOST_PER_ARTICLE] * 6


def test_the_floor_grows_with_the_archive() -> None:
    assert [least_articles(count) for count in (1, 42, 121, 1000, 10_000, 100_000)] == [1, 2, 2, 3, 5, 50]


def test_the_tags_of_real_news_are_topics(news: BuiltSite) -> None:
    terms = [term for ref, term in sorted(news.archive().terms.items()) if ref.kind == "tag"]
    names = {term.name for term in terms}
    count = len(news.records())
    assert count / 3 <= len(terms) <= count / 2
    assert min(len(term.numbers) for term in terms) >= 2
    assert {"police", "prime minister", "lingvo", "nucléaire", "爆発"} <= names
    noise = {
        "com",
        "https",
        "www",
        "avec",
        "pour",
        "sont",
        "estas",
        "kiuj",
        "dies aged",
        "読売新聞",
        "plus",
        "global voices",
    }
    assert not names & noise


def test_one_article_more_changes_few_tags_of_others(news: BuiltSite) -> None:
    articles = [record.article for record in news.archive().records]
    whole = tags_of(articles)
    changed = 0
    for left_out in range(0, len(articles), 10):
        fewer = tags_of([*articles[:left_out], *articles[left_out + 1 :]])
        changed += sum(
            one != other for one, other in zip([*whole[:left_out], *whole[left_out + 1 :]], fewer, strict=True)
        )
    assert changed / len(range(0, len(articles), 10)) < 3


def test_tags_of_a_small_site_are_pages_with_their_articles(tmp_path: Path) -> None:
    body = "Gunung api itu meletus pada malam hari. Letusan gunung api terdengar jauh, dan abu gunung api turun."
    seeds = "".join(f"-- {name}.txt --\nGunung api meletus lagi {name}\n\n{body}\n" for name in "abcde")
    site = build(tmp_path, seeds)
    assert site.exists("/tags/gunung-api/")
    assert "gunung api" in site.record("a.txt")["tags"]
