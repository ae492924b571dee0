"""Token streams for language models: corpora as numbers, in training and held-out parts.

Four kinds: `characters` and `pieces` of words (any text), `folk` (tunes in ABC, melodies in MIDI), `chorale`
(four voices on a grid of sixteenths, JSON as the JSB set has it). A stream is one array of token numbers;
tunes follow each other, an end token between.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError, DataError
from speechrnn.music import chorale_tokens, folk_tokens
from speechrnn.music.abc_reader import AbcError, parse_abc, split_tunes
from speechrnn.music.importing import folk_piece_of_tune
from speechrnn.music.midi import MidiError, read_midi
from speechrnn.ranges import check_ranges
from speechrnn.text.codec import TextCodec
from speechrnn.text.normalize import normalize_lines

Kind = Literal["characters", "pieces", "folk", "chorale"]
TEXT_KINDS: tuple[Kind, ...] = ("characters", "pieces")
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCorpus:
    """One corpus of a recipe.

    Attributes:
        archive: a tar file, compressed or not, a folder, or a file. members: patterns of the files in it.
        without: patterns of files to leave out. held_out: share at the end of each file (of text), or of the
        pieces, that is kept for measuring, 0..0.5. longest: characters of each file that are read; 0 reads
        all. plain: of text, printable ASCII and line feeds only: typographic marks and accented letters
        become their plain relatives, so that what a keyboard writes is what is known. normal_form: of text,
        its words as a recognizer gives them (a to z and the apostrophe, numbers spoken), a sentence a line.
        source: which public works these are and their licence, for the card.
    """

    archive: str
    members: tuple[str, ...] = ("*",)
    without: tuple[str, ...] = ("*LICEN[CS]E*", "*README*", "*license*")
    held_out: float = 0.1
    longest: int = 0
    plain: bool = False
    normal_form: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        check_ranges(self, ("held_out", 0, 0.5), ("longest", 0, 10**12))


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenData:
    """What a language model is trained and measured on.

    Attributes:
        vocabulary: the tokens, as text.
        training: (n,) int64.
        held_out: (n,) int64.
        n_training, n_held_out: files or pieces.
        left_out: pieces that could not be read.
    """

    vocabulary: tuple[str, ...]
    training: Ids
    held_out: Ids
    n_training: int
    n_held_out: int
    left_out: int

    @property
    def characters_held_out(self) -> int:
        """Of the held-out part of a text."""
        lengths = np.array([len(token) for token in self.vocabulary])
        return int(lengths[self.held_out].sum())


def read_tokens(
    kind: Kind,
    corpora: Sequence[TokenCorpus],
    resolve: Callable[[str], Path],
    *,
    vocabulary: Sequence[str] = (),
    n_pieces: int = 0,
) -> TokenData:
    """Reads corpora.

    Args:
        kind: what they hold.
        corpora: where and what.
        resolve: makes a path of what a recipe says.
        vocabulary: of text, for a network that has one; what it lacks is left out. Empty takes what the
            corpora hold.
        n_pieces: of words, to learn where the kind is `pieces` and no vocabulary is given.

    Raises:
        DataError: a corpus cannot be read, or too little is in it.
        ConfigError: the kind is unknown.
    """
    if kind not in (*TEXT_KINDS, *_READERS):
        kinds = ", ".join((*TEXT_KINDS, *_READERS))
        raise ConfigError(f"the kind of tokens is {kind!r}; expected one of {kinds}")
    read = [(c, list(read_files(resolve(c.archive), c))) for c in corpora]
    if kind in TEXT_KINDS:
        data = _read_text(read, vocabulary, n_pieces if kind == "pieces" else 0)
    else:
        data = _READERS[kind](read)
    if len(data.training) < 1000 or len(data.held_out) < 100:
        raise DataError(
            f"{len(data.training)} tokens to train on and {len(data.held_out)} to measure on are too few; "
            "expected at least 1000 and 100: give more files or a larger held_out"
        )
    return data


def read_files(path: Path, corpus: TokenCorpus) -> Iterator[bytes]:
    """The bytes of each fitting file of an archive, a folder or a single file, in its order.

    Raises:
        DataError: it cannot be read, or no file fits.
    """

    def fits(name: str) -> bool:
        wanted = any(fnmatch(name, p) for p in corpus.members)
        return wanted and not any(fnmatch(name, p) for p in corpus.without)

    found = False
    for name, data in _blobs(path):
        if fits(name):
            found = True
            yield data()
    if not found:
        raise DataError(
            f"{path}: no file in it fits {', '.join(corpus.members)}; see `members` in the recipe"
        )


def _blobs(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name and content of each file."""
    try:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                yield file.relative_to(path).as_posix(), file.read_bytes
        elif tarfile.is_tarfile(path):
            # Read in the archive's own order: going back in a compressed one means to start again.
            with tarfile.open(path) as tar:
                for member in tar:
                    stream = tar.extractfile(member) if member.isfile() else None
                    if stream is not None:
                        yield member.name, stream.read
        else:
            yield path.name, path.read_bytes
    except (OSError, tarfile.TarError) as error:
        raise DataError(f"{path}: cannot be read as a file, a folder or an archive ({error})") from error


