"""A user trains a recognizer by a recipe, breaks off, goes on, and transcribes with what came out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
import toy
from torch import Tensor

from speechrnn.audio.file import FileSource
from speechrnn.audio.segmentation import Stretch
from speechrnn.audio.source import ArraySource
from speechrnn.bundles.bundle import load_bundle
from speechrnn.bundles.network import load_network
from speechrnn.cli.main import run
from speechrnn.errors import ConfigError, DataError
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.evaluation.manifest import Utterance
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.pipeline.offline import Recognizer
from speechrnn.pipeline.word_decoding import DecodeOptions
from speechrnn.training.adaptation import Adaptation, AdaptationOptions, adapt, save_adapted
from speechrnn.training.adaptation_data import gather, sure_cuts
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


class Voice:
    """Somebody else: the same words, higher and faster."""

    def __init__(self, folder: Path, n: int) -> None:
        """Records `n` sentences."""
        self.recordings = []
        rng = np.random.default_rng(77)
        for number, words in enumerate(toy.sentences(n, seed=77, n_words=(4, 6))):
            waveform = soxr.resample(toy.speak(words, rng), 111, 100)
            path = folder / f"voice-{number}.wav"
            soundfile.write(path, waveform, 16000)
            text, duration = " ".join(words), len(waveform) / 16000
            self.recordings.append(
                Utterance(path=path, speaker="", duration=duration, corpus="own", text=text)
            )


def adapted(bundle: Path, recordings: Sequence[Utterance], work_dir: Path) -> Adaptation:
    (work_dir / "work").mkdir()
    return adapt(
        load_bundle(bundle),
        recognizer(bundle),
        recordings,
        work_dir=work_dir / "work",
        options=AdaptationOptions(learning_rate=2e-3, most_steps=30),
        device="cpu",
        detector=toy.LoudnessDetector(),
    )


def test_a_recognizer_adapts_to_another_voice(bundle: Path, tmp_path: Path) -> None:
    adaptation = adapted(bundle, Voice(tmp_path, 24).recordings, tmp_path)
    assert adaptation.before is not None
    assert adaptation.after is not None
    assert adaptation.n_held_out >= 5
    assert adaptation.n_held_out + adaptation.n_recordings + len(adaptation.left_out) == 24
    assert adaptation.before.rate > 0.05
    assert adaptation.after.rate < 0.5 * adaptation.before.rate
    assert adaptation.better
    written = save_adapted(load_bundle(bundle), adaptation, "my-voice", tmp_path / "my-voice")
    said = load_bundle(written.path, "recognizer").info
    assert [score["value"] for score in said.scores] == [
        round(adaptation.before.rate, 4),
        round(adaptation.after.rate, 4),
    ]
    assert "minutes of recordings of the user's own choice" in said.trained_on[-1]
    assert f"{adaptation.after.rate:.1%} of the words are wrong" in written.read("CARD.md").decode()
    # What was measured is what was written, and the old one is as it was.
    held_out = Voice(tmp_path, 24).recordings[3::4]
    rates = [
        word_errors([u.text for u in held_out], [heard(path, u.path) for u in held_out]).rate
        for path in (bundle, written.path)
    ]
    assert rates == pytest.approx([adaptation.before.rate, adaptation.after.rate])


def heard(bundle: Path, path: Path) -> str:
    with FileSource(path) as source:
        blocks = np.concatenate(list(source.blocks()))
    return " ".join(w.text for w in recognizer(bundle).words(Stretch(start=0.0, waveform=blocks)))


def test_it_learns_from_what_it_hears_where_there_is_no_text(bundle: Path, tmp_path: Path) -> None:
    voice = Voice(tmp_path, 24)
    recording = np.concatenate([soundfile.read(u.path)[0] for u in voice.recordings]).astype(np.float32)
    soundfile.write(tmp_path / "all.wav", recording, 16000)
    alone = replace(voice.recordings[0], path=tmp_path / "all.wav", text="")
    adaptation = adapted(bundle, [alone], tmp_path)
    assert (adaptation.before, adaptation.better, adaptation.with_text) == (None, True, False)
    assert adaptation.learned_s == pytest.approx(len(recording) / 16000, rel=0.05)
    assert adaptation.n_steps == round(AdaptationOptions().heard_passes * adaptation.learned_s / 40)
    text = " ".join(u.text for u in voice.recordings)
    base = recognizer(bundle)
    rates = []
    for ear in (base, base.with_network(adaptation.network)):
        words = [w.text for s in ear.transcribe(ArraySource(recording, 16000)) for w in s.words]
        rates.append(word_errors([text], [" ".join(words)]).rate)
    # What it wins is measured on people (benchmarks/adaptation.py): of tones it knows too few words.
    assert rates[0] > 0.05
    assert rates[1] < rates[0] + 0.05


def test_many_recordings_share_the_time_that_is_listened(bundle: Path, tmp_path: Path) -> None:
    voice = Voice(tmp_path, 6)
    recordings = []
    for number in range(4):
        parts = [soundfile.read(u.path)[0] for u in voice.recordings for _ in range(1 if number else 8)]
        pause = np.zeros(16000 * 2)
        soundfile.write(
            path := tmp_path / f"{number}.wav", np.concatenate([np.r_[p, pause] for p in parts]), 16000
        )
        recordings.append(replace(voice.recordings[0], path=path, text=""))
    examples, left_out = gather(recordings, recognizer(bundle), most_s=40.0, detector=toy.LoudnessDetector())
    heard_s = [sum(len(e.samples) for e in examples if e.recording == r) / 16000 for r in recordings]
    assert not left_out
    assert all(5 < seconds < 20 for seconds in heard_s)  # the first of them would last for minutes


def test_a_long_recording_is_cut_where_what_is_heard_fits_its_text(bundle: Path, tmp_path: Path) -> None:
    voice = Voice(tmp_path, 30)
    pause = np.zeros(16000 * 2, np.float32)
    parts = [part for u in voice.recordings for part in (soundfile.read(u.path)[0], pause)]
    recording = np.concatenate(parts).astype(np.float32)
    soundfile.write(tmp_path / "all.wav", recording, 16000)
    texts = [u.text for u in voice.recordings]
    whole = replace(voice.recordings[0], path=tmp_path / "all.wav", text=". ".join(texts))
    examples, left_out = gather([whole], recognizer(bundle), most_s=100, detector=toy.LoudnessDetector())
    assert not left_out
    # What was misheard at a cut joins two sentences, or drops what grows too long; no text is shifted.
    assert len(examples) > 8
    for example in examples:
        assert example.given
        assert example.text in " ".join(texts)
        n_words = len(example.text.split())
        assert len(example.samples) / 16000 == pytest.approx(0.72 * n_words, rel=0.7)
    learned = sum(len(example.text.split()) for example in examples)
    assert learned > 0.5 * sum(len(text.split()) for text in texts)


@pytest.mark.parametrize(
    ("heard", "text", "cuts"),
    [
        (["a b", "c d"], "a b c d", [0, 2, 4]),
        (["a b", "c d"], "a b x c d", [0, None, 5]),  # x may belong to either
        (["a x", "c d"], "a b c d", [0, None, 4]),
        (["a b", "", "c d"], "a b c d", [0, 2, 2, 4]),
        (["a b", "c d", "e f"], "a b c q e f", [0, 2, None, 6]),
    ],
)
def test_a_cut_is_sure_where_the_words_on_both_sides_are(
    heard: list[str], text: str, cuts: list[int | None]
) -> None:
    assert sure_cuts([words.split() for words in heard], text.split()) == cuts


def test_recordings_that_teach_nothing_are_named(bundle: Path, tmp_path: Path) -> None:
    good = Voice(tmp_path, 24).recordings
    (tmp_path / "broken.wav").write_bytes(b"RIFF nothing")
    soundfile.write(tmp_path / "long.wav", np.zeros(16000 * 31), 16000)
    soundfile.write(tmp_path / "silence.wav", np.zeros(16000 * 2), 16000)
    bad = {
        "broken.wav": ("aba bo", "broken.wav"),
        "long.wav": ("aba bo", "does not fit its text anywhere"),
        "silence.wav": ("", "no speech in it could be"),
        good[0].path.name: ("sis sis sis sis sis sis sis", "something else seems to be said"),
    }
    recordings = [replace(good[0], path=tmp_path / name, text=text) for name, (text, _) in bad.items()]
    adaptation = adapted(bundle, [*recordings, *good[1:]], tmp_path)
    reasons = {out.path.name: out.reason for out in adaptation.left_out}
    assert reasons.keys() == bad.keys()
    assert all(part in reasons[name] for name, (_, part) in bad.items())
    with pytest.raises(DataError, match="20 s are needed"):
        adapt(load_bundle(bundle), recognizer(bundle), good[:3], work_dir=tmp_path)


def test_the_command_writes_a_recognizer_of_ones_own(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPEECHRNN_HOME", str(tmp_path / "home"))
    voice = Voice(tmp_path, 24)
    for utterance in voice.recordings:
        utterance.path.with_suffix(".txt").write_text(utterance.text.title() + ".", encoding="utf-8")
    command = ["adapt", str(tmp_path), "--texts", "--name", "mine", "--model", str(bundle), "--json"]
    assert run(command) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["bundle"] == str(tmp_path / "home" / "models" / "mine")
    assert told["wer_after"] < told["wer_before"]
    assert load_bundle(told["bundle"], "recognizer").info.id == "mine"
    assert run(command) == 1
    assert "add --replace" in capfd.readouterr().err


def test_a_recording_is_heard_twice(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The second time with what was learned from the first; the next recording begins as before."""
    monkeypatch.setattr("speechrnn.audio.segmentation.VoiceDetector", toy.LoudnessDetector)
    monkeypatch.setattr("speechrnn.pipeline.offline.VoiceDetector", toy.LoudnessDetector)
    voice = Voice(tmp_path, 24)
    recording = np.concatenate([soundfile.read(u.path)[0] for u in voice.recordings]).astype(np.float32)
    long, short = tmp_path / "long.wav", tmp_path / "short.wav"
    soundfile.write(long, recording, 16000)
    soundfile.write(short, recording[: 16000 * 5], 16000)
    texts = {}
    for extra in ([], ["--adapt"]):
        command = ["transcribe", str(long), str(short), "--model", str(bundle), "--no-punctuation"]
        assert run([*command, "--format", "json", *extra]) == 0
        told = capfd.readouterr()
        decoder, at, found = json.JSONDecoder(), 0, []
        while at < len(told.out.rstrip()):
            document, at = decoder.raw_decode(told.out, at)
            at += len(told.out[at:]) - len(told.out[at:].lstrip())
            found.append(document)
        texts[bool(extra)] = found
    assert "short.wav: transcribed without learning from it: " in told.err
    assert texts[True][0]["settings"]["adapted_steps"] > 0
    assert texts[True][0]["segments"] != texts[False][0]["segments"]
    assert "adapted_steps" not in texts[True][1]["settings"]
    assert texts[True][1]["segments"] == texts[False][1]["segments"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "name recordings or folders"),
        (["no-such.wav"], 1, "no-such.wav"),
        (["--texts", "--manifest", "list.tsv"], 2, "--texts is for recordings"),
        (["talk.wav", "--name", "a/b"], 1, "is no name for a recognizer"),
        (["talk.wav", "--name", "asr-en"], 1, "is the name of a model that is there already"),
        (["talk.wav", "--texts"], 1, "talk.txt cannot be read"),
    ],
)
def test_what_cannot_be_adapted_to_is_told_in_a_line(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPEECHRNN_HOME", str(tmp_path / "home"))
    soundfile.write(tmp_path / "talk.wav", np.zeros(16000), 16000)
    name = [] if "--name" in arguments else ["--name", "mine"]
    assert run(["adapt", *arguments, *name]) == code
    assert message in capfd.readouterr().err
    assert not (tmp_path / "home").exists()
