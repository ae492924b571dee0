"""`speechrnn transcribe`: recordings in, transcripts out."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from speechrnn.cli import options as opt
from speechrnn.cli.console import adaptation_bar, progress_bar, say, write_result
from speechrnn.cli.output import check_free, partial_name, write_new
from speechrnn.cli.recognizer import Loader, RecognizerChoice, loader_of, read_hot_words
from speechrnn.errors import AudioFormatError, ConfigError, DataError, OutputError, SpeechRnnError
from speechrnn.store.atomic import prepare_folder, write_whole
from speechrnn.store.recordings import Recording, find_recordings, plan_places
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.formats import FORMATS, Format
from speechrnn.transcript.subtitles import SubtitleOptions
from speechrnn.types import SAMPLE_RATE, Segment

if TYPE_CHECKING:
    from speechrnn.audio.file import FileSource
    from speechrnn.evaluation.recognition import CountedSource, SpeechRecognizer

_RULES = SubtitleOptions()


def transcribe(
    context: typer.Context,
    paths: opt.PathsArgument,
    format_name: opt.FormatOption = opt.FormatName.TXT,
    output: opt.OutputOption = None,
    overwrite: opt.OverwriteOption = False,
    skip_existing: opt.SkipExistingOption = False,
    model: opt.ModelOption = opt.DEFAULT_MODEL,
    device: opt.DeviceOption = opt.Device.AUTO,
    hot_words: opt.HotWordsOption = None,
    punctuation: opt.PunctuationOption = True,
    greedy: opt.GreedyOption = False,
    lm_weight: opt.LmWeightOption = None,
    word_score: opt.WordScoreOption = None,
    beam_size: opt.BeamSizeOption = None,
    adapt: opt.AdaptOption = False,
    digits: opt.DigitsOption = False,
    track: opt.TrackOption = None,
    max_lines: opt.MaxLinesOption = _RULES.max_lines,
    max_characters: opt.MaxCharactersOption = _RULES.max_characters,
    min_s: opt.MinTimeOption = _RULES.min_s,
    max_s: opt.MaxTimeOption = _RULES.max_s,
    max_characters_per_s: opt.ReadingSpeedOption = _RULES.max_characters_per_s,
    min_gap_s: opt.MinGapOption = _RULES.min_gap_s,
    max_pause_s: opt.MaxPauseOption = _RULES.max_pause_s,
) -> int:
    """Transcribe audio and video files.

    One recording goes to stdout, in any format. Several may go there as txt (each below a line
    `==> PATH <==`) or json (one object after another); for the other formats name a folder with --output.
    In it `talk.mp4` gives `talk.txt`, recordings that differ in their suffix alone give `talk.mp4.txt`, and
    what was found in a folder keeps its place below it. A result that is there already is not replaced
    unless --overwrite is given.

    A recording that fails is named on stderr in one line, the others are done, and the exit code is 1. One
    that is damaged is transcribed as far as it can be read; that is said, too, and gives 1. On Ctrl-C
    finished results stay, and what is done of the recording at hand is kept as `talk.partial.txt`.

    With --adapt the recognizer listens to a recording, goes on learning from what it heard for a minute or
    two, and hears it anew; the next recording begins with the recognizer as it was. It needs twenty seconds
    of speech. `speechrnn adapt` makes a recognizer that stays.
    """
    folder = Path(output) if output not in (None, "-") else None
    chosen = FORMATS[format_name.value]
    existing = _policy(overwrite, skip_existing, folder)
    try:
        rules = SubtitleOptions(
            max_lines=max_lines,
            max_characters=max_characters,
            min_s=min_s,
            max_s=max_s,
            max_characters_per_s=max_characters_per_s,
            min_gap_s=min_gap_s,
            max_pause_s=max_pause_s,
        )
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from error
    recordings, problems = find_recordings(paths)
    if folder is None:
        _check_stdout(chosen, len(recordings))
    if adapt and greedy:
        raise typer.BadParameter("--adapt learns from what the language models find: leave out --greedy")
    run = _Run(
        load=loader_of(context),
        choice=RecognizerChoice(
            model=model,
            device=device,
            hot_words=read_hot_words(hot_words) if hot_words else (),
            punctuation=punctuation,
            greedy=greedy,
            lm_weight=lm_weight,
            word_score=word_score,
            beam_size=beam_size,
        ),
        format=chosen,
        rules=rules,
        folder=folder,
        existing=existing,
        adapt=adapt,
        digits=digits,
        track=track,
        n_failed=len(problems),
    )
    for problem in problems:
        say(problem)
    run.transcribe_all(recordings)
    return 1 if run.n_failed else 0


class _Existing(Enum):
    """What becomes of a result that is there already."""

    REFUSE = "the recording fails"
    REPLACE = "it is replaced"
    KEEP = "the recording is passed over"


def _policy(overwrite: bool, skip_existing: bool, folder: Path | None) -> _Existing:
    if overwrite and skip_existing:
        raise typer.BadParameter("--overwrite and --skip-existing exclude each other: give one of them")
    if folder is None and (overwrite or skip_existing):
        raise typer.BadParameter("--overwrite and --skip-existing need a folder: add --output DIR")
    if overwrite:
        return _Existing.REPLACE
    return _Existing.KEEP if skip_existing else _Existing.REFUSE


def _check_stdout(chosen: Format, n_recordings: int) -> None:
    if chosen.binary and sys.stdout.isatty():
        raise typer.BadParameter(
            f"a terminal cannot show {chosen.name}: add --output DIR, or redirect stdout"
        )
    if n_recordings > 1 and chosen.name not in ("txt", "json"):
        raise typer.BadParameter(
            f"{n_recordings} recordings do not fit one {chosen.name} on stdout: add --output DIR"
        )


@dataclass(slots=True, kw_only=True)
class _Run:
    """One call of the command: its options, and how many inputs failed so far."""

    load: Loader
    choice: RecognizerChoice
    format: Format
    rules: SubtitleOptions
    folder: Path | None
    existing: _Existing
    adapt: bool
    digits: bool
    track: int | None
    n_failed: int
    _loaded: SpeechRecognizer | None = field(default=None, init=False)
    _recognizer: SpeechRecognizer | None = field(default=None, init=False)  # that hears the one at hand
    _n_steps: int = field(default=0, init=False)  # that it learned for it

    def transcribe_all(self, recordings: Sequence[Recording]) -> None:
        """Transcribes one recording after another; those that fail are named and counted.

        Raises:
            OutputError: the output folder cannot be used at all.
            BundleError, ConfigError: there is no recognizer.
        """
        if self.folder is not None and recordings:
            prepare_folder(self.folder)
        places = plan_places(recordings, self.format.suffix)
        for number, (recording, place) in enumerate(zip(recordings, places), start=1):
            path, target = recording.path, None if self.folder is None else self.folder / place
            if self.existing is _Existing.KEEP and target is not None and target.exists():
                continue
            title = path.name if len(recordings) == 1 else f"{number}/{len(recordings)} {path.name}"
            heading = f"==> {path} <==\n" if len(recordings) > 1 else ""
            try:
                file = self._open(path, target)
            except (SpeechRnnError, OSError) as error:
                self._fail(path, error)
                continue
            with file:
                # Only now: a recording that cannot be read is told without the seconds that a model takes.
                self._loaded = self._loaded or self.load(self.choice)
                try:
                    self._recognizer, self._n_steps = self._loaded, 0
                    if self.adapt:
                        self._adapt_to(file, title)
                    self._transcribe_one(file, target, title, heading)
                except BrokenPipeError:
                    raise  # nobody reads stdout any more
                except (SpeechRnnError, OSError) as error:
                    self._fail(path, error)

    def _open(self, path: Path, target: Path | None) -> FileSource:
        # PyAV and soxr are not needed for a help text.
        from speechrnn.audio.file import FileSource

        if target is not None and self.existing is not _Existing.REPLACE:
            check_free(target)
        elif target is not None and target.exists() and path.exists() and target.samefile(path):
            raise OutputError(f"{target} is the recording itself: name another folder with --output")
        return FileSource(path, track=self.track)

    def _adapt_to(self, file: FileSource, title: str) -> None:
        """Lets the recognizer learn from a recording; where that is too short it stays as it is."""
        # As above.
        from speechrnn.audio.file import FileSource
        from speechrnn.bundles.catalog import find_bundle
        from speechrnn.pipeline.offline import Recognizer
        from speechrnn.training.adaptation import adapt_to_recording

        ear = cast(Recognizer, self._loaded)
        with adaptation_bar(title) as told:
            try:
                adaptation = adapt_to_recording(
                    find_bundle(self.choice.model, "recognizer"),
                    ear,
                    file.path,
                    duration=file.duration,
                    device=self.choice.device.value,
                    opened=lambda path: FileSource(path, track=self.track),
                    told=told,
                )
            except DataError as error:
                say(f"{file.path}: transcribed without learning from it: {error}")
            else:
                self._recognizer, self._n_steps = ear.with_network(adaptation.network), adaptation.n_steps

    def _transcribe_one(self, file: FileSource, target: Path | None, title: str, heading: str) -> None:
        # As above.
        from speechrnn.evaluation.recognition import CountedSource

        source = CountedSource(file)
        segments: list[Segment] = []
        try:
            self._recognize(source, segments, title)
        except (SpeechRnnError, OSError, KeyboardInterrupt):
            self._keep(self._document(file.path, source, segments), target, heading)
            raise
        self._write(self._document(file.path, source, segments), target, heading)
        if source.warning:
            self._fail(file.path, AudioFormatError(source.warning))

    def _recognize(self, source: CountedSource, segments: list[Segment], title: str) -> None:
        """Fills `segments`, so that the caller has them also when this is stopped."""
        assert self._recognizer is not None
        start = time.monotonic()
        with progress_bar(title, source.duration) as update:

            def show(done: float) -> None:
                update(done, f"{done / max(time.monotonic() - start, 1e-3):.0f} times real time")

            for segment in self._recognizer.transcribe(source, digits=self.digits, progress=show):
                segments.append(segment)

    def _document(self, path: Path, source: CountedSource, segments: Sequence[Segment]) -> Transcript:
        assert self._recognizer is not None
        settings = {**self._recognizer.settings, "digits": self.digits}
        if self.track is not None:
            settings["track"] = self.track
        if self._n_steps:
            settings["adapted_steps"] = self._n_steps
        return Transcript(
            audio=path.name,
            duration=source.n_samples / SAMPLE_RATE,
            model_id=self._recognizer.model_id,
            model_sha256=self._recognizer.model_sha256,
            settings=settings,
            segments=tuple(segments),
        )

    def _write(self, transcript: Transcript, target: Path | None, heading: str) -> None:
        content = self.format.to_bytes(transcript, self.rules)
        if target is None:
            write_result(
                (heading.encode(errors="surrogateescape") if self.format.name == "txt" else b"") + content
            )
            return
        write_new(target, content, replace=self.existing is _Existing.REPLACE)
        typer.echo(target)

    def _keep(self, transcript: Transcript, target: Path | None, heading: str) -> None:
        """Writes what there is of a recording that did not come to its end."""
        if not transcript.segments:
            return
        end = transcript.segments[-1].end
        if target is None:
            self._write(transcript, None, heading)
            say(f"{transcript.audio}: stopped; the transcript ends at {end:.1f} s")
            return
        partial = partial_name(target)
        try:
            # Its name says that it is ours and unfinished, so an older one may go.
            write_whole(partial, self.format.to_bytes(transcript, self.rules))
        except OutputError as error:
            say(str(error))  # what stopped the recording goes on to the caller
        else:
            say(f"{transcript.audio}: stopped; the transcript up to {end:.1f} s is in {partial}")

    def _fail(self, path: Path, error: SpeechRnnError | OSError) -> None:
        """Names a recording that failed. An `OSError` is a disk or a network drive that went away."""
        self.n_failed += 1
        message = f"{error.strerror}: check the disk" if isinstance(error, OSError) else str(error)
        say(message if str(path) in message else f"{path}: {message}")
