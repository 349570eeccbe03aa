"""Small archives made by hand, for tests of what comes after the archive: stories -> Archive."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from sitegen.model import (
    Archive,
    Article,
    Citation,
    Dateline,
    Dating,
    Document,
    EntityType,
    Language,
    Mention,
    Precision,
    RawSeed,
    Record,
    RecordEntity,
    Redirect,
    Related,
    SeedFormat,
    Span,
    Stated,
    Term,
    TermKind,
    TermRef,
    Text,
    find_surfaces,
)
from sitegen.urls import article_id, article_url, slug, term_slug, term_url

PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True, slots=True)
class Story:
    """An article to be: what a test wants to say of it, everything else follows.

    Attributes:
        date: "" for an undated one; it must stand in a paragraph when `evidence` names it.
        names: each name that occurs in the paragraphs, with its type.
    """

    title: str = "Gempa di Cianjur"
    paragraphs: tuple[str, ...] = ("Gempa bumi mengguncang Cianjur pada Senin siang.",)
    date: str = ""
    evidence: str = ""
    language: str = "id"
    source: str = ""
    dateline: str = ""
    byline: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    names: tuple[tuple[str, EntityType], ...] = ()
    tags: tuple[str, ...] = ()
    path: str = ""
    encoding: str = "utf-8"


def make_archive(stories: Iterable[Story], redirects: tuple[Redirect, ...] = ()) -> Archive:
    """The archive of some stories: undated first, then by date; equal dates keep their order."""
    articles = [make_article(story, index) for index, story in enumerate(stories)]
    articles.sort(key=lambda pair: pair[0].date)
    found: dict[TermRef, list[int]] = defaultdict(list)
    records = tuple(make_record(number, story, article, found) for number, (story, article) in enumerate(articles))
    names = {ref: name for (story, _) in articles for ref, name in story_terms(story)}
    terms = {ref: make_term(ref, names[ref], found[ref]) for ref in sorted(found)}
    return Archive(relate(records), terms, redirects, ())


def story_terms(story: Story) -> list[tuple[TermRef, str]]:
    """Every term of a story, with its name."""
    named = [(TermKind(kind.value), name) for name, kind in story.names]
    named += [(TermKind.TAG, tag) for tag in story.tags]
    named += [(TermKind.SOURCE, story.source)] if story.source else []
    named += [(TermKind.SOURCE, name) for name in story.attribution]
    named += [(TermKind.PLACE, story.dateline)] if story.dateline else []
    named += [(TermKind.LANGUAGE, story.language)]
    return [(TermRef(kind, term_slug(name)), name) for kind, name in named]


def make_term(ref: TermRef, name: str, numbers: Sequence[int]) -> Term:
    """A term with its articles."""
    return Term(ref.kind, ref.id, term_url(ref.kind, ref.id), True, name, "", (), "", tuple(sorted(set(numbers))))


def make_article(story: Story, index: int) -> tuple[Story, Article]:
    """The article of a story, with its mentions found by their names."""
    path = story.path or f"{index:04}.txt"
    text = "\n".join((story.title, *story.paragraphs))
    spans: list[Span] = []
    end = len(story.title)
    for paragraph in story.paragraphs:
        spans.append(Span(end + 1, end + 1 + len(paragraph)))
        end += 1 + len(paragraph)
    content = text.encode(story.encoding, "surrogatepass")
    seed = RawSeed(path, content, hashlib.sha256(content).hexdigest())
    document = Document(
        seed=seed,
        format=SeedFormat.TEXT,
        encoding=story.encoding,
        encoding_confidence=1.0 if story.encoding == "utf-8" else 0.7,
        text=text,
        prose=text,
        stated=Stated(),
        title=Span(0, len(story.title)),
        source=None,
        byline=None,
        body=Span(len(story.title) + 1, len(text)),
        paragraphs=tuple(spans),
    )
    mentions = tuple(find_names(story, text, len(story.title)))
    article = Article(
        id=article_id(path),
        seed=document.seed.facts,
        encoding_confidence=document.encoding_confidence,
        slug=slug(story.title),
        title=story.title,
        language=Language(story.language, 0.99, "text"),
        source=Citation(story.source, story.source, None, "stated", 1.0) if story.source else None,
        published=make_dating(story, text),
        yearless=None,
        dateline=Dateline(story.dateline, None, "stated", 1.0) if story.dateline else None,
        byline=story.byline,
        attribution=tuple(Citation(name, None, None, "stated", 1.0) for name in story.attribution),
        mentions=mentions,
        surfaces=find_surfaces(text, mentions),
        tags=None,
        keywords=(),
        words=len(text.split()),
        fingerprint=b"",
        opening=document.opening,
        text=Text(document, make_body(document, mentions)),
    )
    return story, article


def make_dating(story: Story, text: str) -> Dating | None:
    """The date of a story, found in its text when the evidence stands there, else stated."""
    if not story.date:
        return None
    start = text.find(story.evidence) if story.evidence else -1
    evidence = Span(start, start + len(story.evidence)) if start >= 0 else None
    return Dating(story.date, PRECISIONS[len(story.date)], 0.98, "text" if evidence else "stated", evidence)


def find_names(story: Story, text: str, start: int) -> Iterable[Mention]:
    """Every place in the paragraphs where a name of the story stands; the longest wins."""
    taken: set[int] = set()
    found: list[Mention] = []
    for name, kind in sorted(story.names, key=lambda pair: -len(pair[0])):
        at = text.find(name, start)
        while at >= 0:
            if taken.isdisjoint(range(at, at + len(name))):
                taken.update(range(at, at + len(name)))
                found.append(Mention(Span(at, at + len(name)), name, kind, "", 0.9, "gazetteer"))
            at = text.find(name, at + len(name))
    return sorted(found, key=lambda mention: mention.span)


def make_body(document: Document, mentions: Sequence[Mention]) -> str:
    """The body as understanding gives it: numbered paragraphs, mentions as empty anchors."""
    return "\n".join(
        f'<p id="p{number}">{mark_names(document.text, span, mentions)}</p>'
        for number, span in enumerate(document.paragraphs, start=1)
    )


def mark_names(text: str, span: Span, mentions: Sequence[Mention]) -> str:
    """One paragraph's text with its mentions marked."""
    pieces, at = [], span.start
    for index, mention in enumerate(mentions):
        if span.start <= mention.span.start < span.end:
            pieces.append(escape(text[at : mention.span.start]))
            name = escape(text[mention.span.start : mention.span.end])
            pieces.append(f'<a data-mention="{index}">{name}</a>')
            at = mention.span.end
    return "".join([*pieces, escape(text[at : span.end])])


