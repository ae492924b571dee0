"""Any file in: formats, rates, channels, tracks, damage, and files that are no recordings at all."""

from __future__ import annotations

import os
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from audio_cases import Samples, cut_short, encode, tones

from speechrnn.audio.file import FileSource, audio_tracks
from speechrnn.errors import AudioFormatError


def read(path: Path, track: int | None = None) -> tuple[Samples, str | None]:
    with FileSource(path, track=track) as source:
        waveform = np.concatenate(list(source.blocks()))
        return waveform, source.warning


def likeness(heard: Samples, played: Samples) -> float:
    """Correlation at the best shift of up to 0.1 s; 1 where one is the other made louder."""
    fixed = played[4800:8800]
    shifted = np.lib.stride_tricks.sliding_window_view(heard[3200:10400], len(fixed))
    norms = np.linalg.norm(shifted, axis=1) * np.linalg.norm(fixed)
    return float(np.max(shifted @ fixed / norms))


# fmt: off
PCM_FORMATS = [
    ("wav", "PCM_U8", 0.01), ("wav", "PCM_16", 1e-4), ("wav", "PCM_24", 1e-6), ("wav", "PCM_32", 1e-6),
    ("wav", "FLOAT", 0), ("wav", "DOUBLE", 0), ("wav", "ULAW", 0.02), ("wav", "MS_ADPCM", 0.1),
    ("aiff", "PCM_16", 1e-4), ("aiff", "PCM_S8", 0.01), ("au", "PCM_16", 1e-4), ("caf", "PCM_16", 1e-4),
    ("w64", "PCM_16", 1e-4), ("rf64", "PCM_24", 1e-6), ("flac", "PCM_16", 1e-4), ("flac", "PCM_24", 1e-6),
]
# fmt: on


@pytest.mark.parametrize(("suffix", "subtype", "tolerance"), PCM_FORMATS, ids=str)
def test_lossless_formats_give_the_samples_that_were_written(
    tmp_path: Path, suffix: str, subtype: str, tolerance: float
) -> None:
    wave = tones(1.3, 16_000)
    path = tmp_path / f"a.{suffix}"
    soundfile.write(path, wave, 16_000, subtype=subtype)
    heard, warning = read(path)
    assert warning is None
    assert len(heard) - len(wave) in range(2048)  # ADPCM fills its last block
    assert np.abs(heard[: len(wave)] - wave[:, 0]).max() <= tolerance


# The encoder, what FFmpeg calls the file, and how far the coded length may be off in seconds.
CODED_FORMATS = [
    ("a.mp3", "libmp3lame", 44_100, 0.05),
    ("a.m4a", "aac", 44_100, 0.05),
    ("a.aac", "aac", 48_000, 0.1),
    ("a.mp4", "aac", 22_050, 0.1),
    ("a.mov", "aac", 32_000, 0.1),
    ("a.opus", "libopus", 48_000, 0.05),
    ("a.ogg", "libopus", 48_000, 0.05),
    ("a.webm", "libopus", 48_000, 0.05),
    ("a.mkv", "flac", 48_000, 0.01),
    ("a.wma", "wmav2", 44_100, 0.1),
    ("a.ac3", "ac3", 48_000, 0.1),
    ("a.m4a", "alac", 44_100, 0.01),
    ("a.avi", "libmp3lame", 44_100, 0.1),
    ("a.ts", "aac", 48_000, 0.1),
]


@pytest.mark.parametrize(("name", "codec", "rate", "off_s"), CODED_FORMATS, ids=str)
def test_coded_formats_sound_like_what_was_written(
    tmp_path: Path, name: str, codec: str, rate: int, off_s: float
) -> None:
    path = encode(tmp_path / name, [tones(2.0, rate, 2)], rate, codec)
    heard, warning = read(path)
    assert warning is None
    assert len(heard) / 16_000 == pytest.approx(2.0, abs=off_s)
    assert likeness(heard, tones(2.0, 16_000)[:, 0]) > 0.98


