"""How the commands get a recognizer: from a bundle on disk, unless a test hands in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import typer

from speechrnn.cli.options import Device
from speechrnn.errors import ConfigError

if TYPE_CHECKING:
    from speechrnn.decoding.hotwords import HotWord
    from speechrnn.evaluation.recognition import SpeechRecognizer


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerChoice:
    """Which recognizer a command wants.

    Attributes:
        model: id or folder of a bundle.
        device: where it runs.
        hot_words: words to expect.
        punctuation: whether its text has punctuation and capital letters.
        greedy: best path of the network alone, without lexicon and language model.
        lm_weight: weight of the language model; None takes the bundle's, here and below.
        word_score: added for every word.
        beam_size: hypotheses kept.
    """

    model: str
    device: Device = Device.AUTO
    hot_words: Sequence[HotWord] = ()
    punctuation: bool = True
    greedy: bool = False
    lm_weight: float | None = None
    word_score: float | None = None
    beam_size: int | None = None


class Loader(Protocol):
    """Makes a recognizer."""

    def __call__(self, choice: RecognizerChoice) -> SpeechRecognizer: ...


def load_recognizer(choice: RecognizerChoice) -> SpeechRecognizer:
    """Loads the bundles from disk.

    Raises:
        BundleError: a bundle is missing or refused.
        ConfigError: the device is not there.
    """
    # torch and the rest of the pipeline take seconds to import.
    from speechrnn.pipeline.offline import Recognizer
    from speechrnn.pipeline.word_decoding import DecodeOptions

    recognizer: SpeechRecognizer = Recognizer.load(
        choice.model,
        device=choice.device.value,
        hot_words=choice.hot_words,
        punctuation=choice.punctuation,
        options=DecodeOptions(
            greedy=choice.greedy,
            lm_weight=choice.lm_weight,
            word_score=choice.word_score,
            beam_size=choice.beam_size,
        ),
    )
    return recognizer


def read_hot_words(path: Path) -> Sequence[HotWord]:
    """The hot words of a file, `word [strength]` a line.

    Raises:
        ConfigError: the file cannot be read, or a line is none.
    """
    # The decoding part is not needed for a help text.
    from speechrnn.decoding.hotwords import parse_hot_words

    try:
        # With or without the mark that Windows editors put first.
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path} is not UTF-8 text at byte {error.start}: expected hot words, `word [strength]` a line"
        ) from error
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}; expected hot words, `word [strength]` a line"
        ) from error
    return parse_hot_words(lines, str(path))


def loader_of(context: typer.Context) -> Loader:
    """The way to make a recognizer that `run` was given."""
    loader: Any = context.obj
    return loader if callable(loader) else load_recognizer