def make_record(number: int, story: Story, article: Article, found: dict[TermRef, list[int]]) -> Record:
    """The record of an article; notes under each of its terms that it is one of theirs."""
    refs = [ref for ref, _ in story_terms(story)]
    for ref in dict.fromkeys(refs):
        found[ref].append(number)
    entities = []
    for name, kind in story.names:
        ref = TermRef(TermKind(kind.value), term_slug(name))
        places = tuple(index for index, mention in enumerate(article.mentions) if mention.name == name)
        entities.append(RecordEntity(ref, places))
    source = TermRef(TermKind.SOURCE, term_slug(story.source)) if story.source else None
    return Record(
        number=number,
        url=article_url(article.slug, article.id),
        article=article,
        source=source,
        dateline=TermRef(TermKind.PLACE, term_slug(story.dateline)) if story.dateline else None,
        attribution=tuple(TermRef(TermKind.SOURCE, term_slug(name)) for name in story.attribution),
        entities=tuple(sorted(entities, key=lambda entity: (-len(entity.mentions), entity.ref))),
        tags=tuple(TermRef(TermKind.TAG, term_slug(tag)) for tag in story.tags),
        tag_words=("",) * len(story.tags),
        related=(),
        copies=(),
    )


def relate(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Relates every record to at most three that share an entity with it."""

    def related(record: Record) -> tuple[Related, ...]:
        mine = {entity.ref for entity in record.entities}
        shared = ((other, mine & {entity.ref for entity in other.entities}) for other in records)
        near = [Related(other.number, tuple(sorted(refs))) for other, refs in shared if refs and other is not record]
        return tuple(sorted(near, key=lambda found: (-len(found.shared), found.number))[:3])

    return tuple(replace(record, related=related(record)) for record in records)


def markdown_of(document: Document) -> str:
    """A stand-in for the Markdown that the seeds stage writes."""
    return f"{document.text}\n"
