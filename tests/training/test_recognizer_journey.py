"""A user trains a recognizer by a recipe, breaks off, goes on, and transcribes with what came out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import toy
from torch import Tensor

from speechrnn.audio.source import ArraySource
from speechrnn.bundles.bundle import load_bundle
from speechrnn.bundles.network import load_network
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.pipeline.offline import Recognizer
from speechrnn.pipeline.word_decoding import DecodeOptions
from speechrnn.training.loop import SilentProgress
from speechrnn.training.recipe import load_recipe
from speechrnn.training.recognizer_recipe import recognizer_task
from speechrnn.training.run import run_recipe

RECIPE = """
task = "recognizer"
id = "toy"

[data]
train = "train.tsv"
validation = "validation.tsv"
lexicon = "lexicon.txt.xz"
language_model = "lm.arpa"
sources = ["tones (CC0)"]

[net]
hidden_size = 24
n_layers = 2
channels = [4, 4]
dropout = 0.0

[recognizer]
batch_s = 40.0
max_s = 10.0
chunked_probability = 0.3
character_weight = 1.0

[augment]
speeds = [1.0]
reverb_probability = 0.0
noise_probability = 0.1
band_probability = 0.0
frequency_width = 6
time_masks_per_s = 0.2

[loop]
epochs = 26
learning_rate = 1e-2
warmup_steps = 10
average_decay = 0.9
validate_every = 40
device = "cpu"
bf16 = false

[decoding]
lm_weight = 0.3
beam_size = 20
"""


def write_recipe(folder: Path, text: str = RECIPE) -> Path:
    toy.write_corpus(folder, "train", 120, seed=1)
    toy.write_corpus(folder, "validation", 12, seed=2)
    (folder / "lexicon.txt.xz").write_bytes(toy.LEXICON.to_bytes())
    toy.write_language_model(folder / "lm.arpa")
    path = folder / "toy.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_: str(cache))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trained once for the module; some 150 steps of a tiny network."""
    folder = tmp_path_factory.mktemp("toy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_cache_dir", lambda *_: str(folder / "cache"))
        return run_recipe(load_recipe(write_recipe(folder)), run_dir=folder / "run")


def test_it_learns_and_its_card_says_how_well(bundle: Path) -> None:
    loaded = load_bundle(bundle, "recognizer")
    scores = {score["name"]: score["value"] for score in loaded.info.scores}
    assert scores["WER, beam with language model"] < 0.1
    assert f"| {scores['WER, beam with language model']:.1%} |" in loaded.read("CARD.md").decode()
    assert "tones (CC0)" in loaded.read("CARD.md").decode()


def recognizer(bundle: Path, **options: object) -> Recognizer:
    decode = DecodeOptions(**options)  # type: ignore[arg-type]
    return Recognizer.load(bundle, punctuation=False, options=decode, detector=toy.LoudnessDetector())


def test_a_new_recording_gives_its_words_with_their_times(bundle: Path) -> None:
    words = ["omi", "bo", "sis", "aba", "mas", "bo"]
    waveform = toy.speak(words, np.random.default_rng(9))
    lead_s = 2.0
    recording = np.concatenate([np.zeros(int(lead_s * 16000), np.float32), waveform])
    segments = list(recognizer(bundle).transcribe(ArraySource(recording, 16000)))
    found = [word for segment in segments for word in segment.words]
    assert [word.text for word in found] == words
    at = lead_s + toy.GAP_S
    for word in found:
        duration = toy.PHONEME_S * len(toy.WORDS[word.text])
        assert word.start == pytest.approx(at, abs=0.2)
        assert word.end == pytest.approx(at + duration, abs=0.25)
        assert 0 <= word.confidence <= 1
        at += duration + toy.GAP_S


def test_greedy_decoding_needs_no_lexicon(bundle: Path) -> None:
    words = ["omi", "bo", "sis"]
    source = ArraySource(toy.speak(words, np.random.default_rng(9)), 16000)
    (segment,) = recognizer(bundle, greedy=True).transcribe(source)
    # So small a network does not tell the space between words from silence.
    assert segment.text.replace(" ", "") == "".join(words)


def test_speech_longer_than_a_stretch_loses_and_doubles_no_word(bundle: Path) -> None:
    words = [word for sentence in toy.sentences(30, seed=5) for word in sentence]
    recording = toy.speak(words, np.random.default_rng(3))
    assert len(recording) / 16000 > 35  # more than one stretch of at most 25 s
    found = [w.text for s in recognizer(bundle).transcribe(ArraySource(recording, 16000)) for w in s.words]
    assert found == words


