"""The values that pass between stages: frozen, complete, and free of behaviour beyond looking at themselves.

They follow the way through: RawSeed, Document, Article, Record and Term in an Archive, Page, OutputFile.
Offsets count Unicode code points in a seed's decoded text (without its byte order mark).
"""

from sitegen.model.archive import (
    Archive,
    Line,
    OutputFile,
    Page,
    Record,
    RecordEntity,
    Redirect,
    Related,
    Term,
    TermRef,
    Thread,
    Unit,
)
from sitegen.model.article import (
    Article,
    Citation,
    Dateline,
    Dating,
    Document,
    Language,
    Mention,
    RawSeed,
    Stated,
    StatedEntity,
    Yearless,
)
from sitegen.model.built import Built
from sitegen.model.ground import (
    ArticleId,
    EntityType,
    Precision,
    Problem,
    SeedFormat,
    Severity,
    Slug,
    Span,
    TermKind,
    Url,
)

__all__ = [
    "Archive",
    "Article",
    "ArticleId",
    "Built",
    "Citation",
    "Dateline",
    "Dating",
    "Document",
    "EntityType",
    "Language",
    "Line",
    "Mention",
    "OutputFile",
    "Page",
    "Precision",
    "Problem",
    "RawSeed",
    "Record",
    "RecordEntity",
    "Redirect",
    "Related",
    "SeedFormat",
    "Severity",
    "Slug",
    "Span",
    "Stated",
    "StatedEntity",
    "Term",
    "TermKind",
    "TermRef",
    "Thread",
    "Unit",
    "Url",
    "Yearless",
]
