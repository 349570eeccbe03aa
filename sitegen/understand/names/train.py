"""Annotated sentences -> the weights that come with the package. For developers; needs python-crfsuite.

    python -m sitegen.understand.names.train id en

Takes about two minutes a language. The same sentences, cues, authority and gazetteer give the same bytes.
"""

import sys

from sitegen.understand.names.annotated import load_sentences
from sitegen.understand.names.calibrate import fit_curve, judge_unseen
from sitegen.understand.names.fit import UNMEASURED, fit_weights
from sitegen.understand.names.weights import weights_file, write_weights


def main() -> None:
    """Train, calibrate and write a tagger for each language named; exit with the usage when none is."""
    for language in sys.argv[1:] or sys.exit(__doc__):
        sentences = load_sentences(language)
        curve = fit_curve(judge_unseen(language, sentences, UNMEASURED))
        write_weights(weights_file(language), fit_weights(language, sentences)._replace(curve=curve))


if __name__ == "__main__":
    main()
