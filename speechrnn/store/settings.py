"""All settings of the program: one frozen value, one TOML file.

Every setting has a default that works, and every number is checked against its range. Who changes a setting
makes a new value with `dataclasses.replace` and saves it with `settings_file.save_settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from speechrnn.errors import ConfigError
from speechrnn.ranges import check_ranges
from speechrnn.store.export_names import check_template
from speechrnn.transcript.formats import FORMATS
from speechrnn.transcript.subtitles import SubtitleOptions
from speechrnn.types import DEFAULT_LATENCY_S, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSettings:
    """Live captions.

    Attributes:
        input: id of the input device; empty for the system's default.
        latency_s: longest wait for a word, 0.3..1.5.
        font_pt: size of the captions, 8..120.
        overlay_lines: lines of the window that stays on top, 1..10.
        overlay_opacity: of its background, 0..1.
        overlay_x, overlay_y: its place on the desktop, pixels; None where it was never moved.
        overlay_width: pixels, 100..20000; None for the default.
        show_heard: show what the network hears.
        save_recordings: keep the sound once the session has ended.
    """

    input: str = ""
    latency_s: Seconds = DEFAULT_LATENCY_S
    font_pt: int = 22
    overlay_lines: int = 2
    overlay_opacity: float = 0.85
    overlay_x: int | None = None
    overlay_y: int | None = None
    overlay_width: int | None = None
    show_heard: bool = False
    save_recordings: bool = True

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("latency_s", 0.3, 1.5),
            ("font_pt", 8, 120),
            ("overlay_lines", 1, 10),
            ("overlay_opacity", 0.0, 1.0),
        )
        if self.overlay_width is not None:
            check_ranges(self, ("overlay_width", 100, 20_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings:
    """Transcription of recordings.

    Attributes:
        formats: names of `transcript.formats.FORMATS` that are written when a file is done; may be empty.
        beside: write beside the recording; else into the folder of exports.
        name_template: name of a result without its suffix, see `export_names`.
        overwrite: replace results that exist; else they get a number.
        watch_folders: folders whose new recordings are queued.
        skip_done: do not queue what was transcribed before.
        n_parallel: files at a time, 1..16.
    """

    formats: tuple[str, ...] = ("txt", "srt")
    beside: bool = True
    name_template: str = "{name}"
    overwrite: bool = False
    watch_folders: tuple[Path, ...] = ()
    skip_done: bool = True
    n_parallel: int = 1

    def __post_init__(self) -> None:
        check_ranges(self, ("n_parallel", 1, 16))
        check_template(self.name_template)
        for name in self.formats:
            if name not in FORMATS:
                raise ConfigError(f"formats has {name!r}; expected {', '.join(FORMATS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionSettings:
    """How speech becomes text; None takes the bundle's own value.

    Attributes:
        model: id or folder of a recognizer's bundle.
        device: auto, cpu, cuda or mps.
        greedy: best path alone, without lexicon and language model.
        lm_weight: weight of the language model, 0..20.
        beam: hypotheses kept, 1..5000.
        hot_words: words to favour, one a line, as in a file of hot words.
        punctuation: write punctuation and capital letters.
        digits: write numbers as digits.
        adapt: hear files twice: learn from the first time, write down the second.
    """

    model: str = "asr-en"
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    greedy: bool = False
    lm_weight: float | None = None
    beam: int | None = None
    hot_words: str = ""
    punctuation: bool = True
    digits: bool = False
    adapt: bool = False

    def __post_init__(self) -> None:
        if not self.model.strip():
            raise ConfigError("model is empty; expected the id or the folder of a bundle")
        if self.lm_weight is not None:
            check_ranges(self, ("lm_weight", 0.0, 20.0))
        if self.beam is not None:
            check_ranges(self, ("beam", 1, 5000))


@dataclass(frozen=True, slots=True, kw_only=True)
class LookSettings:
    """The window.

    Attributes:
        theme: light, dark, or as the system is.
        size_pt: size of plain text, 8..28.
        language: of the interface; system takes the system's.
    """

    theme: Literal["system", "light", "dark"] = "system"
    size_pt: int = 11
    language: Literal["system", "en", "de", "es"] = "system"

    def __post_init__(self) -> None:
        check_ranges(self, ("size_pt", 8, 28))


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings:
    """Where things go.

    Attributes:
        recordings: of live sessions; None for `places().recordings`.
        exports: of transcripts; None for `places().exports`.
    """

    recordings: Path | None = None
    exports: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that the user can set.

    Attributes:
        keys: action -> key sequence, such as "live.start" -> "Ctrl+R"; only what differs from the default.
    """

    live: LiveSettings = field(default_factory=LiveSettings)
    files: FileSettings = field(default_factory=FileSettings)
    recognition: RecognitionSettings = field(default_factory=RecognitionSettings)
    subtitles: SubtitleOptions = field(default_factory=SubtitleOptions)
    look: LookSettings = field(default_factory=LookSettings)
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    folders: FolderSettings = field(default_factory=FolderSettings)
