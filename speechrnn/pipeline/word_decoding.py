"""From the network's emissions to timed words: the beam over phonemes, or the best path of characters.

A bundle's decoding table, its lexicon and its language model meet here. Sits between the network and the
writing of segments; the live pipeline searches with the same decoder, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Protocol

from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.phoneme_trigram import load_trigram
from speechrnn.bundles.rescorer import TABLE as RESCORER_TABLE
from speechrnn.bundles.rescorer import load_rescorer
from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.confidence import Calibration
from speechrnn.decoding.greedy import greedy_words
from speechrnn.decoding.hotwords import HotWord
from speechrnn.decoding.hypothesis import Hypothesis
from speechrnn.decoding.rescoring import SecondPass
from speechrnn.decoding.words import WordOptions, timed_words
from speechrnn.errors import BundleError, ConfigError
from speechrnn.pipeline.pronounce import load_pronounce
from speechrnn.text.lexicon import Lexicon
from speechrnn.types import Seconds, Word

PRONUNCIATION_MODEL = "g2p-en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeOptions:
    """What the caller changes of the bundle's own decoding; None takes the bundle's value.

    Attributes:
        greedy: best path of the character head alone, without lexicon and language model.
        lm_weight: weight of the language model, 0..20.
        word_score: added for every word, -20..20.
        beam_size: hypotheses kept, 1..5000.
        second_pass: False leaves the best hypotheses in the order of the search.
    """

    greedy: bool = False
    lm_weight: float | None = None
    word_score: float | None = None
    beam_size: int | None = None
    second_pass: bool = True


class WordDecoding(Protocol):
    """From one utterance's two emissions to its words.

    Attributes:
        settings: everything that changes the words, by name.
    """

    @property
    def settings(self) -> Mapping[str, Any]: ...

    def __call__(self, phonemes: Any, characters: Any, start: Seconds) -> tuple[Word, ...]: ...


class BeamDecoding:
    """Phonemes through the beam search.

    Attributes:
        decoder: the search.
        labels: the phonemes, the blank first.
        calibration: of the words' confidence.
        word_options: how words are timed.
        settings: everything that changes the words, by name.
    """

    def __init__(
        self, bundle: Bundle, options: DecodeOptions, hot_words: Sequence[HotWord], word_options: WordOptions
    ) -> None:
        table = read_table(bundle)
        changes = {f.name: value for f in fields(options) if (value := getattr(options, f.name)) is not None}
        changes.pop("greedy")
        if not changes.pop("second_pass"):
            changes |= {"rescoring_weight": 0.0, "internal_weight": 0.0}
        beam = replace(table.options, **changes)
        self.calibration = table.calibration
        self.word_options = word_options
        self.labels = tuple(bundle.lines("phonemes.txt"))
        self.decoder = BeamDecoder(
            self.labels,
            Lexicon.from_bytes(bundle.read("lexicon.txt.xz")),
            str(bundle.file("lm.bin")),
            beam,
            hot_words,
            load_pronounce(find_bundle(PRONUNCIATION_MODEL, "pronouncer")) if hot_words else None,
            table.log_prior,
            SecondPass(
                rescore=load_rescorer(bundle) if beam.rescoring_weight else None,
                internal=load_trigram(bundle) if beam.internal_weight else None,
            ),
        )
        self.settings: dict[str, Any] = {"decoder": "beam", **asdict(beam)}
        if hot_words:
            self.settings["hot_words"] = "; ".join(f"{' '.join(h.words)} {h.strength:g}" for h in hot_words)

    def __call__(self, phonemes: Any, characters: Any, start: Seconds) -> tuple[Word, ...]:
        hypotheses = self.decoder.decode(phonemes)
        return timed_words(
            hypotheses, phonemes, calibration=self.calibration, options=self.word_options, start=start
        )


class GreedyDecoding:
    """The best path of the character head.

    Attributes:
        settings: everything that changes the words, by name.
    """

    def __init__(self, labels: Sequence[str], word_options: WordOptions) -> None:
        self._labels, self._word_options = labels, word_options
        self.settings: dict[str, Any] = {"decoder": "greedy"}

    def __call__(self, phonemes: Any, characters: Any, start: Seconds) -> tuple[Word, ...]:
        words = greedy_words(characters, self._labels)
        hypothesis = Hypothesis(words=words, score=0.0, acoustic=0.0, language=0.0)
        # Coefficients are fitted to the beam; for one path the likelihood of its labels is all there is.
        calibration = Calibration(posterior=0.0, mean_log_prob=1.0, bias=1.0)
        return timed_words(
            [hypothesis], characters, calibration=calibration, options=self._word_options, start=start
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingTable:
    """What a bundle's decoding table says.

    Attributes:
        options: of the search.
        calibration: of the words' confidence.
        log_prior: natural log of each class's mean posterior; None where the table has none.
    """

    options: BeamOptions
    calibration: Calibration
    log_prior: Sequence[float] | None


def read_table(bundle: Bundle) -> DecodingTable:
    """The decoding table of a recognizer's bundle.

    Raises:
        BundleError: it has values that do not belong there.
    """
    table = dict(bundle.info.decoding)
    calibration, log_prior = table.pop("calibration", {}), table.pop("log_prior", None)
    table.pop(RESCORER_TABLE, None)
    return DecodingTable(
        options=filled(BeamOptions, table, bundle),
        calibration=Calibration.from_table(calibration),
        log_prior=log_prior,
    )


def load_decoding(
    bundle: Bundle, options: DecodeOptions, hot_words: Sequence[HotWord], word_options: WordOptions
) -> WordDecoding:
    """The decoding that the options ask for.

    Raises:
        BundleError: a part of the bundle is missing, or its table is for another program.
        ConfigError: an option is out of range, or hot words cannot be used.
    """
    if not options.greedy:
        return BeamDecoding(bundle, options, hot_words, word_options)
    if hot_words:
        raise ConfigError("hot words need the lexicon: leave out --greedy")
    return GreedyDecoding(bundle.lines("characters.txt"), word_options)


def filled(kind: Any, table: Mapping[str, Any], bundle: Bundle) -> Any:
    """An options object with the values of a bundle's table.

    Raises:
        BundleError: the table has values that do not belong there.
    """
    try:
        return kind(**table)
    except (TypeError, ConfigError) as error:
        raise BundleError(
            f"the bundle {bundle.info.id} has a table that is not for {kind.__name__} ({error}): "
            f"take a bundle that was made for this program ({bundle.path})"
        ) from error
