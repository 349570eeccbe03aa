"""Says how often mentions are right that are said to be this sure.

    python tests/benchmarks/reliability_of_names.py id en

For each language with a tagger, five taggers are trained on four fifths of our annotated sentences each and read the
fifth that they have not seen, with the curve that comes with the package. Takes about two minutes a language and needs
the PyPI package python-crfsuite. See sitegen/understand/names/calibrate.py.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sitegen.understand.names.annotated import load_sentences
from sitegen.understand.names.calibrate import judge_unseen, reliability
from sitegen.understand.names.weights import read_weights, weights_file


def main() -> None:
    """Print a table for each language named; exit with the usage when none is."""
    for language in sys.argv[1:] or sys.exit(__doc__):
        sentences = load_sentences(language)
        judged = judge_unseen(language, sentences, read_weights(weights_file(language)).curve)
        right, marked = sum(each.right for each in judged), sum(len(each.names) for each in sentences)
        print(f"{language}: {len(sentences)} sentences, F1 x 100 {200 * right / (len(judged) + marked):.1f}")
        print("rule       from  mentions  said  right")
        for band in reliability(judged):
            print(f"{band.rule:10} {band.least:.2f} {band.mentions:9} {band.said:5.2f} {band.right:6.2f}")


if __name__ == "__main__":
    main()