Read = Sequence[tuple[TokenCorpus, list[bytes]]]


def _text(data: bytes, corpus: TokenCorpus) -> str:
    text = data.decode("utf-8", errors="replace")
    return text[: corpus.longest] if corpus.longest else text


_PLAIN = TextCodec(("\n", *(chr(code) for code in range(0x20, 0x7F))))


def _read_text(read: Read, vocabulary: Sequence[str], n_pieces: int) -> TokenData:
    parts: dict[str, list[str]] = {"training": [], "held_out": []}
    for corpus, files in read:
        for data in files:
            clean = _text(data, corpus).replace("\r\n", "\n")
            if corpus.normal_form:
                clean = "".join(f"{' '.join(words)}\n" for words in normalize_lines(clean.splitlines()))
            elif corpus.plain:
                clean, _ = _PLAIN.written(clean)
            cut = len(clean) - round(len(clean) * corpus.held_out)
            parts["training"].append(clean[:cut])
            parts["held_out"].append(clean[cut:])
    training, held_out = "".join(parts["training"]), "".join(parts["held_out"])
    # What stands less than once in a million characters is not worth a token.
    least = max(1, len(training) // 1_000_000)
    codec = TextCodec(vocabulary) if vocabulary else TextCodec.of(training, least=least, n_pieces=n_pieces)
    return TokenData(
        vocabulary=codec.vocabulary,
        training=np.array(codec.encode(training)[0], np.int64),
        held_out=np.array(codec.encode(held_out)[0], np.int64),
        n_training=len(parts["training"]),
        n_held_out=sum(bool(text) for text in parts["held_out"]),
        left_out=0,
    )


def _read_folk(read: Read) -> TokenData:
    pieces: list[tuple[list[str], bool]] = []
    left_out = 0
    for corpus, files in read:
        found = []
        for tokens in (tokens for data in files for tokens in folk_tunes(data, corpus)):
            if tokens is None:
                left_out += 1
            else:
                found.append(tokens)
        pieces += _held_out_evenly(found, corpus.held_out)
    return _stream(folk_tokens.VOCABULARY, pieces, left_out)


def folk_tunes(data: bytes, corpus: TokenCorpus) -> Iterator[list[str] | None]:
    """The tunes of an ABC collection, or the melody of a MIDI file; None for one that cannot be read."""
    if data.startswith(b"MThd"):
        try:
            yield list(folk_piece_of_tune(read_midi(data)).tokens)
        except (MidiError, ConfigError):
            yield None
        return
    for tune in split_tunes(_text(data, corpus)):
        try:
            yield folk_tokens.tokens_of(parse_abc(tune))
        except AbcError:
            yield None


def _read_chorales(read: Read) -> TokenData:
    """JSON of the JSB set: {"train": [[[s, a, t, b], ...], ...], "valid": ...}; valid is held out."""
    pieces: list[tuple[list[str], bool]] = []
    left_out = 0
    for corpus, files in read:
        for data in files:
            table = json.loads(_text(data, corpus))
            if not isinstance(table, Mapping) or not {"train", "valid"} <= set(table):
                raise DataError("a file of chorales needs the keys train and valid, each a list of pieces")
            for part in ("train", "valid"):
                for piece in table[part]:
                    grid = np.array(piece, np.int16)
                    shifts = range(-5, 7) if part == "train" else (0,)
                    found = [tokens for shift in shifts if (tokens := chorale_of(grid, shift)) is not None]
                    left_out += not found
                    pieces += [(tokens, part == "valid") for tokens in found]
    return _stream(chorale_tokens.VOCABULARY, pieces, left_out)


def chorale_of(grid: NDArray[np.int16], shift: int, *, tonic: bool = True) -> list[str] | None:
    """A moved piece as tokens, with its tonic or not; None where a voice leaves its range.

    Args:
        grid: (T, 4) MIDI numbers, -1 for silence.
        shift: semitones.
        tonic: whether the tonic stands behind the mode.
    """
    moved = np.where(grid < 0, -1, grid + shift).astype(np.int16)
    for voice, (low, high) in enumerate(chorale_tokens.RANGES):
        sung = moved[:, voice][moved[:, voice] >= 0]
        if len(sung) and not low <= sung.min() <= sung.max() <= high:
            return None
    tokens = chorale_tokens.tokens_of(moved, minor=is_minor(moved))
    return [tokens[0], chorale_tokens.tonic_token(tonic_of(moved)), *tokens[1:]] if tonic else tokens


def tonic_of(grid: NDArray[np.int16]) -> int:
    """The pitch class of the tonic of a piece on a grid: that of its last bass note."""
    sounding = grid[:, 3][grid[:, 3] >= 0]
    return int(sounding[-1]) % 12 if len(sounding) else 0


def is_minor(grid: NDArray[np.int16]) -> bool:
    """Whether a piece on a grid is in minor, told by the thirds above its last bass note.

    A minor third above the last bass note speaks for minor, a major one against it. A major third at the very
    end of a minor piece is common, so the whole piece has a say.
    """
    sounding = grid[:, 3][grid[:, 3] >= 0]
    if not len(sounding):
        return False
    classes = (grid[grid >= 0] - int(sounding[-1])) % 12
    return bool((classes == 3).sum() > (classes == 4).sum())


def _held_out_evenly(pieces: Sequence[list[str]], share: float) -> list[tuple[list[str], bool]]:
    """Every n-th piece held out, so that each part of a collection is in both."""
    every = round(1 / share) if share else 0
    return [(piece, bool(every) and index % every == every - 1) for index, piece in enumerate(pieces)]


def _stream(vocabulary: Sequence[str], pieces: Sequence[tuple[list[str], bool]], left_out: int) -> TokenData:
    index = {token: number for number, token in enumerate(vocabulary)}

    def join(kept: Sequence[list[str]]) -> Ids:
        # The end token stands before the first piece too: it is what a new piece follows.
        return np.array([0, *(index[token] for piece in kept for token in piece)], np.int64)

    training = [piece for piece, held in pieces if not held]
    held_out = [piece for piece, held in pieces if held]
    return TokenData(
        vocabulary=tuple(vocabulary),
        training=join(training),
        held_out=join(held_out),
        n_training=len(training),
        n_held_out=len(held_out),
        left_out=left_out,
    )


_READERS: Mapping[str, Callable[[Read], TokenData]] = {
    "folk": _read_folk,
    "chorale": _read_chorales,
}
