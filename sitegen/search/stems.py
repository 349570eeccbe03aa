"""Groups the words of an archive by what their forms have in common."""

from collections.abc import Collection

from sitegen.search.analyzer import Stemmer


class Stems:
    """Learns words with the languages of the texts that they stand in.

    Attributes:
        groups: for each form seen, the folded stems under which its other forms are found, sorted.
    """

    def __init__(self) -> None:
        self._stemmer = Stemmer()
        self._seen: dict[str, set[str]] = {}
        self.groups: dict[str, tuple[str, ...]] = {}

    def learn(self, words: Collection[str], language: str) -> None:
        """Take up the words of a text.

        Args:
            language: BCP 47 code of the text; it chooses the stemmer that groups its words.
        """
        base = language.partition("-")[0]
        seen = self._seen.setdefault(base, set())
        if seen.issuperset(words):
            return
        for word in set(words) - seen:
            known = self.groups.get(word, ())
            group = self._stemmer.group(word, base)
            if group not in known:
                self.groups[word] = tuple(sorted((*known, group)))
        seen.update(words)
