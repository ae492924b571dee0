"""The label sets of the recognizer and the codec between symbols and class indices.

Class 0 is always the CTC blank. Pure. Used by training to encode references, by decoding to
name classes, and by bundles, which carry the labels as one line each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from speechrnn.errors import DataError

BLANK = "<blank>"

# ARPAbet as CMUdict writes it, stress marks removed.
# fmt: off
PHONEMES: tuple[str, ...] = (
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY",
    "F", "G", "HH", "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY",
    "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
)
# fmt: on

CHARACTERS: tuple[str, ...] = (" ", "'", *"abcdefghijklmnopqrstuvwxyz")


class LabelCodec:
    """Maps symbols to class indices and back; index 0 is the blank.

    Attributes:
        labels: all symbols, the blank first.

    Example:
        >>> codec = LabelCodec(CHARACTERS)
        >>> codec.decode(codec.encode("it's"))
        ('i', 't', "'", 's')
    """

    def __init__(self, symbols: Sequence[str]) -> None:
        self.labels: tuple[str, ...] = (BLANK, *symbols)
        self._index = {label: index for index, label in enumerate(self.labels)}
        if len(self._index) != len(self.labels):
            raise DataError(f"the {len(symbols)} labels hold a symbol twice; each must stand once")

    def __len__(self) -> int:
        return len(self.labels)

    def encode(self, symbols: Iterable[str]) -> list[int]:
        """Class indices of `symbols`.

        Raises:
            DataError: a symbol that is not a label.
        """
        try:
            return [self._index[symbol] for symbol in symbols]
        except KeyError as error:
            raise DataError(f"{error.args[0]!r} is none of the {len(self.labels)} labels") from error

    def decode(self, indices: Iterable[int]) -> tuple[str, ...]:
        """Symbols of class indices; blanks are kept out."""
        return tuple(self.labels[index] for index in indices if index != 0)
