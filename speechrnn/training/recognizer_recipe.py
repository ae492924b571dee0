"""From a recipe to the task of training a recognizer: what its [data] names is read here."""

from __future__ import annotations

from dataclasses import dataclass

from speechrnn.bundles.bundle import load_bundle
from speechrnn.errors import ConfigError, DataError
from speechrnn.evaluation.manifest import read_utterances
from speechrnn.features.log_mel import FeatureOptions
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.normalize import normalize_words
from speechrnn.training.augment import AugmentOptions
from speechrnn.training.data import WaveformCache
from speechrnn.training.dictionary import load_cmudict, load_pronouncer, say_all
from speechrnn.training.recipe import Recipe
from speechrnn.training.recognizer import RecognizerOptions, RecognizerTask
from speechrnn.training.recognizer_bundle import BundleParts


@dataclass(frozen=True, slots=True, kw_only=True)
class DataOptions:
    """Where a recipe's data is; paths relative to the recipe.

    Attributes:
        train: manifest to train on, or a folder in LibriSpeech's form.
        validation: likewise, to measure on.
        lexicon: a lexicon file; empty takes CMUdict.
        pronouncer: a bundle that says the training words that neither lexicon nor CMUdict has; empty leaves
            the phonemes of their utterances out of the loss.
        language_model: a KenLM file for the bundle; empty leaves it out.
        aligner: a recognizer's bundle that tells where the phonemes of the training list lie, for
            `senone_weight` and `excerpt_s`; empty where neither is used.
        rescorer: a bundle of recipes/lm-words.toml for the second pass; empty leaves it out.
        start: a bundle whose weights to start from; empty starts anew.
        average: a bundle of the same sizes; what is written is the mean of its weights and those at the end.
            Half way between two ends of one line of training there are fewer errors than at either (Wortsman
            et al. 2022, "Model soups"). Empty leaves the weights alone.
        sources: the corpora and their licences, for the card.
    """

    train: str
    validation: str
    lexicon: str = ""
    pronouncer: str = ""
    language_model: str = ""
    aligner: str = ""
    rescorer: str = ""
    start: str = ""
    average: str = ""
    sources: tuple[str, ...] = ()


def recognizer_task(recipe: Recipe, seed: int) -> RecognizerTask:
    """The task that a recipe describes; decodes its recordings where that was not done before.

    Raises:
        ConfigError: a table or key that is unknown, or a value out of range.
        DataError: a manifest, lexicon or recording that cannot be read.
    """
    recipe.check_tables({"loop", "net", "features", "data", "recognizer", "augment", "decoding"})
    data = recipe.options("data", DataOptions)
    utterances = read_utterances(recipe.resolve(data.train))
    validation = read_utterances(recipe.resolve(data.validation))
    dictionary = load_cmudict()
    try:
        lexicon = (
            Lexicon.from_bytes(recipe.resolve(data.lexicon).read_bytes()) if data.lexicon else dictionary
        )
    except OSError as error:
        raise DataError(f"{recipe.resolve(data.lexicon)}: the lexicon cannot be read ({error})") from error
    parts = BundleParts(
        id=recipe.id,
        sizes=recipe.options("net", RecognizerSizes),
        features=recipe.options("features", FeatureOptions),
        decoding=recipe.tables.get("decoding", {}),
        lexicon=lexicon,
        language_model=recipe.resolve(data.language_model) if data.language_model else None,
        trained_on=data.sources,
        recipe=recipe.text,
        rescorer=load_bundle(recipe.resolve(data.rescorer), "language_model") if data.rescorer else None,
    )
    pronunciations = lexicon.joined(dictionary)
    if data.pronouncer:
        words = {word for utterance in utterances for word in normalize_words(utterance.text)}
        pronunciations = say_all(words, pronunciations, load_pronouncer(recipe.resolve(data.pronouncer)))
    options = recipe.options("recognizer", RecognizerOptions)
    if (options.senone_weight or options.excerpt_s) and not data.aligner:
        raise ConfigError("[recognizer] has senone_weight or excerpt_s; [data] then needs an aligner")
    return RecognizerTask(
        options=options,
        augment=recipe.options("augment", AugmentOptions),
        utterances=utterances,
        waveforms=WaveformCache.open(utterances),
        validation=validation,
        validation_waveforms=WaveformCache.open(validation),
        pronunciations=pronunciations,
        seed=seed,
        parts=parts,
        aligner=recipe.resolve(data.aligner) if data.aligner else None,
        start=recipe.resolve(data.start) if data.start else None,
        average=recipe.resolve(data.average) if data.average else None,
    )
