"""Where a line or a cue of English may end: the cost of a break between two tokens.

Costs are plain numbers that only mean something against each other; 0 is a perfect place. Pure.
Source: BBC Subtitle Guidelines, "Break at natural points"; Netflix Timed Text Style Guide, "Line
treatment": break after punctuation, before conjunctions and prepositions, and never between an article
and its noun, a name and its title, a subject pronoun or an auxiliary and its verb.
"""

from __future__ import annotations

SENTENCE_COST = 0.0
CLAUSE_COST = 3.0
OPENER_COST = 8.0
PLAIN_COST = 14.0
BINDING_COST = 40.0
PAUSE_BONUS_PER_S = 12.0  # a speaker who pauses has shown the place; up to the difference of one kind

_ARTICLES = "a an the this that these those my your his her its our their no every each some any"
_PREPOSITIONS = (
    "of in on at to for from with by about into over under after before between through during without "
    "within against upon among toward towards across behind beyond near until since than as like"
)
_AUXILIARIES = (
    "is are was were be been am being have has had having do does did will would shall should can could "
    "may might must not never very so too i you he she it we they who there i'm you're he's she's it's "
    "we're they're i'll you'll he'll she'll we'll they'll i've you've we've they've i'd you'd don't "
    "doesn't didn't won't wouldn't can't couldn't isn't aren't wasn't weren't"
)
_CONJUNCTIONS = "and or but nor because that which who whom whose when where while if although though unless"
_TITLES = "mr mrs ms miss dr prof professor st sir lady lord captain king queen president"

BINDING = frozenset(
    f"{_ARTICLES} {_PREPOSITIONS} {_AUXILIARIES} {_CONJUNCTIONS} {_TITLES}".split()
)  # a break after one of these tears it from what it belongs to
OPENERS = frozenset(f"{_PREPOSITIONS} {_CONJUNCTIONS} so then".split())  # a break before one is welcome

_ABBREVIATIONS = frozenset(["mr", "mrs", "ms", "dr", "prof", "st"])  # their full stop ends no sentence
_CLOSERS = "\"'”’)]}»"


def break_cost(before: str, after: str, pause_s: float = 0.0) -> float:
    """The cost of ending a line or cue after `before`, when `after` comes next.

    Args:
        before: token with its punctuation.
        after: the token that would begin the next line or cue.
        pause_s: silence between the two, 0 or more.

    Returns:
        `SENTENCE_COST` to `BINDING_COST`; the smaller, the better the place.
    """
    bare = bare_word(before)
    if ends_sentence(before):
        return SENTENCE_COST
    mark = before.rstrip(_CLOSERS)[-1:]
    if mark and mark in ",;:—–-…" and bare not in _ABBREVIATIONS:
        cost = CLAUSE_COST
    elif bare in BINDING:
        cost = BINDING_COST
    elif bare_word(after) in OPENERS:
        cost = OPENER_COST
    else:
        cost = PLAIN_COST
    return max(cost - PAUSE_BONUS_PER_S * min(pause_s, 1.0), SENTENCE_COST)


def ends_sentence(token: str) -> bool:
    """Whether `token` ends with the mark of a sentence's end, closing quotes or brackets aside.

    Example:
        >>> ends_sentence('done."'), ends_sentence("Mr."), ends_sentence("3.5")
        (True, False, False)
    """
    mark = token.rstrip(_CLOSERS)[-1:]
    if mark == ".":
        return bare_word(token) not in _ABBREVIATIONS
    return bool(mark) and mark in "!?…"


def bare_word(token: str) -> str:
    """`token` in lower case, without the punctuation around it."""
    return token.strip("\"'“”‘’()[]{}«».,;:!?…—–-").casefold()