def test_the_same_recording_gives_the_same_segments(bundle: Path) -> None:
    recording = toy.speak(["bo", "mas", "sis"], np.random.default_rng(4))
    runs = [list(recognizer(bundle).transcribe(ArraySource(recording, 16000))) for _ in range(2)]
    assert runs[0] == runs[1] != []


def test_silence_and_noise_give_no_word(bundle: Path) -> None:
    listening = Recognizer.load(bundle, punctuation=False)  # with the voice detector proper
    noise = 0.1 * np.random.default_rng(0).standard_normal(16000 * 5).astype(np.float32)
    for waveform in (np.zeros(16000 * 5, np.float32), noise):
        assert list(listening.transcribe(ArraySource(waveform, 16000))) == []


def test_a_broken_run_goes_on_to_the_same_losses(tmp_path: Path) -> None:
    text = RECIPE.replace("epochs = 26", "epochs = 3").replace("validate_every = 40", "validate_every = 6")
    recipe = load_recipe(write_recipe(tmp_path, text))

    class Stop(SilentProgress):
        def step(self, done: int, parts: dict[str, float]) -> None:
            if done == 8:
                raise KeyboardInterrupt

    def losses(run: str) -> dict[int, float]:
        lines = (tmp_path / run / "log.jsonl").read_text().splitlines()
        return {r["step"]: r["loss"] for line in lines if "loss" in (r := json.loads(line))}

    run_recipe(recipe, run_dir=tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        run_recipe(recipe, run_dir=tmp_path / "broken", progress=Stop())
    run_recipe(recipe, run_dir=tmp_path / "broken", resume=True)
    assert losses("broken") == losses("whole")
    with pytest.raises(DataError, match="holds a run already"):
        run_recipe(recipe, run_dir=tmp_path / "whole")


@pytest.mark.parametrize(
    ("loss", "net"),
    [("crf_weight = 0.0", "blocks = [1, 2]"), ("crf_weight = 0.7", ""), ("consistency_weight = 0.2", "")],
    ids=["CTC, with new blocks", "CTC-CRF", "two views"],
)
def test_training_can_start_from_a_bundle(bundle: Path, tmp_path: Path, loss: str, net: str) -> None:
    text = RECIPE.replace("[data]", f'[data]\nstart = "{bundle.as_posix()}"').replace(
        "epochs = 26", "epochs = 1"
    )
    text = text.replace("learning_rate = 1e-2", "learning_rate = 1e-4")
    text = text.replace("[recognizer]", f"[recognizer]\n{loss}").replace("[net]", f"[net]\n{net}")
    again = run_recipe(load_recipe(write_recipe(tmp_path, text)), run_dir=tmp_path / "run")
    scores = {score["name"]: score["value"] for score in load_bundle(again).info.scores}
    assert scores["WER, beam with language model"] < 0.15


def test_the_weights_of_the_end_are_averaged_with_those_of_a_bundle(bundle: Path, tmp_path: Path) -> None:
    """Law: half way between the end and the other bundle, and as good as both on a task that is learned."""
    text = RECIPE.replace("epochs = 26", "epochs = 1").replace("[augment]", "[augment]\nwarp = 0.05")
    text = text.replace("[net]", "[net]\nmean_frames = 50\nwarps = [0.97, 1.0, 1.03]")
    text = text.replace("[data]", f'[data]\nstart = "{bundle.as_posix()}"')
    alone = run_recipe(load_recipe(write_recipe(tmp_path, text)), run_dir=tmp_path / "alone")
    text = text.replace("[data]", f'[data]\naverage = "{bundle.as_posix()}"')
    mixed = run_recipe(load_recipe(write_recipe(tmp_path, text)), run_dir=tmp_path / "mixed")
    before, after, mean = (weights(path) for path in (bundle, alone, mixed))
    for name, weight in mean.items():
        between = (before[name] + after[name]) / 2
        steps = (before[name].abs().max() + after[name].abs().max()) / 100  # of 8 bits, three times
        assert (weight - between).abs().max() <= steps
    scores = {score["name"]: score["value"] for score in load_bundle(mixed).info.scores}
    assert scores["WER, beam with language model"] < 0.3


@pytest.mark.parametrize("named", [False, True], ids=["without", "with"])
def test_a_pronouncer_says_what_the_lexicon_lacks(tmp_path: Path, named: bool) -> None:
    pronouncer = Path(__file__).parents[2] / "models" / "g2p-en"
    key = f'pronouncer = "{pronouncer.as_posix()}"\n' if named else ""
    path = write_recipe(tmp_path, RECIPE.replace("[data]", f"[data]\n{key}"))
    lexicon = toy.LEXICON.restrict(word for word in toy.LEXICON if word != "omi")
    (tmp_path / "lexicon.txt.xz").write_bytes(lexicon.to_bytes())
    references = recognizer_task(load_recipe(path), seed=1).references
    said = [
        "omi" not in words or bool(p) for words, p in zip(references.words, references.phonemes, strict=True)
    ]
    assert all(said) if named else not all(said)


def weights(path: Path) -> dict[str, Tensor]:
    return load_network(load_bundle(path, "recognizer"), RecognizerSizes, Network).state_dict()


@pytest.mark.parametrize("key", ["start", "average"])
def test_a_bundle_of_other_sizes_is_refused(bundle: Path, tmp_path: Path, key: str) -> None:
    text = RECIPE.replace("[data]", f'[data]\n{key} = "{bundle.as_posix()}"')
    path = write_recipe(tmp_path, text.replace("hidden_size = 24", "hidden_size = 16"))
    with pytest.raises(DataError, match=f"other sizes .* leave out {key}"):
        run_recipe(load_recipe(path), run_dir=tmp_path / "run")


def test_factored_layers_learn_from_excerpts_and_single_frames(bundle: Path, tmp_path: Path) -> None:
    """Another recognizer tells where the phonemes lie; what only training needs is not in the bundle."""
    text = RECIPE.replace("[data]", f'[data]\naligner = "{bundle.as_posix()}"').replace(
        "n_layers = 2",
        "n_layers = 1\nstrides = [3, 1]\nfactored_layers = 3\nfactored_size = 32\nbottleneck = 8",
    )
    text = text.replace("[recognizer]", "[recognizer]\nsenone_weight = 0.5\nexcerpt_s = 1.0")
    text = text.replace("epochs = 26", "epochs = 20").replace("batch_s = 40.0", "batch_s = 20.0")
    path = run_recipe(load_recipe(write_recipe(tmp_path, text)), run_dir=tmp_path / "run")
    lines = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    losses = [line["senone_loss"] for line in lines if "senone_loss" in line]
    assert np.mean(losses[-5:]) < 0.5 * losses[0]
    loaded = load_bundle(path, "recognizer")
    assert {score["name"]: score["value"] for score in loaded.info.scores}[
        "WER, beam with language model"
    ] < 0.15
    assert not any(name.startswith("senones") for name in weights(path))
    words = ["omi", "bo", "sis", "aba", "mas", "bo"]
    recording = toy.speak(words, np.random.default_rng(9))
    (segment,) = recognizer(path).transcribe(ArraySource(recording, 16000))
    assert [word.text for word in segment.words] == words


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (("[recognizer]", "[recognizer]\nexcerpt_s = 3.0"), ConfigError, "data. then needs an aligner"),
        (("[recognizer]", "[recognizer]\nsenone_weight = -1.0"), ConfigError, "senone_weight is -1.0"),
        (('"train.tsv"', '"none.tsv"'), DataError, r"none\.tsv: cannot be read as a manifest"),
        (('"lexicon.txt.xz"', '"none.xz"'), DataError, r"none\.xz: the lexicon cannot be read"),
        (("[decoding]", "[decoding]\nlm_wait = 1"), ConfigError, "lm_wait; expected some of"),
        (("lm_weight = 0.3", "lm_weight = 99"), ConfigError, "lm_weight is 99"),
        (("max_s = 10.0", "max_s = 99.0"), ConfigError, "max_s 99"),
        (('"recognizer"', '"recogniser"'), ConfigError, "task is 'recogniser'; expected one of recognizer"),
        (("min", "min"), DataError, "no run to resume"),
    ],
)
def test_a_recipe_that_cannot_work_is_refused(
    tmp_path: Path, change: tuple[str, str], error: type[Exception], message: str
) -> None:
    path = write_recipe(tmp_path, RECIPE.replace(*change))
    with pytest.raises(error, match=message):
        run_recipe(load_recipe(path), run_dir=tmp_path / "run", resume=change == ("min", "min"))
