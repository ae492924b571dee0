"""The normal form of words: what training text, references and language models are made of.

Lower-case a-z with inner apostrophes, nothing else; numbers, money, times and titles as they are read
aloud ("Mr. Bell's 2 dogs" is mister bell's two dogs), hyphens part words, accents are folded. The
words follow LibriSpeech's transcripts (Panayotov et al. 2015), which use upper case. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from speechrnn.text import spoken_numbers as say
from speechrnn.text.paragraphs import join_paragraphs

# U+0091 and U+0092 are quotes of Windows-1252 that were decoded as Latin-1.
_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´\u0091\u0092", "'"),
        **dict.fromkeys("æǽ", "ae"),
        **dict.fromkeys("ÆǼ", "Ae"),
        **{"œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ß": "ss", "ſ": "s", "ł": "l", "Ł": "L", "ð": "d"},
        **{"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "&": " and ", "@": " at ", "_": " ", "\u00ad": ""},
        **dict.fromkeys("‑‐", "-"),
    }
)

# Read out where a full stop follows, in any case.
_ABBREVIATIONS = {
    "mr": "mister",
    "mrs": "missus",
    "messrs": "messrs",
    "mme": "madame",
    "mlle": "mademoiselle",
    "dr": "doctor",
    "prof": "professor",
    "rev": "reverend",
    "hon": "honorable",
    "capt": "captain",
    "col": "colonel",
    "gen": "general",
    "lt": "lieutenant",
    "lieut": "lieutenant",
    "sgt": "sergeant",
    "maj": "major",
    "gov": "governor",
    "sen": "senator",
    "jr": "junior",
    "sr": "senior",
    "vs": "versus",
    "vol": "volume",
    "etc": "et cetera",
    "jan": "january",
    "feb": "february",
    "aug": "august",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
}
# British typesetting leaves the full stop out; then the capital tells.
_BARE_TITLES = {"Mr": "mister", "Mrs": "missus", "Dr": "doctor", "Mme": "madame", "Mlle": "mademoiselle"}
_ABBREVIATION = re.compile(rf"\b({'|'.join(_ABBREVIATIONS)})\.(?!\w)", re.IGNORECASE)
_BARE_TITLE = re.compile(rf"\b({'|'.join(_BARE_TITLES)})\b(?!\.)")
_STREET = re.compile(r"(?<=[a-z] )St\.(?!\s*[A-Z])")
_SAINT = re.compile(r"\b[Ss]t\.(?!\w)|\bSt\b(?=\s[A-Z])")
_NUMBER_SIGN = re.compile(r"(?:\bNo\.\s*|#)(?=\d)")
# Corpora that were cut into tokens have "do n't" and "it 's".
_CLITIC = re.compile(r"(?<=[A-Za-z])\s+(?='(?:s|m|d|re|ve|ll)\b|n't\b)")

_PARTS = "Chapter|Book|Volume|Part|Act|Scene|Section|Canto|Lesson|Page|Letter|Number|Phase|Stave"
_RULERS = (
    "Henry|Edward|Richard|Charles|George|William|James|Louis|Philip|Frederick|Alexander|Nicholas|Napoleon|"
    "Pius|Leo|Gregory|Clement|Innocent|Urban|Paul|Ferdinand|Francis|Catherine|Elizabeth|Pope John"
)
_NUMBERED_PART = re.compile(rf"\b((?i:{_PARTS})) ([IVXLC]{{2,}}|(?<!letter )[VX])\b")
_RULER = re.compile(rf"\b({_RULERS}) ([IVX]{{2,}}|[VX])\b")

_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SCALED_MONEY = re.compile(r"([$€£])\s?(\d+)(?:\.(\d+))? (thousand|million|billion|trillion)\b")
_MONEY = re.compile(r"([$€£])\s?(\d+)(?:\.(\d\d)(?!\d))?")
# "the 20s" are years; "22d" is a rank, but "2d." two pence.
_OLD_MONEY = re.compile(r"(?<!the )\b(\d{1,2})(s\b|d\.|(?<=[014-9])d\b)\.?")
_TELEPHONE = re.compile(r"(?<![\d-])\+?(?:\d{1,3}[ -])?\(?\d{3}\)?[ -]\d{3}[ -]\d{4}(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:])([01]?\d|2[0-3])[:.]([0-5]\d)(?=\s[ap]\sm\b)|(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])"
)
_DAY_HALF = re.compile(r"(?<=\d)\s?([ap])\.?m\b\.?", re.IGNORECASE)
_FRACTION = re.compile(r"(?:(\d+)\s)?\b([123])/([234])(?![\d/])")
_FRACTIONS = {
    "1/2": "a half",
    "1/3": "a third",
    "2/3": "two thirds",
    "1/4": "a quarter",
    "3/4": "three quarters",
}
_ORDINAL = re.compile(r"(?<![A-Za-z\d])(\d+)(?:st|nd|rd|th|d)\b", re.IGNORECASE)
_DECADE = re.compile(r"(?<![\d])'?((?:1[1-9]|20)?\d0)'?s\b")
_YEAR = re.compile(r"(?<![\d.$€£-])(1[1-9]\d\d|20\d\d)(?!\d|\.\d)")
_DECIMAL = re.compile(r"(?<![\d.])(\d*)\.(\d+)(?![\d.])")
_DIGITS = re.compile(r"\d+")

_DOTTED = re.compile(r"(?<![A-Za-z'])(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?|(?<![A-Za-z'])[A-Z]\.(?=[A-Z][a-z])")
_NOT_IN_WORD = re.compile(r"[^a-z']+")
_PLURAL_LETTERS = re.compile(r"'{2,}")

_SENTENCE_END = re.compile(r"([.!?…][\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z])")
# A full stop after one of these, or after a single capital letter, ends no sentence.
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|messrs|mme|mlle|dr|st|prof|rev|hon|capt|col|gen|lt|lieut|sgt|maj|gov|sen|vs|vol|no)"
    r"|(?<![A-Za-z'])[A-Z])\.$",
    re.IGNORECASE,
)


def normalize_words(text: str) -> list[str]:
    """The words of `text` in normal form.

    Args:
        text: any text; a line or a sentence, since what stands around a number tells how it is read.

    Returns:
        Words of a-z and inner apostrophes; empty where the text has none.

    Example:
        >>> " ".join(normalize_words("On the 3rd, Mr. O’Neil paid £5 for a “well-known” café."))
        "on the third mister o'neil paid five pounds for a well known cafe"
    """
    text = text.translate(_CHARACTERS)
    if not text.isascii():
        # NFKD would turn an ellipsis into full stops and a ligature into its letters, both welcome here.
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if "'" in text:
        text = _CLITIC.sub("", text)
    text = _spell_abbreviations(text)
    if _DIGITS.search(text):
        text = _spell_numbers(text)
    if "." in text:
        text = _DOTTED.sub(lambda match: f" {' '.join(match[0].replace('.', ''))} ", text)
    words = (word.strip("'") for word in _NOT_IN_WORD.split(text.lower()))
    return [_PLURAL_LETTERS.sub("'", word) for word in words if word]


def normalize_lines(lines: Iterable[str]) -> Iterator[list[str]]:
    """The normal form of each sentence of a text that comes line by line; little of it is kept in memory.

    Args:
        lines: such as an open file; see `text.paragraphs` for what a paragraph is.

    Yields:
        The words of one sentence, at least one.
    """
    for paragraph in join_paragraphs(lines):
        for sentence in split_sentences(paragraph):
            words = normalize_words(sentence)
            if words:
                yield words


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, cut after . ! ? where a capital letter follows.

    Example:
        >>> split_sentences("So said Mr. Hill. “Is it?” He went.")
        ['So said Mr. Hill.', '“Is it?”', 'He went.']
    """
    sentences, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if _NO_END.search(text, max(start, match.start() - 8), match.end(1)):
            continue
        sentences.append(text[start : match.end(1)].strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _spell_abbreviations(text: str) -> str:
    if "." in text:
        text = _STREET.sub("street", text)
        text = _ABBREVIATION.sub(lambda match: f"{_ABBREVIATIONS[match[1].lower()]} ", text)
        text = _NUMBER_SIGN.sub("number ", text)
    text = _SAINT.sub("saint ", text)
    text = _BARE_TITLE.sub(lambda match: _BARE_TITLES[match[1]], text)
    text = _NUMBERED_PART.sub(lambda match: f"{match[1]} {_words(say.cardinal(say.roman(match[2])))}", text)
    return _RULER.sub(lambda match: f"{match[1]} the {_words(say.ordinal(say.roman(match[2])))}", text)


def _spell_numbers(text: str) -> str:
    """Writes all digits out; the order matters, the plain numbers come last."""
    text = _NUMBER_SIGN.sub("number ", text).replace("%", " percent ").replace("°", " degrees ")
    text = _GROUPED.sub("", text)
    text = _DAY_HALF.sub(r" \1 m ", text)
    text = _TELEPHONE.sub(lambda match: _spaced(say.digits(match[0])), text)
    text = _SCALED_MONEY.sub(_scaled_money, text)
    text = _MONEY.sub(lambda m: _spaced(say.money(m[1], int(m[2]), int(m[3]) if m[3] else None)), text)
    text = _OLD_MONEY.sub(_old_money, text)
    text = _DECADE.sub(lambda match: _spaced(say.decade(int(match[1]))), text)
    text = _CLOCK.sub(_clock, text)
    text = _FRACTION.sub(_fraction, text)
    text = _ORDINAL.sub(lambda match: _spaced(say.ordinal(int(match[1]))), text)
    text = _YEAR.sub(lambda match: _spaced(say.year(int(match[1]))), text)
    text = _DECIMAL.sub(lambda match: _spaced(say.decimal(match[1], match[2])), text)
    return _DIGITS.sub(_plain_number, text)


def _words(words: list[str]) -> str:
    return " ".join(words)


def _spaced(words: list[str]) -> str:
    return f" {' '.join(words)} "


def _scaled_money(match: re.Match[str]) -> str:
    sign, whole, fraction, scale = match.groups()
    amount = say.decimal(whole, fraction) if fraction else say.cardinal(int(whole))
    return _spaced([*amount, scale, say.currency(sign)])


def _old_money(match: re.Match[str]) -> str:
    amount = int(match[1])
    if match[2].startswith("d"):
        return _spaced([*say.cardinal(amount), "pence" if amount != 1 else "penny"])
    return _spaced([*say.cardinal(amount), "shillings" if amount != 1 else "shilling"])


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    if match[1] and not minute:
        return _spaced(say.cardinal(hour))  # "nine p m", not "nine o'clock p m"
    return _spaced(say.clock(hour, minute))


def _fraction(match: re.Match[str]) -> str:
    spoken = _FRACTIONS.get(f"{match[2]}/{match[3]}")
    if spoken is None:
        return match[0]
    if match[1]:
        return _spaced([*say.cardinal(int(match[1])), "and", spoken])
    return f" {spoken.replace('a ', 'one ')} " if spoken == "a half" else f" {spoken} "


def _plain_number(match: re.Match[str]) -> str:
    text = match[0]
    if len(text) > 15 or (text.startswith("0") and len(text) > 1):
        return _spaced(say.digits(text))
    return _spaced(say.cardinal(int(text)))
