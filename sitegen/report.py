"""What came of a build, published or refused -> the report that `--report` writes as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sitegen.errors import InputError, SitegenError
from sitegen.model import Built


def write_report(place: Path, outcome: Built | InputError, seconds: Mapping[str, float]) -> None:
    """Write the report on a build to `place`; `seconds` says how long each stage took, and "all" of it.

    Raises:
        SitegenError: it cannot be written there; says what came of the build all the same.
    """
    facts = _published(outcome) if isinstance(outcome, Built) else {}
    report = {
        "published": isinstance(outcome, Built),
        **facts,
        "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
        "problems": [asdict(problem) for problem in outcome.problems],
        **({"review": [asdict(doubt) for doubt in outcome.doubts]} if isinstance(outcome, Built) else {}),
    }
    try:
        place.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        said = "the site is published" if isinstance(outcome, Built) else "nothing is published"
        message = f"{place}: {said}, but no report can be written here ({error.strerror})"
        raise SitegenError(message) from error


def _published(built: Built) -> dict[str, Any]:
    return {
        "articles": built.articles,
        "terms": built.terms,
        "files": built.files,
        "bytes": built.bytes,
        "files_written": built.files_written,
        "bytes_written": built.bytes_written,
    }
