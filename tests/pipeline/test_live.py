"""Live captions in a toy language: what must hold between events, and between them and the transcription."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import toy
import toy_recognizer
from numpy.typing import NDArray

from speechrnn.audio.segmentation import Stretch
from speechrnn.audio.source import ArraySource
from speechrnn.errors import ConfigError
from speechrnn.nets.recurrent import Context
from speechrnn.pipeline.live import (
    FinalText,
    HeardFrames,
    LiveEvent,
    LiveOptions,
    LiveRecognizer,
    PartialText,
    Progress,
)
from speechrnn.pipeline.offline import Recognizer
from speechrnn.pipeline.word_decoding import DecodeOptions
from speechrnn.types import Segment, Word

RATE = 16_000
Samples = NDArray[np.float32]


@pytest.fixture(scope="module", params=["recurrent", "factored"])
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recognizer:
    """Recurrent layers alone, and behind factored ones that look ahead by themselves."""
    if request.param == "recurrent":
        recognizer: Recognizer = request.getfixturevalue("recognizer")
        return recognizer
    return toy_recognizer.make_recognizer(tmp_path_factory.mktemp("factored"), toy_recognizer.FACTORED)


class StoryClock:
    """A machine of endless speed: audio comes in real time, and nothing else takes any."""

    def __init__(self, behind: float = 0.0) -> None:
        self._now, self._behind = 0.0, behind

    def blocks(self, wave: Samples, n_block: int = 1600) -> Iterator[Samples]:
        for at in range(0, len(wave), n_block):
            block = wave[at : at + n_block]
            self._now += len(block) / RATE
            yield block

    def now(self) -> float:
        return self._now

    def arrived(self, heard: float) -> float:
        return heard

    def recorded(self) -> float:
        return self._now + self._behind


def quiet(length_s: float, rng: np.random.Generator) -> Samples:
    return (1e-4 * rng.standard_normal(round(length_s * RATE))).astype(np.float32)


def talk(seed: int, n_sentences: int = 5, pauses: tuple[float, float] = (0.1, 2.0)) -> Samples:
    """Sentences with pauses between: some end an utterance, some do not."""
    rng = np.random.default_rng(seed)
    parts = [quiet(0.8, rng)]
    for words in toy.sentences(n_sentences, seed, n_words=(1, 9)):
        parts += [toy.speak(words, rng), quiet(rng.uniform(*pauses), rng)]
    return np.concatenate(parts)


def monologue(length_s: float, gap_s: float, seed: int = 0) -> Samples:
    """Speech without a pause that would end an utterance; with no gap, without any."""
    rng = np.random.default_rng(seed)
    parts = [quiet(1.0, rng)]
    while sum(map(len, parts)) < length_s * RATE:
        parts.append(toy.speak(list(rng.choice(list(toy.WORDS), 8)), rng, gap_s))
    return np.concatenate([*parts, quiet(1.5, rng)])


RECORDINGS = {
    "short sentences": talk(1),
    "pauses of all lengths": talk(2, pauses=(0.6, 1.4)),
    "it ends in a word": talk(3)[: -round(2.2 * RATE)],
    "a monologue with gaps": monologue(40.0, toy.GAP_S),
    "a monologue without gaps": monologue(40.0, 0.01),
    "silence": np.zeros(5 * RATE, np.float32),
    "nothing": np.zeros(0, np.float32),
}


def listen(
    recognizer: Recognizer, wave: Samples, options: LiveOptions | None = None, n_block: int = 1600
) -> list[LiveEvent]:
    clock = StoryClock()
    return list(LiveRecognizer(recognizer, options).run(clock.blocks(wave, n_block), clock=clock))


def finals(events: Iterable[LiveEvent]) -> list[Segment]:
    return [segment for event in events if isinstance(event, FinalText) for segment in event.segments]


def extends(longer: tuple[Word, ...], shorter: tuple[Word, ...]) -> bool:
    return longer[: len(shorter)] == shorter


def texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


@pytest.mark.parametrize("wave", RECORDINGS.values(), ids=RECORDINGS.keys())
def test_the_final_text_is_that_of_the_transcription(either: Recognizer, wave: Samples) -> None:
    """Also where the pieces of a long speech meet, and where the recording ends in a word."""
    offline = list(either.transcribe(ArraySource(wave, RATE))) if len(wave) else []
    assert finals(listen(either, wave)) == offline


@pytest.mark.parametrize("wave", RECORDINGS.values(), ids=RECORDINGS.keys())
def test_committed_words_stay_until_they_are_final(recognizer: Recognizer, wave: Samples) -> None:
    committed: tuple[Word, ...] = ()
    final = False
    for event in listen(recognizer, wave, LiveOptions(chunk_s=0.32, look_ahead_s=0.08)):
        if isinstance(event, PartialText):
            # Of an utterance that goes on, the first words are final; the others are still there.
            n_final = [n for n in range(len(committed) + 1) if extends(event.committed, committed[n:])]
            assert n_final[0] == 0 or (n_final and final)
            committed, final = event.committed, False
            words = (*event.committed, *event.tail)
            assert all(a.end <= b.start for a, b in itertools.pairwise(words))
        elif isinstance(event, FinalText):
            final = True


@pytest.mark.parametrize("n_block", [37, 512, 8192, 10**6])
def test_how_audio_is_cut_into_blocks_does_not_matter(recognizer: Recognizer, n_block: int) -> None:
    wave = talk(4, n_sentences=3)

    def told(n_block: int) -> list[LiveEvent]:
        events = listen(recognizer, wave, n_block=n_block)
        return [event for event in events if not isinstance(event, Progress)]

    assert told(n_block) == told(1600)


def test_words_appear_while_they_are_spoken(recognizer: Recognizer) -> None:
    """All of a sentence but its last words is on the screen before the sentence ends."""
    rng = np.random.default_rng(5)
    said = ["omi", "bo", "sis", "aba", "mas", "bo", "omi", "sis", "aba", "mas"]
    wave = np.concatenate([quiet(1, rng), toy.speak(said, rng), quiet(2, rng)])
    events = listen(recognizer, wave)
    partial = [event for event in events if isinstance(event, PartialText)]
    assert texts((*partial[-1].committed, *partial[-1].tail)) == said
    end = finals(events)[0].end
    early = [event for event in partial if event.heard < end - 1.0]
    assert len(early) >= 3
    assert texts(early[-1].committed)[:3] == said[:3]


def test_the_first_pass_finds_what_a_search_over_all_of_it_finds(either: Recognizer) -> None:
    """Features, network and beam step by step are those of one call with the same context."""
    rng = np.random.default_rng(6)
    wave = toy.speak(["mas", "omi", "bo", "sis"], rng)
    context = Context(chunk=16, look_ahead=8)
    first_pass = either.first_pass(context)
    utterance = first_pass.begin(10.0)
    chunks = [*utterance.feed(wave), *utterance.finish()]
    with torch.inference_mode():
        log_mel = first_pass.log_mel(torch.from_numpy(wave))
        whole = first_pass.network(log_mel[None], torch.tensor([len(log_mel)]), context)
    heard = np.concatenate([chunk.log_probs for chunk in chunks])
    np.testing.assert_allclose(heard, whole.phonemes[0].numpy(), atol=1e-3)
    np.testing.assert_allclose(
        np.concatenate([chunk.log_mel for chunk in chunks]), log_mel.numpy(), atol=1e-4
    )
    assert texts((*utterance.committed, *utterance.tail)) == ["mas", "omi", "bo", "sis"]
    for word in (*utterance.committed, *utterance.tail):
        assert 10.0 < word.start < word.end < 10.0 + len(wave) / RATE
        assert 0.0 <= word.confidence <= 1.0


@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.96, 1.5])
def test_a_word_is_shown_at_the_latest_after_chunk_and_look_ahead(either: Recognizer, seconds: float) -> None:
    options = LiveOptions.for_latency(seconds)
    rng = np.random.default_rng(7)
    wave = np.concatenate([quiet(1, rng), toy.speak(["omi", "bo", "sis", "aba"], rng), quiet(2, rng)])
    clock = StoryClock()
    shown: dict[str, float] = {}
    final: list[Segment] = []
    for event in LiveRecognizer(either, options).run(clock.blocks(wave), clock=clock):
        if isinstance(event, PartialText):
            for word in (*event.committed, *event.tail):
                shown.setdefault(word.text, clock.now())
        elif isinstance(event, FinalText):
            final += event.segments
            for word in (word for segment in event.segments for word in segment.words):
                shown.setdefault(word.text, clock.now())
    delays = [shown[word.text] - word.end for segment in final for word in segment.words]
    assert len(delays) == 4
    # A block of 0.1 s, a window of the detector, and two frames for the end of the last sound.
    assert max(delays) < options.latency_s + 0.1 + 0.032 + 0.08


def test_the_latency_that_is_told_is_that_of_the_words(recognizer: Recognizer) -> None:
    progress = [event for event in listen(recognizer, talk(8)) if isinstance(event, Progress)]
    assert progress[0].latency_s is None
    assert progress[-1].latency_s is not None
    assert 0.2 < progress[-1].latency_s < LiveOptions().latency_s + 0.2
    assert [p.heard_s for p in progress] == sorted(p.heard_s for p in progress)


def test_progress_says_how_far_behind_it_is(recognizer: Recognizer) -> None:
    clock = StoryClock(behind=12.0)
    wave = talk(9, n_sentences=1)
    events = list(LiveRecognizer(recognizer).run(clock.blocks(wave), clock=clock))
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.heard_s == pytest.approx(len(wave) / RATE)
    assert last.behind_s == pytest.approx(12.0)


def test_waiting_for_audio_is_no_load(recognizer: Recognizer) -> None:
    """The story's clock goes on between blocks only."""
    progress = [event for event in listen(recognizer, talk(10)) if isinstance(event, Progress)]
    assert all(event.load == pytest.approx(0.0, abs=1e-6) for event in progress)


