"""Articles with their dates of publication -> the weights by which dates are judged. For developers.

    python -m sitegen.understand.dates_fit

Reads training/dates.txt and writes dates_weights.toml; the same articles and rules give the same bytes. How well the
numbers hold on articles that they were not fitted to is printed by tests/benchmarks/reliability_of_dates.py.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen.model import Document, RawSeed, SeedFormat, Span, Stated
from sitegen.understand.dates import judge_days, judge_yearless, read_dates
from sitegen.understand.dates_cues import Cue
from sitegen.understand.dates_weighed import WEIGHTS_FILE, Feature, Fitted, Signs

ARTICLES = Path(__file__).with_name("training") / "dates.txt"
NONE = "none"
SIGNS: Sequence[StrEnum] = (*Feature, *Cue)
SHRINKAGE = 1.0
"""The weights' prior: a normal distribution about 0 of this precision; Feature.ANY has none."""
STEPS = 50
FOLDS = 10
RIGHT_ENOUGH = 0.9
"""Of the answers that are given, this share is to be right: the articles of the training set are full of traps."""
LEAST_ENOUGH = 0.5
Numbers = NDArray[np.float64]


class Example(NamedTuple):
    """An article and the day of its publication, "" where its text does not say it."""

    document: Document
    language: str
    published: str


class Candidate(NamedTuple):
    """A date in an example: what holds for it, and whether it is the day of publication.

    `rank` settles between equally likely ones, as where dates are judged; None for those without a year.
    """

    signs: Signs
    right: bool
    rank: tuple[str, int] | None


class Answer(NamedTuple):
    """For an article that a fit has not seen: the log odds of its likeliest date, whether that is right, and sought."""

    odds: float
    right: bool
    stated: bool


def read_examples(text: str) -> Iterator[Example]:
    """The articles of a training file: each begins with "## language date-or-none", then headline, source and text."""
    for block in re.split(r"(?m)^## ", text)[1:]:
        head, _, article = block.partition("\n")
        language, published = head.split()
        yield Example(make_document(article.strip()), language, "" if published == NONE else published)


def make_document(text: str) -> Document:
    """The document of a plain text: a headline, a line for the source, and a paragraph a line."""
    lines = [Span(*line.span()) for line in re.finditer(r"[^\n]+", text)]
    title, source, *paragraphs = lines
    return Document(
        seed=RawSeed("", b"", ""),
        format=SeedFormat.TEXT,
        encoding="utf-8",
        encoding_confidence=1.0,
        text=text,
        prose=text,
        stated=Stated(),
        title=title,
        source=source,
        byline=None,
        body=Span(paragraphs[0].start, len(text)),
        paragraphs=tuple(paragraphs),
    )


def candidates_of(example: Example) -> list[Candidate]:
    """Every date of an example, with and without a year."""
    document, published = example.document, example.published
    found, years = read_dates(document.prose, example.language)
    dated = [
        Candidate(signs, day.iso == published, (day.iso, -day.span.start))
        for _, day, signs in judge_days(document, found, years)
    ]
    yearless = [
        Candidate(signs, f"{day.month:02}-{day.day:02}" == published[5:], None)
        for _, day, signs in judge_yearless(document, found)
    ]
    return [*dated, *yearless]


def fit_weights(candidates: Sequence[Candidate]) -> Numbers:
    """The weights of SIGNS under which the candidates are likeliest: logistic regression by Newton's method."""
    rows = np.array([[float(sign in each.signs) for sign in SIGNS] for each in candidates])
    right = np.array([float(each.right) for each in candidates])
    prior = np.full(len(SIGNS), SHRINKAGE)
    prior[SIGNS.index(Feature.ANY)] = 0.0
    return _newton(rows, right, prior)


def _newton(rows: Numbers, right: Numbers, prior: Numbers) -> Numbers:
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chances) - prior * weights
        curvature = (rows.T * (chances * (1 - chances))) @ rows + np.diag(prior)
        weights = weights + np.linalg.solve(curvature, slope)
    return weights


def log_odds(signs: Signs, weights: Numbers) -> float:
    """The sum of the weights of `signs`."""
    return float(sum(weight for sign, weight in zip(SIGNS, weights, strict=True) if sign in signs))


def answer_unseen(examples: Sequence[Example]) -> list[Answer]:
    """What each article's likeliest date is by weights fitted to the articles of the other folds."""
    held = [candidates_of(example) for example in examples]
    answers = []
    for fold in range(FOLDS):
        weights = fit_weights([each for n, found in enumerate(held) if n % FOLDS != fold for each in found])
        for found, example in list(zip(held, examples, strict=True))[fold::FOLDS]:
            judged = [(log_odds(each.signs, weights), each.rank, each.right) for each in found if each.rank]
            if judged:
                odds, _, right = max(judged)
                answers.append(Answer(odds, right, bool(example.published)))
    return answers


def calibrate(answers: Sequence[Answer]) -> tuple[float, float]:
    """The slope and shift of log odds under which the answers' chances are true (Platt, 1999)."""
    rows = np.array([[each.odds, 1.0] for each in answers])
    slope, shift = _newton(rows, np.array([float(each.right) for each in answers]), np.full(2, 1e-6))
    return float(slope), float(shift)


def chance(odds: float, slope: float, shift: float) -> float:
    """The probability that calibrated log odds stand for."""
    return float(1 / (1 + np.exp(-slope * odds - shift)))


def choose_enough(chances: Iterable[tuple[float, bool]]) -> float:
    """The least confidence (in steps of 0.05) from which on at least RIGHT_ENOUGH of the answers are right."""
    held = list(chances)
    for enough in np.arange(LEAST_ENOUGH, 1.0, 0.05):
        given = [right for sure, right in held if sure >= enough]
        if given and sum(given) >= RIGHT_ENOUGH * len(given):
            return round(float(enough), 2)
    return 1.0


def fit(examples: Sequence[Example]) -> Fitted:
    """All numbers by which dates are judged."""
    answers = answer_unseen(examples)
    slope, shift = calibrate(answers)
    weights = fit_weights([each for example in examples for each in candidates_of(example)])
    enough = choose_enough((chance(each.odds, slope, shift), each.right) for each in answers)
    named = {sign.value: round(float(weight), 2) for sign, weight in zip(SIGNS, weights, strict=True)}
    return Fitted(named, round(slope, 3), round(shift, 3), enough)


def write_fitted(fitted: Fitted) -> str:
    """The text of the file of weights."""
    numbers = [f"{name} = {getattr(fitted, name)}" for name in ("slope", "shift", "enough")]
    weights = [f'"{sign}" = {weight}' for sign, weight in fitted.weights.items()]
    head = "# Fitted to training/dates.txt, which was written for this project, by dates_fit.py; not to be edited."
    return "\n".join((head, *numbers, "", "[weights]", *weights, ""))


def main() -> None:
    """Fit, and write the weights."""
    examples = list(read_examples(ARTICLES.read_text("utf-8")))
    WEIGHTS_FILE.write_text(write_fitted(fit(examples)), "utf-8")


if __name__ == "__main__":
    main()