@pytest.mark.parametrize("rate", [4_000, 8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000, 384_000])
def test_any_rate_is_resampled_as_if_the_whole_file_were_in_memory(tmp_path: Path, rate: int) -> None:
    wave = tones(2.3, rate)
    soundfile.write(tmp_path / "a.wav", wave, rate, subtype="FLOAT")
    heard, warning = read(tmp_path / "a.wav")
    assert warning is None
    np.testing.assert_allclose(heard, soxr.resample(wave[:, 0], rate, 16_000), atol=1e-6)


@pytest.mark.parametrize("n_channels", range(1, 9))
def test_equal_channels_are_heard_as_one(tmp_path: Path, n_channels: int) -> None:
    wave = tones(1.0, 16_000, n_channels)
    soundfile.write(tmp_path / "a.wav", wave, 16_000, subtype="FLOAT")
    np.testing.assert_allclose(read(tmp_path / "a.wav")[0], wave[:, 0], atol=1e-6)


def test_mono_at_16_khz_passes_bit_for_bit_in_blocks_of_half_a_second(tmp_path: Path) -> None:
    wave = tones(3.1, 16_000)
    soundfile.write(tmp_path / "a.wav", wave, 16_000, subtype="FLOAT")
    with FileSource(tmp_path / "a.wav") as source:
        blocks = list(source.blocks())
        assert source.duration == pytest.approx(3.1)
    assert [len(block) for block in blocks] == [8192] * 6 + [49_600 - 6 * 8192]
    assert np.array_equal(np.concatenate(blocks), wave[:, 0])


