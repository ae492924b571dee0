"""Training data: what is decoded once stays the same, and batches are planned from the seed alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.errors import DataError
from speechrnn.evaluation.manifest import Utterance, read_manifest
from speechrnn.training.data import WaveformCache, plan_batches, prefetch
from speechrnn.training.recognizer import ctc_loss


def utterances(folder: Path, n: int, broken: int = 0) -> list[Utterance]:
    rng = np.random.default_rng(0)
    lines = []
    for number in range(n):
        path = folder / f"{number}.wav"
        if number < broken:
            path.write_text("no audio")
        else:
            soundfile.write(path, rng.uniform(-0.5, 0.5, 1600 * (number + 1)), 16000, subtype="PCM_16")
        lines.append(f"{path.name}\tme\t{0.1 * (number + 1):.1f}\ttest\tWORDS\n")
    (folder / "list.tsv").write_text("".join(lines))
    return read_manifest(folder / "list.tsv")


def test_cached_waveforms_are_those_of_the_files(tmp_path: Path) -> None:
    listed = utterances(tmp_path, 3)
    cache = WaveformCache.open(listed, tmp_path / "cache")
    for index, utterance in enumerate(listed):
        expected, _ = soundfile.read(utterance.path, dtype="float32")
        np.testing.assert_allclose(cache[index], expected, atol=1 / 16384)
    assert cache.n_samples.tolist() == [1600, 3200, 4800]


def test_a_list_is_decoded_once(tmp_path: Path) -> None:
    listed = utterances(tmp_path, 3)
    WaveformCache.open(listed, tmp_path / "cache")
    for utterance in listed:
        utterance.path.unlink()
    assert WaveformCache.open(listed, tmp_path / "cache").n_samples.tolist() == [1600, 3200, 4800]


def test_a_recording_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    cache = WaveformCache.open(utterances(tmp_path, 12, broken=1), tmp_path / "cache")
    assert cache.n_samples[0] == 0
    assert len(cache[1]) == 3200


def test_a_list_with_many_unreadable_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="2 of 5 recordings cannot be read"):
        WaveformCache.open(utterances(tmp_path, 5, broken=2), tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*"))


durations = st.lists(st.floats(0, 20), min_size=1, max_size=200)


@given(durations=durations, ascending=st.booleans())
def test_every_recording_is_in_one_batch_and_no_batch_is_too_long(
    durations: list[float], ascending: bool
) -> None:
    batches = plan_batches(durations, 60.0, np.random.default_rng(1), ascending=ascending)
    placed = sorted(index for batch in batches for index in batch)
    assert placed == [index for index, duration in enumerate(durations) if duration > 0]
    for batch in batches:
        assert max(durations[i] for i in batch) * len(batch) <= 60.0


def test_the_first_epoch_goes_from_short_to_long() -> None:
    lengths = np.random.default_rng(0).uniform(1, 15, 300)
    batches = plan_batches(list(lengths), 60.0, np.random.default_rng(1), ascending=True)
    means = [lengths[batch].mean() for batch in batches]
    # Lengths are jittered by a tenth, so neighbours may change places.
    assert all(later > 0.8 * earlier for earlier, later in itertools.pairwise(means))
    assert means[-1] > 5 * means[0]
    shuffled = plan_batches(list(lengths), 60.0, np.random.default_rng(1), ascending=False)
    assert sorted(map(tuple, shuffled)) == sorted(map(tuple, batches))
    assert shuffled != batches


def test_prefetching_keeps_order_and_hands_errors_on() -> None:
    def items() -> Iterator[int]:
        yield from range(20)
        raise ValueError("the data broke")

    seen = []
    with pytest.raises(ValueError, match="the data broke"):
        for item in prefetch(items()):
            seen.append(item)
    assert seen == list(range(20))


def test_a_reader_that_stops_early_stops_the_thread() -> None:
    import threading

    before = set(threading.enumerate())
    stream = prefetch(iter(range(1000)))
    assert next(stream) == 0
    stream.close()  # type: ignore[attr-defined]
    assert set(threading.enumerate()) <= before


def test_ctc_counts_each_label_once_and_leaves_out_empty_references() -> None:
    """Oracle: torch's own loss of each utterance, divided by all labels."""
    torch.manual_seed(0)
    log_probs = torch.randn(3, 20, 5).log_softmax(-1)
    lengths = torch.tensor([20, 15, 18])
    targets = [[1, 2, 2], [], [4]]
    one, three = (
        torch.nn.functional.ctc_loss(
            log_probs[row, : lengths[row]],
            torch.tensor(targets[row]),
            lengths[row],
            torch.tensor(n),
            reduction="sum",
        )
        for row, n in ((0, 3), (2, 1))
    )
    torch.testing.assert_close(ctc_loss(log_probs, lengths, targets), (one + three) / 4)
    assert float(ctc_loss(log_probs, lengths, [[], [], []])) == 0
