"""A recording is on disk while it is made, whatever happens to the program or the disk."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from audio_cases import tones

from speechrnn.audio import recorder as recorder_module
from speechrnn.audio.file import FileSource
from speechrnn.audio.recorder import Recorder, RecordingReader, round_to_16_bit
from speechrnn.audio.recovery import discard, mark_path, recover, unfinished_recordings
from speechrnn.audio.wav_header import HEADER_BYTES, wav_header
from speechrnn.errors import AudioFormatError, OutputError

RATE = 16_000
SPEECH = round_to_16_bit(tones(3.0, RATE)[:, 0])


def read(path: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    with FileSource(path) as source:
        return np.concatenate(list(source.blocks()))


def test_what_is_read_back_is_what_was_appended_bit_for_bit(tmp_path: Path) -> None:
    """The recognizer hears the recording, and must hear what the microphone gave."""
    with Recorder(tmp_path / "new folder" / "a.wav") as recorder:
        for at in range(0, len(SPEECH), 700):
            recorder.append(SPEECH[at : at + 700])
    assert np.array_equal(read(recorder.path), SPEECH)
    assert recorder.n_samples == len(SPEECH) and recorder.duration == 3.0
    assert not mark_path(recorder.path).exists()


def test_rounding_keeps_rounded_values_and_clips_the_rest() -> None:
    samples = np.array([-2.0, -1.0, -0.00001, 0.1, 0.99999, 2.0], dtype=np.float32)
    rounded = round_to_16_bit(samples)
    assert rounded.dtype == np.float32
    assert np.array_equal(rounded * 32768, [-32768, -32768, 0, 3277, 32767, 32767])
    assert np.array_equal(round_to_16_bit(rounded), rounded)


def test_the_file_can_be_read_after_every_block(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav")
    for n in (1600, 3200, 4800):
        recorder.append(SPEECH[n - 1600 : n])
        frames, rate = soundfile.read(recorder.path, dtype="float32")
        assert rate == RATE and np.array_equal(frames, SPEECH[:n])
    recorder.close()
    recorder.close()
    with pytest.raises(OutputError, match=r"a\.wav is closed: start another recording"):
        recorder.append(SPEECH)


def test_a_name_that_is_taken_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"precious")
    with pytest.raises(OutputError, match=r"a\.wav exists: give the recording another name"):
        Recorder(tmp_path / "a.wav")
    assert (tmp_path / "a.wav").read_bytes() == b"precious"
    assert not mark_path(tmp_path / "a.wav").exists()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"a\.wav cannot be written \(.*\): name a folder"):
        Recorder(tmp_path / "file" / "a.wav")


class SmallDisk(FileIO):
    """A disk with room for so many bytes of one file; a write that crosses the end takes what fits."""

    room = 0

    def write(self, content: Any) -> int:
        left = SmallDisk.room - self.tell()
        if left <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(bytes(content)[:left]) or 0


@pytest.mark.parametrize("odd", [0, 1], ids=["whole sample", "half a sample"])
def test_a_full_disk_keeps_what_was_written_and_goes_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: int
) -> None:
    monkeypatch.setattr(recorder_module, "FileIO", SmallDisk)
    SmallDisk.room = HEADER_BYTES + 2 * 20_000 + odd
    recorder = Recorder(tmp_path / "a.wav")
    recorder.append(SPEECH[:16_000])
    with pytest.raises(OutputError, match=r"disk is full; what was recorded so far \(1\.2 s\) is kept: free"):
        recorder.append(SPEECH[16_000:32_000])
    assert recorder.n_samples == 20_000
    assert np.array_equal(soundfile.read(recorder.path, dtype="float32")[0], SPEECH[:20_000])
    with pytest.raises(OutputError, match="disk is full"):
        recorder.append(SPEECH[32_000:])
    SmallDisk.room *= 10
    recorder.append(SPEECH[:0])
    recorder.close()
    assert np.array_equal(read(recorder.path), SPEECH)


def test_a_disk_that_is_full_from_the_start_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "FileIO", SmallDisk)
    SmallDisk.room = 0
    with pytest.raises(OutputError, match="cannot grow, the disk is full: free some space"):
        Recorder(tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_closing_on_a_full_disk_says_so_and_leaves_a_finished_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "FileIO", SmallDisk)
    SmallDisk.room = HEADER_BYTES + 2 * 8_000
    recorder = Recorder(tmp_path / "a.wav")
    with pytest.raises(OutputError, match="disk is full"):
        recorder.append(SPEECH)
    with pytest.raises(OutputError, match="disk is full"):
        recorder.close()
    assert recorder.closed and not mark_path(recorder.path).exists()
    assert np.array_equal(read(recorder.path), SPEECH[:8_000])


RECORD_AND_TELL = """
import sys
import numpy as np
from speechrnn.audio.recorder import Recorder

recorder = Recorder(sys.argv[1])
ramp = np.arange(1, 801, dtype=np.float32) / 32768
while True:
    recorder.append(ramp)
    print(recorder.n_samples, flush=True)
