"""The JSON Schemas of the published records: what each field means, for people and for programs."""

from collections.abc import Iterator
from typing import Any

from sitegen.model import EntityType, OutputFile, Precision, TermKind, Url
from sitegen.pages.edition import Edition
from sitegen.pages.records import to_json
from sitegen.urls import output_path

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ARTICLE_SCHEMA = Url("/data/schemas/article.json")
TERM_SCHEMA = Url("/data/schemas/term.json")

TEXT: dict[str, Any] = {"type": "string"}
OFFSET: dict[str, Any] = {"type": "integer", "minimum": 0}
CONFIDENCE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
ARTICLE_ID: dict[str, Any] = {"type": "string", "pattern": "^[a-z0-9-]+$"}
SHA256: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
WIKIDATA: dict[str, Any] = {"type": ["string", "null"], "pattern": "^Q[1-9][0-9]*$"}
ADDRESS: dict[str, Any] = {"type": "string", "pattern": "^/"}


def fields(description: str, optional: tuple[str, ...] = (), /, **properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with exactly these properties, all required but the optional ones."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def many(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "description": description, "items": schema}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that may be unknown."""
    return {"anyOf": [schema, {"type": "null"}]}


def described(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """A schema with its meaning in words."""
    return {**schema, "description": description}


EVIDENCE = fields(
    "Where the text says it; offsets count Unicode code points in the seed's decoded text, end excluded.",
    start=OFFSET,
    end=OFFSET,
    text=TEXT,
)

SPAN: dict[str, Any] = {"type": "array", "prefixItems": [OFFSET, OFFSET], "items": False, "minItems": 2}
BELIEF: dict[str, dict[str, Any]] = {
    "rule": described(TEXT, "What showed it; 'stated': a person said so in the front matter."),
    "confidence": CONFIDENCE,
    "span": described(or_null(SPAN), "Where the text names it: start and end in code points of the decoded text."),
}
"""How a value is known."""

ARTICLE = fields(
    "An article: what is believed of one seed, and why.",
    id=described(ARTICLE_ID, "Names the article for ever."),
    url=described(ADDRESS, "The address of its page, from the root of the site."),
    title=described(TEXT, "The headline; empty when the seed has none."),
    seed=fields(
        "The file it was read from.",
        ("correction",),
        path=described(TEXT, "Below the seeds folder."),
        sha256=SHA256,
        bytes=OFFSET,
        correction=fields(
            "A person's correction, which was read in the seed's place; offsets count in its text.",
            path=TEXT,
            sha256=SHA256,
        ),
    ),
    language=fields(
        "",
        code=described(TEXT, "BCP 47; 'und' when unknown."),
        confidence=CONFIDENCE,
        method=described(TEXT, "'text': told by the words of the body; 'stated': a person said so."),
    ),
    source=or_null(
        fields(
            "Who published it.",
            name=TEXT,
            domain={"type": ["string", "null"]},
            url=described({"type": ["string", "null"]}, "Of the source's page."),
            **BELIEF,
        )
    ),
    published=or_null(
        fields(
            "When it was published, as far as anything says so.",
            date=described({"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}, "As long as it is precise."),
            precision={"enum": [str(precision) for precision in Precision]},
            confidence=CONFIDENCE,
            method=described(
                TEXT,
                "'text': found in the prose; 'stated': a person said so in the front matter; 'archive': day and month "
                "from the prose, the year from the dated articles of the same source.",
            ),
            evidence=or_null(EVIDENCE),
            signs=many(TEXT, "What spoke for it, strongest first."),
        )
    ),
    dateline=or_null(
        fields(
            "The place it was filed from.",
            text=described(TEXT, "As written."),
            entity=described({"type": ["string", "null"]}, "The id of the place."),
            **BELIEF,
        )
    ),
    byline=many(TEXT, "Who wrote it, as named."),
    attribution=many(TEXT, "Whom it names as where it has its story from, as named."),
    attribution_evidence=many(fields("", **BELIEF), "How each of these is known."),
    entities=many(
        fields(
            "A person, organization, place or event that the text names.",
            id=TEXT,
            type={"enum": [str(kind) for kind in EntityType]},
            name=TEXT,
            wikidata=WIKIDATA,
            confidence=described(CONFIDENCE, "Of the surest mention."),
            rules=many(TEXT, "Those that found its mentions."),
            mentions=many(SPAN, "Start and end of each mention, in code points of the seed's decoded text."),
        ),
        "Most mentioned first.",
    ),
    tags=many(TEXT, "Topics of the archive's own vocabulary."),
    words=described(OFFSET, "In the body."),
    related=many(ARTICLE_ID, "The ids of articles with the same people, places or topics, nearest first."),
    copies=many(ARTICLE_ID, "The ids of articles with nearly the same text."),
)

TERM = fields(
    "Whatever groups articles.",
    kind={"enum": [str(kind) for kind in TermKind]},
    id=described(TEXT, "Unique among the terms of its kind."),
    url=described(or_null(ADDRESS), "The address of its page, from the root of the site; null when it has none."),
    name=TEXT,
    language=described({"type": ["string", "null"]}, "BCP 47 code of the name, when known."),
    aliases=many(TEXT, "Other names that articles use, most used first."),
    wikidata=WIKIDATA,
    articles=many(ARTICLE_ID, "The ids of its articles, sorted."),
)


def plan_schemas(edition: Edition) -> Iterator[OutputFile]:
    """The schemas of records and terms."""
    for url, title, schema in ((ARTICLE_SCHEMA, "Article", ARTICLE), (TERM_SCHEMA, "Term", TERM)):
        described_schema = {"$schema": DIALECT, "$id": edition.site.absolute(url), "title": title, **schema}
        yield OutputFile(output_path(url), to_json(described_schema))
