"""Word and character error rates: how many edits lead from a reference to what was recognized.

Both sides are brought to one form first: upper case, letters and apostrophes only, single spaces. Pure.
`evaluate`, `bench` and the training's validation report these numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import jiwer
from rapidfuzz.distance import Levenshtein

from speechrnn.errors import DataError

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCounts:
    """The fewest edits from references to hypotheses, summed over utterances.

    Attributes:
        reference: units (words or characters) of all references.
        substitutions: units replaced by others.
        insertions: units of the hypotheses too many.
        deletions: units of the references that are missing.
    """

    reference: int
    substitutions: int
    insertions: int
    deletions: int

    @property
    def rate(self) -> float:
        """(substitutions + insertions + deletions) / reference, 0 or more; above 1 with many insertions.

        References without a unit count as one, so that inventing words for silence costs and stays finite.
        """
        return (self.substitutions + self.insertions + self.deletions) / max(1, self.reference)


def normalise(text: str) -> str:
    """`text` in upper case with letters, apostrophes and single spaces only.

    Everything else parts words, as the hyphen in "well-known" does; an apostrophe alone is no word.

    Example:
        >>> normalise("It’s a well-known fact!")
        "IT'S A WELL KNOWN FACT"
    """
    text = unicodedata.normalize("NFC", text.translate(_APOSTROPHES)).upper()
    kept = "".join(character if character.isalpha() or character == "'" else " " for character in text)
    return " ".join(word for word in kept.split() if word.strip("'"))


def word_errors(references: Sequence[str], hypotheses: Sequence[str]) -> EditCounts:
    """Edits in words.

    Args:
        references: what was said, one text an utterance, in any form.
        hypotheses: what was recognized, in the same order.

    Raises:
        DataError: not as many hypotheses as references.

    Example:
        >>> word_errors(["the cat sat"], ["The cat, it sat"])
        EditCounts(reference=3, substitutions=0, insertions=1, deletions=0)
    """
    pairs = _pairs(references, hypotheses)
    if not pairs:
        return EditCounts(reference=0, substitutions=0, insertions=0, deletions=0)
    found = jiwer.process_words([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    return EditCounts(
        reference=found.hits + found.substitutions + found.deletions,
        substitutions=found.substitutions,
        insertions=found.insertions,
        deletions=found.deletions,
    )


def character_errors(references: Sequence[str], hypotheses: Sequence[str]) -> EditCounts:
    """Edits in characters, the space between words among them; otherwise as `word_errors`."""
    pairs = _pairs(references, hypotheses)
    if not pairs:
        return EditCounts(reference=0, substitutions=0, insertions=0, deletions=0)
    found = jiwer.process_characters([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    return EditCounts(
        reference=found.hits + found.substitutions + found.deletions,
        substitutions=found.substitutions,
        insertions=found.insertions,
        deletions=found.deletions,
    )


def edit_distance(reference: Sequence[Hashable], hypothesis: Sequence[Hashable]) -> int:
    """The fewest substitutions, insertions and deletions between two sequences of any symbols.

    Example:
        >>> edit_distance([1, 2, 3], [1, 3, 3, 4])
        2
    """
    return int(Levenshtein.distance(reference, hypothesis))


def _pairs(references: Sequence[str], hypotheses: Sequence[str]) -> list[tuple[str, str]]:
    if len(references) != len(hypotheses):
        raise DataError(
            f"{len(references)} references stand against {len(hypotheses)} hypotheses: "
            f"give one for each utterance"
        )
    return [
        (normalise(reference), normalise(hypothesis)) for reference, hypothesis in zip(references, hypotheses)
    ]
