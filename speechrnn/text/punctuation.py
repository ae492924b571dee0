"""Punctuation and capital letters as labels of words, and words and labels back to prose.

A word is in the normal form of `text/normalize.py` (a-z and apostrophe). Each has one mark after it
(`MARKS`) and one case (`CASES`). The tagger's training data come out of `tag_text`; the pipeline writes
what the tagger chose with `render`. `render` of `tag_text` is the normalised text; tagging that again
changes nothing.

Other marks are mapped to these as in Tilk and Alumäe 2016: a semicolon ends a sentence, a colon or a
dash is a comma. Quotation marks and brackets are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from speechrnn.errors import DataError
from speechrnn.text.normalize import normalize_words

MARKS: tuple[str, ...] = ("", ",", ".", "?", "!")
"""The mark after a word; its index is the label."""

NO_MARK, COMMA, FULL_STOP, QUESTION, EXCLAMATION = range(len(MARKS))
SENTENCE_ENDS = frozenset({FULL_STOP, QUESTION, EXCLAMATION})

CASES: tuple[str, ...] = ("lower", "capitalised", "upper")
"""The case of a word; its index is the label."""

LOWER, CAPITALISED, UPPER = range(len(CASES))

Normalizer = Callable[[str], Sequence[str]]

_TITLE_LIST = "mr mrs ms messrs mme mlle dr st prof rev hon capt col gen lt sgt maj gov sen vs vol"
_ABBREVIATION_LIST = "etc jr sr co inc ltd am pm ave jan feb mar apr aug sept oct nov dec"
# Their full stop is part of the spelling and ends no sentence.
_TITLES = frozenset(_TITLE_LIST.split())
# Their full stop ends a sentence only where a capital letter follows.
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
# A capital letter that tells nothing about what went before.
_PRONOUN = re.compile(r"i(?:'[a-z]+)?")
_DASH = re.compile(r"\s+-\s+|-{2,}|[—–―]")
_ELLIPSIS = re.compile(r"\.(?:\s?\.){2,}|…")
_TOKEN = re.compile(r"(?P<before>[^\w\s$£€&]*)(?P<core>\S*?)(?P<after>[^\w\s%&]*)")
_CONJUNCTIONS = frozenset({"and", "but", "or", "nor", "for", "yet", "so"})
_QUOTES = "\"“”'‘’`"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedText:
    """Words and their labels, all of one length.

    Attributes:
        words: in normal form.
        marks: class of the mark after each word, index into `MARKS`.
        cases: class of each word's case, index into `CASES`.
        telling: whether the case says something about the word, not only about its place: False at the start
            of a sentence and behind an opening quotation mark.
    """

    words: tuple[str, ...]
    marks: tuple[int, ...]
    cases: tuple[int, ...]
    telling: tuple[bool, ...]

    def __post_init__(self) -> None:
        lengths = {len(self.words), len(self.marks), len(self.cases), len(self.telling)}
        if len(lengths) != 1:
            raise DataError(f"words and labels have the lengths {sorted(lengths)}; expected one length")


@dataclass(slots=True)
class _Token:
    """One word of the text while the marks around it are gathered."""

    words: tuple[str, ...]
    cases: tuple[int, ...]
    core: str
    quoted: bool
    after: str = ""


def tag_text(text: str, normalize: Normalizer = normalize_words) -> TaggedText:
    """Turns one paragraph of prose into words with labels.

    A token that becomes several words ("twenty-one") has its mark after the last of them.

    Args:
        text: a paragraph; its end ends a sentence where a mark says so.
        normalize: a raw token -> its words in normal form.

    Example:
        >>> tagged = tag_text("Well—I saw Ann; she waved!")
        >>> tagged.words
        ('well', 'i', 'saw', 'ann', 'she', 'waved')
        >>> render(tagged.words, tagged.marks, tagged.cases)
        ('Well,', 'I', 'saw', 'Ann.', 'She', 'waved!')
    """
    tokens = _tokens(text, normalize)
    words: list[str] = []
    marks: list[int] = []
    cases: list[int] = []
    telling: list[bool] = []
    starts = True
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        mark = _mark(token, following)
        n = len(token.words)
        words += token.words
        marks += [NO_MARK] * (n - 1) + [mark]
        first = max(token.cases[0], CAPITALISED) if starts else token.cases[0]
        cases += (first, *token.cases[1:])
        telling += [not (starts or (token.quoted and first != LOWER)), *[True] * (n - 1)]
        starts = mark in SENTENCE_ENDS
    return TaggedText(words=tuple(words), marks=tuple(marks), cases=tuple(cases), telling=tuple(telling))


def render(
    words: Sequence[str], marks: Sequence[int], cases: Sequence[int], starts_sentence: bool = True
) -> tuple[str, ...]:
    """Writes each word as a reader sees it: with its capital letters and the mark after it.

    The first word of a sentence is capitalised whatever its label, and the pronoun "i" always.

    Args:
        words: in normal form.
        marks: index into `MARKS` for each word.
        cases: index into `CASES` for each word.
        starts_sentence: whether the first word begins a sentence.

    Raises:
        DataError: the three have different lengths.
    """
    if not len(words) == len(marks) == len(cases):
        raise DataError(
            f"{len(words)} words have {len(marks)} marks and {len(cases)} cases; expected one each"
        )
    out = []
    starts = starts_sentence
    for word, mark, case in zip(words, marks, cases):
        out.append(write_case(word, max(case, CAPITALISED) if starts else case) + MARKS[mark])
        starts = mark in SENTENCE_ENDS
    return tuple(out)


def write_case(word: str, case: int) -> str:
    """Spells a word of the normal form in a case.

    Example:
        >>> write_case("mcdonald's", CAPITALISED), write_case("tv's", UPPER), write_case("i'm", LOWER)
        ("McDonald's", "TV's", "I'm")
    """
    if _PRONOUN.fullmatch(word):
        case = CAPITALISED
    if case == LOWER:
        return word
    if case == UPPER:
        stem, apostrophe, ending = word.partition("'")
        return (
            stem.upper() + apostrophe + (ending if ending in ("s", "d", "ll", "re", "ve") else ending.upper())
        )
    prefix = re.match(r"mc(?=[a-z]{3})|o'(?=[a-z]{3})(?!clock)|(?=[a-z])|'+", word)
    length = prefix.end() if prefix else 0
    return word[:length].capitalize() + word[length : length + 1].upper() + word[length + 1 :]


def _tokens(text: str, normalize: Normalizer) -> list[_Token]:
    text = _ELLIPSIS.sub(" … ", _DASH.sub(" — ", text.replace("’", "'")))
    tokens: list[_Token] = []
    for raw in text.split():
        match = _TOKEN.fullmatch(raw)
        assert match is not None  # every group may be empty, so every token matches
        before, core, after = match["before"], match["core"], match["after"]
        words, cases = _normal(core, after.startswith("."), normalize)
        if not words:
            if tokens:
                tokens[-1].after += raw
            continue
        if tokens and "(" in before:
            tokens[-1].after += ","
        quoted = any(quote in before for quote in _QUOTES)
        tokens.append(_Token(words=words, cases=cases, core=core, quoted=quoted, after=after))
    return tokens


@lru_cache(maxsize=1 << 16)
def _normal(core: str, dotted: bool, normalize: Normalizer) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a token and the case of each."""
    if not core:
        return (), ()
    # Abbreviations are read out only with their full stop.
    words = tuple(normalize(core + "." if dotted and core.lower() in _TITLES | _ABBREVIATIONS else core))
    return words, _cases(core, words)


