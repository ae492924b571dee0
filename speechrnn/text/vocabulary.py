"""The vocabulary file of a language model's bundle: one token a line, as a JSON string.

JSON, since tokens may be line feeds or quotes. Training writes it, composing reads it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from speechrnn.errors import DataError


def write_vocabulary(vocabulary: Sequence[str]) -> str:
    """The text of the file.

    Example:
        >>> read_vocabulary(write_vocabulary(["a", "b"]).splitlines())
        ('a', 'b')
    """
    return "".join(json.dumps(token) + "\n" for token in vocabulary)


def read_vocabulary(lines: Sequence[str]) -> tuple[str, ...]:
    """The inverse of `write_vocabulary`.

    Raises:
        DataError: a line is not a JSON string.
    """
    try:
        tokens = tuple(json.loads(line) for line in lines)
    except json.JSONDecodeError as error:
        raise DataError(f"a line of the vocabulary is not a JSON string ({error})") from error
    if not all(isinstance(token, str) for token in tokens):
        raise DataError("the vocabulary holds something else than text")
    return tokens