"""


def test_a_killed_program_loses_nothing_that_was_appended(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    program = subprocess.Popen(
        [sys.executable, "-c", RECORD_AND_TELL, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    told = [int(program.stdout.readline()) for _ in range(60)]
    assert unfinished_recordings(tmp_path) == ()  # it is still being recorded
    program.kill()
    told += [int(line) for line in program.stdout.read().split()]
    program.stdout.close()
    program.wait()
    assert soundfile.info(path).frames >= told[-1]

    (found,) = unfinished_recordings(tmp_path)
    assert found.path == path and found.n_samples >= told[-1] > 40_000
    assert recover(found) == path
    assert unfinished_recordings(tmp_path) == ()
    heard = read(path)
    assert len(heard) == found.n_samples
    assert np.array_equal(heard * 32768, np.arange(len(heard)) % 800 + 1)


def test_a_header_that_was_not_yet_true_is_mended(tmp_path: Path) -> None:
    """A power cut may keep the samples and not the header, or half a sample."""
    path = tmp_path / "a.wav"
    path.write_bytes(wav_header(0) + (SPEECH * 32768).astype("<i2").tobytes() + b"\x01")
    mark_path(path).touch()
    for one in unfinished_recordings(tmp_path):
        recover(one)
    assert np.array_equal(read(path), SPEECH)
    assert path.stat().st_size == HEADER_BYTES + 2 * len(SPEECH)


@pytest.mark.parametrize("mark", [b"", b"{", b"[]", b'{"started": 5}'], ids=repr)
def test_a_mark_that_was_cut_short_still_marks(tmp_path: Path, mark: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(wav_header(2) + b"\1\0\2\0")
    mark_path(tmp_path / "a.wav").write_bytes(mark)
    (found,) = unfinished_recordings(tmp_path)
    assert found.n_samples == 2 and found.duration == 2 / RATE and "T" in found.started


def test_unfinished_recordings_come_in_the_order_of_their_start(tmp_path: Path) -> None:
    for name, started in (("b", "2026-01-01T10:00:00+01:00"), ("a", "2026-01-02T10:00:00+01:00")):
        (tmp_path / f"{name}.wav").write_bytes(wav_header(0))
        mark_path(tmp_path / f"{name}.wav").write_text(f'{{"started": "{started}"}}')
    mark_path(tmp_path / "deleted.wav").touch()
    first, second = unfinished_recordings(tmp_path)
    assert (first.path.name, second.path.name) == ("b.wav", "a.wav")
    assert first.n_samples == 0 and first.started == "2026-01-01T10:00:00+01:00"
    discard(first)
    assert [one.path.name for one in unfinished_recordings(tmp_path)] == ["a.wav"]
    assert not first.path.exists()
    assert unfinished_recordings(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("n_samples", [0, 1, 2**31 - 37, 2**31 - 36, 2**31 - 35, 3 * 2**31])
def test_headers_on_both_sides_of_four_gigabytes_are_true(tmp_path: Path, n_samples: int) -> None:
    """After 37 hours a recording outgrows WAV and becomes RF64 in its place."""
    path = tmp_path / "a.wav"
    size = HEADER_BYTES + 2 * n_samples
    with path.open("wb") as file:
        file.truncate(size)
        if getattr(path.stat(), "st_blocks", 1 << 30) * 512 > 1 << 20:
            pytest.skip("this file system keeps no holes in files")
        file.write(wav_header(n_samples))
        if n_samples:
            file.seek(size - 2)
            file.write(b"\x00\x40")
    with soundfile.SoundFile(path) as heard:
        assert (heard.frames, heard.samplerate, heard.channels) == (n_samples, RATE, 1)
        assert heard.subtype == "PCM_16"
        if n_samples:
            heard.seek(n_samples - 1)
            assert heard.read()[0] == 0.5
    if n_samples > 1:
        with FileSource(path) as source:
            assert source.duration == n_samples / RATE


def test_a_reader_follows_a_growing_recording_to_its_end(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav")
    reader = RecordingReader(recorder)
    heard: list[Any] = []
    first = threading.Event()

    def follow() -> None:
        for block in reader.blocks():
            heard.append(block)
            first.set()

    thread = threading.Thread(target=follow)
    thread.start()
    recorder.append(SPEECH[:800])
    assert first.wait(10)
    assert reader.duration is None
    for at in range(800, len(SPEECH), 900):
        recorder.append(SPEECH[at : at + 900])
    recorder.close()
    thread.join(10)
    assert not thread.is_alive()
    assert np.array_equal(np.concatenate(heard), SPEECH)
    assert reader.duration == 3.0 and reader.behind_s == 0 and reader.warning is None


def test_a_slow_reader_is_behind_and_misses_nothing(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.wav") as recorder:
        recorder.append(SPEECH)
        reader = RecordingReader(recorder)
        assert reader.behind_s == 3.0
        blocks = reader.blocks()
        first = next(blocks)
        assert len(first) == 8192 and reader.behind_s == pytest.approx(3.0 - 0.512)
    rest = list(blocks)
    assert np.array_equal(np.concatenate([first, *rest]), SPEECH)
    assert np.array_equal(np.concatenate(list(reader.blocks())), SPEECH)


def test_closing_a_reader_ends_it_while_the_recording_goes_on(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.wav") as recorder:
        recorder.append(SPEECH)
        reader = RecordingReader(recorder)
        blocks = reader.blocks()
        next(blocks)
        reader.close()
        assert list(blocks) == []


def test_a_recording_that_is_cut_short_while_it_is_read_is_told(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.wav") as recorder:
        recorder.append(SPEECH)
        blocks = RecordingReader(recorder).blocks()
        next(blocks)
        with recorder.path.open("r+b") as file:
            file.truncate(HEADER_BYTES + 2 * 9_000)
        with pytest.raises(AudioFormatError, match="was cut short while it was read"):
            list(blocks)