def spied(recognizer: Recognizer, clock: StoryClock, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When each final pass ran."""
    times = []
    words = recognizer.words

    def noted(stretch: Stretch) -> tuple[Word, ...]:
        times.append(clock.now())
        return words(stretch)

    monkeypatch.setattr(recognizer, "words", noted)
    return times


def test_the_final_pass_is_done_before_the_pause_is_over(
    recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a second into the pause all of the stretch is known; the reader waits for the pause alone."""
    rng = np.random.default_rng(21)
    wave = np.concatenate([quiet(1, rng), toy.speak(["aba", "omi"], rng), quiet(3, rng)])
    clock = StoryClock()
    times = spied(recognizer, clock, monkeypatch)
    shown = [
        (event, clock.now())
        for event in LiveRecognizer(recognizer).run(clock.blocks(wave, 512), clock=clock)
        if isinstance(event, FinalText)
    ]
    assert len(times) == len(shown) == 1
    (event, at) = shown[0]
    assert at - event.segments[-1].end < 1.2
    assert at - times[0] > 0.4


def test_work_that_may_be_in_vain_is_bounded_and_not_done_by_who_is_behind(
    recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pauses that are nearly long enough to end the stretch, one after the other."""
    rng = np.random.default_rng(22)
    parts = [quiet(1, rng)]
    for _ in range(12):
        parts += [toy.speak(["aba"], rng), quiet(0.45, rng)]
    wave = np.concatenate([*parts, quiet(2, rng)])
    n_passes = []
    for behind in (0.0, 9.0):
        clock = StoryClock(behind)
        with monkeypatch.context() as patch:
            times = spied(recognizer, clock, patch)
            events = list(LiveRecognizer(recognizer).run(clock.blocks(wave), clock=clock))
        assert finals(events) == list(recognizer.transcribe(ArraySource(wave, RATE)))
        n_passes.append(len(times))
    assert n_passes[1] == 1
    assert 2 <= n_passes[0] <= 8


def test_what_was_said_last_is_told_when_the_recording_stops(recognizer: Recognizer) -> None:
    rng = np.random.default_rng(11)
    wave = np.concatenate([quiet(1, rng), toy.speak(["sis", "omi"], rng, gap_s=0.1)])
    events = listen(recognizer, wave)
    assert [segment.text for segment in finals(events)] == ["sis omi"]
    partial = [event for event in events if isinstance(event, PartialText)]
    assert "sis" in texts((*partial[-1].committed, *partial[-1].tail))


def test_a_click_shows_no_words_and_costs_no_final_text(recognizer: Recognizer) -> None:
    rng = np.random.default_rng(12)
    wave = quiet(4, rng)
    wave[RATE : RATE + 500] += 0.3
    assert [event for event in listen(recognizer, wave) if not isinstance(event, Progress)] == []


def test_frames_as_heard_follow_each_other(either: Recognizer) -> None:
    events = listen(either, talk(13, n_sentences=2), LiveOptions(heard_frames=True))
    frames = [event for event in events if isinstance(event, HeardFrames)]
    assert frames
    gaps = 0
    for before, after in itertools.pairwise(frames):
        gaps += after.start > before.start + len(before.phonemes) * before.frame_s + 1e-6
    assert gaps <= len([event for event in events if isinstance(event, FinalText)])
    for event in frames:
        assert event.log_mel.shape == (event.frames_per_output * len(event.phonemes), 80)
        np.testing.assert_allclose(event.phonemes.sum(axis=1), 1.0, atol=1e-4)
        assert event.best == tuple(event.phonemes.argmax(axis=1))
        assert len(event.labels) == event.phonemes.shape[1]


def test_there_are_no_frames_unless_asked_for(recognizer: Recognizer) -> None:
    events = listen(recognizer, talk(13, n_sentences=1))
    assert not any(isinstance(event, HeardFrames) for event in events)


def test_memory_is_bounded_however_long_somebody_speaks(recognizer: Recognizer) -> None:
    """What one endless utterance holds does not grow, with and without gaps to cut it at."""
    rng = np.random.default_rng(14)
    piece = toy.speak(list(rng.choice(list(toy.WORDS), 20)), rng, gap_s=0.1)

    def peak(n_pieces: int) -> int:
        blocks = (block for _ in range(n_pieces) for block in np.array_split(piece, 60))
        options = LiveOptions(chunk_s=1.28)
        tracemalloc.start()
        for _ in LiveRecognizer(recognizer, options).run(blocks, clock=StoryClock()):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(10) < 1.2 * peak(5)


def test_digits_are_for_the_text_of_final_segments(recognizer: Recognizer) -> None:
    wave = talk(15, n_sentences=2)
    plain = finals(listen(recognizer, wave))
    digits = finals(listen(recognizer, wave, LiveOptions(digits=True)))
    assert [replace(segment, text="") for segment in digits] == [replace(s, text="") for s in plain]


def test_without_the_beam_there_are_no_captions(tmp_path: Path) -> None:
    greedy = Recognizer.load(
        toy_recognizer.make_bundle(tmp_path, n_sentences=2),
        punctuation=False,
        detector=toy.LoudnessDetector(),
        device="cpu",
        options=DecodeOptions(greedy=True),
    )
    with pytest.raises(ConfigError, match="leave out --greedy"):
        LiveRecognizer(greedy)
