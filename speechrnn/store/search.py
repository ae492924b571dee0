"""Full-text search over the words of all segments.

SQLite's index finds segments and marks the matched characters; here the marks become words with their times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from speechrnn.store.database import Database, Row
from speechrnn.store.entries import Hit
from speechrnn.store.rows import SEPARATOR, folded, segment_of, storable
from speechrnn.transcript.editing import shown_words
from speechrnn.types import Word

_MAX_CHARACTERS = 500
_MAX_TERMS = 16
_OPEN, _CLOSE = "\x02", "\x03"  # no stored text has them, see rows.storable
_TERM = re.compile(r'"([^"]*)("?\*?)|([^\s"]+)')
_MARKED = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
_WORD = re.compile(f"[^{SEPARATOR}]+")
_TOKEN = re.compile(r"\S+")
_PART = re.compile(r"[^\W_]+")  # what the index takes for one word
Span = tuple[int, int]
_NEAR_WORDS = 12  # several terms this close together are shown as one match


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase, or the beginning of one.

    Attributes:
        text: without quotes and star; has a letter or digit.
        prefix: whether the last word may go on.
    """

    text: str
    prefix: bool

    def expression(self) -> str:
        """The term in the language of the index, where nothing but the star has a meaning."""
        return f'"{self.text}"' + ("*" if self.prefix else "")


def parse_query(query: str) -> tuple[Term, ...]:
    """The terms of what somebody typed; empty where there is nothing to look for."""
    terms = []
    for match in _TERM.finditer(_clean(query)[:_MAX_CHARACTERS]):
        phrase, ending, word = match.groups()
        text = word.rstrip("*") if word is not None else phrase
        prefix = word.endswith("*") if word is not None else ending.endswith("*")
        if any(character.isalnum() for character in text):
            terms.append(Term(text.strip(), prefix))
    return tuple(dict.fromkeys(terms))[:_MAX_TERMS]


def search(database: Database, query: str, limit: int) -> tuple[Hit, ...]:
    """See `Library.search`."""
    terms = parse_query(query)
    if not terms or limit < 1:
        return ()
    rows = database.rows(
        f"SELECT s.entry_id, e.title, highlight(found, 0, '{_OPEN}', '{_CLOSE}'), "
        f"highlight(found, 1, '{_OPEN}', '{_CLOSE}'), "
        "s.id, s.start_s, s.end_s, s.words, s.prose, s.details, s.speaker, s.edited "
        "FROM found JOIN segments s ON s.id = found.rowid JOIN entries e ON e.id = s.entry_id "
        "WHERE found MATCH ? ORDER BY found.rowid DESC LIMIT ?",
        (" ".join(term.expression() for term in terms), limit),
    )
    hits: list[Hit] = []
    for row in rows:
        if len(hits) >= limit:
            break
        hits += _hits(row, terms)
    rank = {entry_id: number for number, entry_id in enumerate(dict.fromkeys(row[0] for row in rows))}
    hits.sort(key=lambda hit: (rank[hit.entry_id], hit.start, hit.segment_id))
    return tuple(hits[:limit])


def _hits(row: Row, terms: Sequence[Term]) -> list[Hit]:
    """The matches in one segment: every one of a single term, the closest together of several."""
    entry_id, title, marked_words, marked_prose, *columns = row
    stored = segment_of(tuple(columns))
    if _OPEN in marked_words:
        marked, pattern, words = marked_words, _WORD, stored.segment.words
    else:
        marked, pattern, words = marked_prose or "", _TOKEN, shown_words(stored.segment)
    plain = marked.replace(_OPEN, "").replace(_CLOSE, "")
    tokens = [match.span() for match in pattern.finditer(plain)]
    if len(tokens) != len(words):
        return []
    found = [_tokens_within(tokens, start, end) for start, end in _spans(marked)]
    if len(terms) > 1 and found:
        found = [_closest(found, [_which(terms, plain, tokens, span) for span in found])]
    return [_hit(entry_id, title, stored.id, words, first, last) for first, last in found]


def _hit(entry_id: int, title: str, segment_id: int, words: Sequence[Word], first: int, last: int) -> Hit:
    """The hit of the words `first` to `last`, both included."""
    before = " ".join(word.text for word in words[:first])
    after = " ".join(word.text for word in words[last + 1 :])
    return Hit(
        entry_id=entry_id,
        title=title,
        segment_id=segment_id,
        start=words[first].start,
        end=max(words[last].end, words[first].start),
        before=before and f"{before} ",
        match=" ".join(word.text for word in words[first : last + 1]),
        after=after and f" {after}",
    )


def _spans(marked: str) -> list[Span]:
    """The marked characters, counted without the marks."""
    spans = []
    n_marks = 0
    for match in _MARKED.finditer(marked):
        spans.append((match.start() - n_marks, match.end() - 2 - n_marks))
        n_marks += 2
    return spans


def _tokens_within(tokens: Sequence[Span], start: int, end: int) -> Span:
    """First and last token that characters `start` to `end` touch."""
    touched = [number for number, (first, last) in enumerate(tokens) if first < end and last > start]
    return touched[0], touched[-1]


def _which(terms: Sequence[Term], plain: str, tokens: Sequence[Span], span: Span) -> int | None:
    """The number of the term that a match is of; None where accents are folded otherwise than here."""
    found = _parts(plain[tokens[span[0]][0] : tokens[span[1]][1]])
    for number, term in enumerate(terms):
        wanted = _parts(term.text)
        for at in range(len(found) - len(wanted) + 1):
            *exact, last = found[at : at + len(wanted)]
            if exact == wanted[:-1] and (last == wanted[-1] or (term.prefix and last.startswith(wanted[-1]))):
                return number
    return None


def _closest(found: Sequence[Span], which: Sequence[int | None]) -> Span:
    """The shortest run of words that has every term; the first match where that is too long to be one."""
    wanted = set(which)
    runs = []
    for first in range(len(found)):
        seen = set()
        for last in range(first, len(found)):
            seen.add(which[last])
            if seen == wanted:
                runs.append((found[last][1] - found[first][0], found[first][0], found[last][1]))
                break
    n_words, first_word, last_word = min(runs)
    return (first_word, last_word) if n_words < _NEAR_WORDS else found[0]


def _parts(text: str) -> list[str]:
    return _PART.findall(folded(text))


def _clean(query: str) -> str:
    for quote in "“”„«»":
        query = query.replace(quote, '"')
    return storable(query)