def test_a_second_pass_gives_the_same_audio(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.ogg", [tones(1.0, 48_000)], 48_000, "libopus")
    with FileSource(path) as source:
        first, second = (np.concatenate(list(source.blocks())) for _ in range(2))
    assert np.array_equal(first, second)


def test_closing_ends_a_running_pass(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tones(5.0, 16_000), 16_000)
    source = FileSource(tmp_path / "a.wav")
    blocks = source.blocks()
    next(blocks)
    source.close()
    assert list(blocks) == []


@pytest.mark.parametrize(
    "name", ["two words.wav", "Übung às 9 – λόγος.wav", "🎤 interview.flac", "12:30 talk.wav", "100%d.flac"]
)
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and ":" in name:
        pytest.skip("Windows does not allow colons in names")
    soundfile.write(tmp_path / name, tones(0.5, 16_000), 16_000)
    assert len(read(tmp_path / name)[0]) == 8_000


def test_the_track_is_chosen_by_number_and_the_default_one_is_taken_otherwise(tmp_path: Path) -> None:
    quiet, loud = 0.05 * tones(1.0, 48_000), tones(1.0, 48_000)
    path = encode(
        tmp_path / "two.mkv",
        [quiet, loud],
        48_000,
        "flac",
        titles=("room", "headset"),
        default=1,
        with_picture=True,
    )
    tracks = audio_tracks(path)
    assert [(track.index, track.title, track.language, track.default) for track in tracks] == [
        (0, "room", "eng", False),
        (1, "headset", "eng", True),
    ]
    assert (tracks[0].codec, tracks[0].channels, tracks[0].sample_rate) == ("flac", 1, 48_000)
    levels = [float(np.abs(read(path, track)[0]).max()) for track in (0, 1, None)]
    assert levels[0] < 0.05 < levels[1] == levels[2]
    with pytest.raises(AudioFormatError, match=r"no audio track 2: expected 0..1; choose one of 0 \(room\)"):
        FileSource(path, track=2)


def test_a_track_that_starts_after_the_picture_keeps_the_times_of_the_player(tmp_path: Path) -> None:
    path = encode(tmp_path / "late.mkv", [tones(1.0, 48_000)], 48_000, "flac", with_picture=True, delay_s=1.5)
    heard, warning = read(path)
    assert warning is None
    assert np.abs(heard[: int(1.4 * 16_000)]).max() == 0
    assert len(heard) / 16_000 == pytest.approx(2.5, abs=0.01)


def header_says(path: Path, data_bytes: int) -> Path:
    """Write another length into a WAV header."""
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", data_bytes)
    content[4:8] = struct.pack("<I", min(data_bytes + 36, 0xFFFF_FFFF))
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("data_bytes", [0, 0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000], ids=hex)
def test_a_wav_header_that_was_never_filled_in_is_not_believed(tmp_path: Path, data_bytes: int) -> None:
    soundfile.write(tmp_path / "a.wav", tones(2.0, 16_000), 16_000)
    whole, _ = read(tmp_path / "a.wav")
    heard, warning = read(header_says(tmp_path / "a.wav", data_bytes))
    assert warning is None
    assert np.array_equal(heard, whole)


def test_a_flac_of_unknown_length_is_read_to_its_end(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tones(2.0, 16_000), 16_000)
    content = bytearray((tmp_path / "a.flac").read_bytes())
    content[21] &= 0xF0  # the 36 bits of the number of samples in STREAMINFO
    content[22:26] = bytes(4)
    (tmp_path / "a.flac").write_bytes(content)
    assert len(read(tmp_path / "a.flac")[0]) == 32_000


TRUNCATED = [
    ("a.wav", "pcm_s16le", {}, "ends at 2.0 s of the 4.0 s"),
    ("a.aiff", "pcm_s16be", {}, "ends at 2.0 s of the 4.0 s"),
    ("a.flac", "flac", {}, "of the 4.0 s that the file promises"),
    ("a.mp3", "libmp3lame", {}, "of the 4.0 s that the file promises"),
    ("a.ogg", "libopus", {}, "s, before the mark of its end"),
    ("a.mkv", "aac", {}, "of the 4.0 s that the file promises"),
    ("a.mp4", "aac", {"movflags": "faststart"}, "of the 4.0 s that the file promises"),
    ("b.mp4", "aac", {"movflags": "frag_keyframe+empty_moov", "frag_duration": "500000"}, "breaks off at"),
]


@pytest.mark.parametrize(("name", "codec", "options", "expected"), TRUNCATED, ids=str)
def test_what_is_left_of_a_truncated_file_is_read_and_it_says_where_it_ended(
    tmp_path: Path, name: str, codec: str, options: dict[str, str], expected: str
) -> None:
    path = cut_short(encode(tmp_path / name, [tones(4.0, 48_000)], 48_000, codec, options=options), 0.505)
    heard, warning = read(path)
    assert 1.3 < len(heard) / 16_000 < 2.7
    assert warning is not None and expected in warning
    assert likeness(heard[:16_000], tones(1.0, 16_000)[:, 0]) > 0.98


def test_a_hole_in_a_file_becomes_silence_and_the_rest_stays_in_time(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tones(8.0, 16_000), 16_000)
    content = bytearray((tmp_path / "a.flac").read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    (tmp_path / "a.flac").write_bytes(content)
    heard, warning = read(tmp_path / "a.flac")
    assert warning is not None and "were missing and were read as silence" in warning
    np.testing.assert_allclose(heard[-16_000:], tones(8.0, 16_000)[-16_000:, 0], atol=1e-4)


def test_samples_that_are_no_numbers_are_read_as_silence_and_counted(tmp_path: Path) -> None:
    wave = tones(1.0, 16_000).astype(np.float64)
    wave[100], wave[200], wave[300] = np.nan, np.inf, 1e300
    soundfile.write(tmp_path / "a.wav", wave, 16_000, subtype="DOUBLE")
    heard, warning = read(tmp_path / "a.wav")
    assert warning == "3 samples were not numbers and were read as silence"
    assert heard[100] == heard[200] == heard[300] == 0
    wave[[100, 200, 300]] = 0
    assert np.array_equal(heard, wave[:, 0].astype(np.float32))


# Each case makes a path in a folder; the message must hold the words.
def missing(folder: Path) -> Path:
    return folder / "nowhere.wav"


def a_folder(folder: Path) -> Path:
    return folder


def empty(folder: Path) -> Path:
    (folder / "a.wav").touch()
    return folder / "a.wav"


def text_named_wav(folder: Path) -> Path:
    (folder / "a.wav").write_text("Dear diary, this is no recording.\n" * 500)
    return folder / "a.wav"


def text_named_mp3(folder: Path) -> Path:
    (folder / "a.mp3").write_text("Dear diary, this is no recording.\n" * 500)
    return folder / "a.mp3"


def noise_named_mp3(folder: Path) -> Path:
    (folder / "a.mp3").write_bytes(np.random.default_rng(0).bytes(100_000))
    return folder / "a.mp3"


def no_samples(folder: Path) -> Path:
    soundfile.write(folder / "a.wav", np.zeros(0), 16_000)
    return folder / "a.wav"


def only_a_header(folder: Path) -> Path:
    (folder / "a.wav").write_bytes(b"RIFF\x24\0\0\0WAVEfmt ")
    return folder / "a.wav"


def silent_film(folder: Path) -> Path:
    return encode(folder / "a.mp4", [], 48_000, "aac", with_picture=True)


def no_index(folder: Path) -> Path:
    return cut_short(encode(folder / "a.mp4", [tones(4.0, 48_000)], 48_000, "aac"))


def playlist(folder: Path) -> Path:
    soundfile.write(folder / "real.wav", tones(1.0, 16_000), 16_000)
    (folder / "a.ffconcat").write_text("ffconcat version 1.0\nfile real.wav\n")
    return folder / "a.ffconcat"


def web_playlist(folder: Path) -> Path:
    (folder / "a.m3u8").write_text("#EXTM3U\n#EXTINF:9,\nhttp://localhost:9/a.aac\n#EXT-X-ENDLIST\n")
    return folder / "a.m3u8"


NOT_AUDIO = [
    (missing, "does not exist: check the name"),
    (a_folder, "is a folder: expected an audio or video file"),
    (empty, r"is empty \(0 bytes\)"),
    (text_named_wav, "is not a recording that can be read"),
    (text_named_mp3, "is not a recording that can be read"),
    (noise_named_mp3, "expected at least one audio track|holds no audio"),
    (no_samples, "holds no audio that can be decoded"),
    (only_a_header, "is not a recording|is a file without audio|holds no audio"),
    (silent_film, "is a video without sound: expected at least one audio track"),
    (no_index, r"its index \(moov\), which stands at the end, is missing"),
    (playlist, "is a list of other files: give the recordings themselves"),
    (web_playlist, "is a list of other files|is not a recording"),
]


@pytest.mark.parametrize(("make", "expected"), NOT_AUDIO, ids=[make.__name__ for make, _ in NOT_AUDIO])
def test_what_is_no_recording_is_refused_in_one_line(
    tmp_path: Path, make: object, expected: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(AudioFormatError, match=expected) as caught:
        FileSource(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tones(0.1, 16_000), 16_000)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(AudioFormatError, match="may not be read: change its permissions"):
        FileSource(path)


def test_memory_does_not_grow_with_length(tmp_path: Path) -> None:
    """An hour at 8 kHz, mostly holes on disk, needs no more than two minutes of it."""
    peaks = []
    for length_s in (120, 3600):
        path = tmp_path / f"{length_s}.wav"
        soundfile.write(path, tones(0.1, 8_000), 8_000)
        header_says(path, 2 * 8_000 * length_s)
        with path.open("r+b") as file:
            file.truncate(44 + 2 * 8_000 * length_s)
        tracemalloc.start()
        with FileSource(path) as source:
            n_samples = sum(len(block) for block in source.blocks())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert n_samples == 16_000 * length_s
    assert peaks[1] < 1.1 * peaks[0] < 4e6