def _cases(core: str, words: tuple[str, ...]) -> tuple[int, ...]:
    letters = [c for c in core if c.isalpha()]
    spelled = [w.replace("'", "") for w in words]
    if "".join(letters).lower() != "".join(spelled):
        # Written out: "Mr." as "mister" keeps its capital, "21st" as "twenty first" has none to keep.
        capital = core[0].isupper() and not any(c.isdigit() for c in core)
        return tuple(CAPITALISED if capital else LOWER for _ in words)
    cases, at = [], 0
    for word, plain in zip(words, spelled):
        cases.append(_case_of(word, letters[at : at + len(plain)]))
        at += len(plain)
    return tuple(cases)


def _case_of(word: str, letters: Sequence[str]) -> int:
    if _PRONOUN.fullmatch(word):
        return CAPITALISED
    stem = letters[: len(word.partition("'")[0])] if word.partition("'")[0] else letters
    if not stem or not stem[0].isupper():
        return LOWER
    return UPPER if len(stem) > 1 and all(c.isupper() for c in stem) else CAPITALISED


def _mark(token: _Token, following: _Token | None) -> int:
    """The mark after a token, from all that stands between it and the next."""
    after = token.after
    lower = following is not None and following.cases[0] == LOWER and following.core[0].isalpha()
    if "?" in after or "!" in after:
        # "Who is there?" he asked. Read aloud there are no quotation marks, and the sentence goes on.
        return COMMA if lower else QUESTION if "?" in after else EXCLAMATION
    if "." in after and _is_full_stop(token, following, lower):
        return COMMA if lower else FULL_STOP
    if following is None:
        return FULL_STOP if any(mark in after for mark in "—…") else NO_MARK
    if ";" in after:
        goes_on = following.words[0] in _CONJUNCTIONS
    elif "…" in after:
        goes_on = lower or _PRONOUN.fullmatch(following.words[0]) is not None
    else:
        return COMMA if any(mark in after for mark in ",:—)") else NO_MARK
    # Where a full stop would be read as part of the spelling, none is written.
    return COMMA if goes_on or not _is_full_stop(token, following, lower=False) else FULL_STOP


def _is_full_stop(token: _Token, following: _Token | None, lower: bool) -> bool:
    """Whether a full stop behind the token ends a sentence, and is no part of its spelling.

    Args:
        token: the token before the full stop.
        following: the token behind it; None at the end of the text.
        lower: whether that one begins with a small letter.
    """
    name, last = token.core.lower(), token.words[-1]
    if following is None:
        return True
    if name in _TITLES or (len(last) == 1 and last != "i"):
        return False  # "Mr. Brown", "J. K.", "U.S."
    return not (lower and ("." in name or name in _ABBREVIATIONS))
