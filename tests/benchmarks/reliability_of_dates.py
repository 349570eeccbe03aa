"""Says how far the confidence of dates can be trusted, on articles that the weights were not fitted to.

    python tests/benchmarks/reliability_of_dates.py

Cross-validates the fit of sitegen/understand/dates_fit.py: each tenth of training/dates.txt is judged by weights fitted
to the rest. Prints, for each band of confidence, how many days were answered, how sure the answers were on average and
how many were right; then what each threshold would answer.
"""

import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


def main() -> None:
    """Print both tables."""
    sys.path.insert(0, str(ROOT))
    from sitegen.understand.dates_fit import ARTICLES, answer_unseen, calibrate, chance, choose_enough, read_examples

    examples = list(read_examples(ARTICLES.read_text("utf-8")))
    answers = answer_unseen(examples)
    slope, shift = calibrate(answers)
    judged = [(chance(each.odds, slope, shift), each.right, each.stated) for each in answers]
    stated, silent = (sum(bool(each.published) is wanted for each in examples) for wanted in (True, False))
    print(f"{len(examples)} articles: {stated} state their day, {silent} do not")
    print("confidence     answers  mean   right")
    for low, high in pairwise(BANDS):
        band = [(sure, right) for sure, right, _ in judged if low <= sure < high]
        if band:
            mean, right = (sum(column) / len(band) for column in zip(*band, strict=True))
            print(f"{low:.2f} to {high:.2f} {len(band):9}  {mean:.2f}  {right:6.2f}")
    brier = sum((sure - right) ** 2 for sure, right, _ in judged) / len(judged)
    print(f"mean squared error (Brier) {brier:.3f}; chosen threshold {choose_enough((s, r) for s, r, _ in judged)}")
    print("threshold  stated and answered  of all answers right  silent and answered")
    for enough in THRESHOLDS:
        given = [(right, said) for sure, right, said in judged if sure >= enough]
        answered, right, invented = (sum(col) for col in zip(*((s, r, not s) for r, s in given), strict=True))
        print(f"{enough:9} {answered / stated:19.1%} {right / len(given):21.1%} {invented / silent:20.1%}")


if __name__ == "__main__":
    main()
