"""`speechrnn evaluate`: error rates on recordings whose text is known."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from speechrnn.cli import options as opt
from speechrnn.cli.console import progress_bar, say
from speechrnn.cli.recognizer import RecognizerChoice, loader_of
from speechrnn.errors import DataError
from speechrnn.types import DEFAULT_LATENCY_S

if TYPE_CHECKING:
    from speechrnn.evaluation.manifest import Utterance
    from speechrnn.evaluation.recognition import ErrorReport, SpeakerErrors, SpeechRecognizer
    from speechrnn.pipeline.live_trial import LiveReport, LiveTranscriber


def evaluate(
    context: typer.Context,
    model: opt.ModelOption = opt.DEFAULT_MODEL,
    librispeech: Annotated[
        Path | None,
        typer.Option(
            "--librispeech",
            metavar="DIR",
            show_default=False,
            help="Tree of LibriSpeech: SPEAKER/CHAPTER/*.flac with *.trans.txt.",
        ),
    ] = None,
    manifest: opt.ManifestOption = None,
    limit: opt.LimitOption = None,
    greedy: opt.GreedyOption = False,
    lm_weight: opt.LmWeightOption = None,
    word_score: opt.WordScoreOption = None,
    beam_size: opt.BeamSizeOption = None,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="Caption each recording as though it were being spoken, and measure that."
        ),
    ] = False,
    latency: opt.LatencyOption = DEFAULT_LATENCY_S,
    by_speaker: Annotated[
        bool, typer.Option("--by-speaker", help="Tell the word errors of each speaker as well.")
    ] = False,
    device: opt.DeviceOption = opt.Device.AUTO,
    as_json: opt.JsonOption = False,
) -> int:
    """Measure the error rates of a recognizer.

    Recognizes recordings whose text is known, one after another, and counts the words and characters that
    differ. Both texts are compared in upper case with letters and apostrophes only. A rate is the number of
    edits divided by the words (WER) or characters (CER) of the reference.

    With --live the error rates are those of the final text, and more is told: the errors of the words that
    were on the screen before it, the share of words that changed there, and how long after its end in the
    audio a word appears on this machine.

    A recording that cannot be read is named on stderr and left out; one that is damaged is named and counts
    as far as it goes. Then the exit code is 1.
    """
    if (librispeech is None) == (manifest is None):
        raise typer.BadParameter("give either --librispeech DIR or --manifest TSV")
    # jiwer, PyAV and soxr are not needed for a help text.
    from speechrnn.evaluation.manifest import read_librispeech, read_manifest
    from speechrnn.evaluation.recognition import recognize_all, report_errors

    utterances: list[Utterance] = []
    if manifest is not None:
        utterances = read_manifest(manifest)[:limit]
    elif librispeech is not None:
        utterances = read_librispeech(librispeech)[:limit]
    choice = RecognizerChoice(
        model=model,
        device=device,
        punctuation=False,
        greedy=greedy,
        lm_weight=lm_weight,
        word_score=word_score,
        beam_size=beam_size,
    )
    recognizer = loader_of(context)(choice)
    transcriber = _live_transcriber(recognizer, latency) if live else None
    results = []
    with progress_bar("evaluate", len(utterances)) as update:
        for result in recognize_all(transcriber or recognizer, utterances):
            if result.problem:
                say(result.problem)
            elif result.warning:
                say(f"{result.utterance.path}: {result.warning}")
            results.append(result)
            update(len(results), f"{len(results)}/{len(utterances)}")
    n_failed = sum(bool(result.problem) for result in results)
    if n_failed == len(results):
        raise DataError(f"none of the {n_failed} recordings could be read: check the paths of the list")
    report = report_errors(results, recognizer, decoder="greedy" if greedy else "beam")
    fields, lines = dataclasses.asdict(report), [_describe(report)]
    if by_speaker:
        lines += [_describe_speaker(speaker) for speaker in report.speakers]
    else:
        del fields["speakers"]
    if transcriber is not None:
        from speechrnn.pipeline.live_trial import report_live

        live_report = report_live(results, transcriber)
        fields |= dataclasses.asdict(live_report)
        lines.append(_describe_live(live_report))
    typer.echo(json.dumps(fields) if as_json else "\n".join(lines))
    return 1 if n_failed or any(result.warning for result in results) else 0


def _live_transcriber(recognizer: SpeechRecognizer, latency: float) -> LiveTranscriber:
    from speechrnn.pipeline.live_events import LiveOptions
    from speechrnn.pipeline.live_trial import LiveTranscriber
    from speechrnn.pipeline.offline import Recognizer

    # What stands behind the measuring commands' protocol is the whole recognizer.
    return LiveTranscriber(cast(Recognizer, recognizer), LiveOptions.for_latency(latency))


def _describe(report: ErrorReport) -> str:
    return "\n".join(
        (
            f"WER {100 * report.wer:.2f} %  CER {100 * report.cer:.2f} %",
            f"{report.words} words: {report.substitutions} substituted, {report.insertions} inserted, "
            f"{report.deletions} deleted",
            f"{report.utterances} recordings, {report.audio_s / 60:.1f} min, in {report.wall_s:.1f} s: "
            f"{1 / max(report.real_time_factor, 1e-9):.1f} times real time",
            f"{report.model} ({report.model_sha256[:12]}), {report.decoder}",
        )
    )


def _describe_speaker(speaker: SpeakerErrors) -> str:
    return f"{speaker.speaker}: WER {100 * speaker.wer:.1f} % of {speaker.words} words"


def _describe_live(report: LiveReport) -> str:
    def seconds(value: float | None) -> str:
        return "none" if value is None else f"{value:.2f} s"

    return "\n".join(
        (
            f"shown first: WER {100 * report.first_wer:.2f} %; {100 * report.revised:.1f} % of it revised",
            f"words appear {seconds(report.latency_median_s)} after their end (95 %: "
            f"{seconds(report.latency_p95_s)}), final text {seconds(report.final_latency_median_s)} (95 %: "
            f"{seconds(report.final_latency_p95_s)}); chunks of {report.chunk_s:g} s and "
            f"{report.look_ahead_s:g} s ahead",
        )
    )
