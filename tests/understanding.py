"""What the tests of understanding share: documents made from a few lines of text."""

from sitegen.model import Article, Document, RawSeed
from sitegen.seeds import parse_seed
from sitegen.understand import understand


def document_of(text: str, path: str = "article.txt") -> Document:
    """The document of a seed with that text; its form is told by the ending of `path`."""
    return parse_seed(RawSeed(path, text.encode("utf-8", "surrogatepass"), "0" * 64)).document


def article_of(text: str, path: str = "article.txt") -> Article:
    """What is understood from a seed with that text."""
    return understand(document_of(text, path))
