"""What is packed for the store and for other processes comes back as it was."""

from pathlib import Path

import pytest

from sitegen.model import RawSeed
from sitegen.model.packing import article_of_facts, pack, plain_facts, unpack
from sitegen.pipeline.understanding import understand_seed
from sitegen.seeds import find_seeds, read_seed

ARTICLE = "Banjir\n\nAir surut di Kota Semarang, kata Budi Santoso.\n"
SEEDS = {
    "text": {"a.txt": ARTICLE.encode()},
    "byte order mark": {"a.txt": ARTICLE.encode("utf-8-sig")},
    "legacy": {"a.txt": "Générale\n\nL’été arrivé à Paris était déjà très chaud.\n".encode("cp1252")},
    "broken": {"a.txt": ARTICLE.encode() + b"\xff\xfe kata \x80 dia"},
    "front matter": {
        "a.md": b"---\ntitle: Banjir\nentities: [Semarang]\ndate: 2024-03\n---\nAir *surut* di Semarang.\n"
    },
    "heading": {"a.md": b"---\nlang: id\n---\n# Banjir *besar*\n\nAir surut.\n"},
    "stated in full": {
        "a.md": b"---\ndate: 2024-03-20\nsource: warta.example\nattribution: [Antara]\n---\nAir surut.\n"
    },
    "found in the text": {
        "a.txt": b"Banjir\n\nwarta.example\n\nSEMARANG, Rabu (20/3) - Air surut, kata Budi, dilansir Reuters.\n"
    },
    "correction": {"a.txt": ARTICLE.encode(), "a.md": b"Banjir\n\nAir sudah **surut**.\n"},
}


@pytest.mark.parametrize("name", SEEDS)
def test_an_article_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    for path, content in SEEDS[name].items():
        (tmp_path / path).write_bytes(content)
    (file,) = find_seeds(tmp_path).files
    article = understand_seed(read_seed(tmp_path, file)).article
    assert article is not None
    text = unpack(pack(article.text))
    assert text == article.text
    assert article_of_facts(unpack(pack(plain_facts(article))), text) == article


def test_what_a_document_says_twice_is_written_once() -> None:
    content = ("Banjir\n\n" + "air surut di mana-mana. " * 2000).encode()
    article = understand_seed(RawSeed("a.txt", content, "")).article
    assert article is not None
    assert len(pack(article.text)) < 2.5 * len(content)
    assert len(pack(plain_facts(article))) < 0.5 * len(content)
