"""`speechrnn compose`: text and music by the networks, shown as they are made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from speechrnn.cli import compose_options as opt
from speechrnn.cli.console import say, write_result
from speechrnn.cli.output import write_new
from speechrnn.errors import BundleError, ConfigError, DataError, SpeechRnnError

if TYPE_CHECKING:
    from speechrnn.decoding.sampling import SamplingOptions
    from speechrnn.pipeline.compose import Composer, MusicRequest, TextRequest, TextToken


def compose(
    what: opt.WhatArgument,
    model: opt.ModelOption = None,
    primer: opt.PrimerOption = None,
    primer_file: opt.PrimerFileOption = None,
    seed: opt.SeedOption = 1,
    temperature: opt.TemperatureOption = 0.8,
    top_k: opt.TopKOption = 0,
    top_p: opt.TopPOption = 1.0,
    min_p: opt.MinPOption = 0.02,
    repetition_guard: opt.GuardOption = 0.0,
    length: opt.LengthOption = None,
    stop: opt.StopOption = None,
    variations: opt.VariationsOption = 1,
    key: opt.KeyOption = "D",
    meter: opt.MeterOption = "4/4",
    bars: opt.BarsOption = 0,
    harmonise: opt.HarmoniseOption = None,
    tempo: opt.TempoOption = None,
    title: opt.TitleOption = "",
    format_name: opt.FormatOption = None,
    output: opt.OutputOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a result that is there already.")
    ] = False,
    again: opt.AgainOption = None,
) -> None:
    """Compose text or music.

    Text goes to stdout as it is made; music as ABC when it is done. What it takes to make the same again
    (model, settings, seed) stands in every file but plain text, and for plain text on stderr: --again reads
    it, and gives the same bytes on the same kind of processor.
    """
    # torch takes seconds to import.
    from speechrnn.decoding.sampling import SamplingOptions

    target = _Target(
        format=_format(what, format_name, output or again, output, variations),
        output=output,
        overwrite=overwrite,
        n=variations,
    )
    if again is not None:
        _remake(again, what, model, target)
        return
    sampling = _checked(
        lambda: SamplingOptions(
            temperature=temperature,
            top_k=top_k,
            top_p=top_p,
            min_p=min_p,
            repetition_guard=repetition_guard,
        )
    )
    if primer is not None and primer_file is not None:
        raise typer.BadParameter("--primer and --primer-file exclude each other: give one of them")
    wish = _Wish(
        primer=primer,
        primer_file=primer_file,
        harmonise=harmonise,
        seed=seed,
        sampling=sampling,
        length=length,
        stop=tuple(stop or ()),
        key=key,
        meter=meter,
        bars=bars,
        tempo=tempo,
        title=title,
    )
    if what is opt.What.TEXT:
        _compose_text(wish, model, variations, target)
    else:
        _compose_music(wish, model, variations, target)


Value = TypeVar("Value")


def _checked(make: Callable[[], Value]) -> Value:
    """A value out of range is wrong usage."""
    try:
        return make()
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def _naming(source: Path | str) -> Iterator[None]:
    """Puts the name of what was read before what is wrong with it."""
    try:
        yield
    except SpeechRnnError as error:
        raise DataError(f"{source}: {str(error).removeprefix(f'{source} ')}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What was asked for, as it stands on the command line."""

    primer: str | None
    primer_file: Path | None
    harmonise: Path | None
    seed: int
    sampling: SamplingOptions
    length: int | None
    stop: tuple[str, ...]
    key: str
    meter: str
    bars: int
    tempo: float | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Where results go."""

    format: opt.ComposedFormat
    output: Path | None
    overwrite: bool
    n: int

    def write(self, content: bytes, number: int) -> None:
        """A result: `number` counts from 1."""
        if self.output is None:
            write_result(content)
            return
        path = self.output
        if self.n > 1:
            path = path.with_name(f"{path.stem}-{number}{path.suffix}")
        write_new(path, content, replace=self.overwrite)


def _format(
    what: opt.What,
    format_name: opt.ComposedFormat | None,
    like: Path | None,
    output: Path | None,
    n: int,
) -> opt.ComposedFormat:
    """The format that is named, else the one of a file that the result will be or be like."""
    from speechrnn.pipeline.compose_export import MUSIC_FORMATS, SUFFIXES, TEXT_FORMATS

    known: Sequence[str] = TEXT_FORMATS if what is opt.What.TEXT else MUSIC_FORMATS
    chosen = SUFFIXES.get(like.suffix.lower()) if like is not None else None
    name = known[0] if chosen is None or chosen not in known else chosen
    name = name if format_name is None else format_name.value
    if name not in known:
        raise typer.BadParameter(f"{what.value} is not written as {name}: choose one of {', '.join(known)}")
    binary = name in ("midi", "wav")
    if output is None and binary and sys.stdout.isatty():
        raise typer.BadParameter(f"a terminal cannot show {name}: add --output FILE, or redirect stdout")
    if output is None and n > 1 and name not in ("txt", "abc", "json"):
        raise typer.BadParameter(f"{n} results do not fit one {name} on stdout: add --output FILE")
    if not 1 <= n <= 1000:
        raise typer.BadParameter(f"variations is {n}; expected 1 to 1000")
    return opt.ComposedFormat(name)


def _load(model: str | None, what: opt.What, *, harmonise: bool = False) -> Composer:
    """The composer that is named, or the first that fits."""
    from speechrnn.pipeline.compose import Composer, composing_bundles, kind_of

    kinds = ("text",) if what is opt.What.TEXT else ("chorale",) if harmonise else ("folk", "chorale")
    if model is not None:
        composer = Composer.load(model)
        if (composer.kind == "text") != (what is opt.What.TEXT):
            other = "text" if composer.kind == "text" else "music"
            raise BundleError(f"{composer.bundle_id} makes {other}: say `speechrnn compose {other}`")
        return composer
    bundles = composing_bundles()
    for kind in kinds:
        for bundle in bundles:
            if kind_of(bundle) == kind:
                return Composer(bundle)
    recipe = {"text": "text-prose", "chorale": "music-chorale", "folk": "music-folk"}[kinds[0]]
    raise BundleError(
        f"there is no model that composes {what.value} here: train one with `speechrnn train "
        f"recipes/{recipe}.toml`, or name its folder with --model"
    )


def _compose_text(wish: _Wish, model: str | None, n: int, target: _Target) -> None:
    from speechrnn.pipeline.compose import TextRequest, variations
    from speechrnn.pipeline.compose_export import read_bytes

    primer = wish.primer or ""
    if wish.primer_file is not None:
        try:
            primer = read_bytes(wish.primer_file).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError(
                f"{wish.primer_file} is not UTF-8 text at byte {error.start}: save it as UTF-8"
            ) from error
    request = _checked(
        lambda: TextRequest(
            primer=primer,
            length=400 if wish.length is None else wish.length,
            seed=wish.seed,
            stop=wish.stop,
            sampling=wish.sampling,
        )
    )
    composer = _load(model, opt.What.TEXT)
    heard = composer.heard_primer(primer)
    if heard.missing:
        say(
            f"{composer.bundle_id} cannot write {' '.join(heard.missing[:20])}"
            f"{' and more' if len(heard.missing) > 20 else ''}: left out of the primer"
        )
    _write_texts(composer, variations(request, n), target)


def _write_texts(composer: Composer, requests: Sequence[TextRequest], target: _Target) -> None:
    from speechrnn.pipeline.compose_export import export_text, text_table, to_json
    from speechrnn.pipeline.compose_requests import n_characters

    tables = []
    for number, request in enumerate(requests, start=1):
        streamed = target.output is None and target.format is opt.ComposedFormat.TXT
        if streamed and number > 1:
            write_result(b"\n\n")
        made: list[TextToken] = []
        stopped = False
        try:
            for token in composer.write(request):
                made.append(token)
                if streamed:
                    write_result(token.text.encode("utf-8"))
        except KeyboardInterrupt:
            stopped = True
        provenance = composer.provenance(request, n_characters(made) if stopped else None)
        if streamed:
            write_result(b"\n")
        if target.format is opt.ComposedFormat.TXT:
            say(provenance.to_json())  # also behind Ctrl-C: what there is by then can be made again
        if stopped:
            raise KeyboardInterrupt
        if target.format is opt.ComposedFormat.JSON and target.output is None:
            tables.append(text_table(made, provenance))
        elif not streamed:
            target.write(export_text(made, provenance, target.format.value), number)
    if tables:
        write_result(to_json(tables[0] if len(tables) == 1 else tables))


def _compose_music(wish: _Wish, model: str | None, n: int, target: _Target) -> None:
    from speechrnn.music.abc_reader import parse_key
    from speechrnn.pipeline.compose import MusicRequest, variations

    key = _checked(lambda: parse_key(wish.key))
    plain = _checked(
        lambda: MusicRequest(
            seed=wish.seed,
            sampling=wish.sampling,
            key=key,
            meter=wish.meter,
            bars=wish.bars,
            tempo=120.0 if wish.tempo is None else wish.tempo,
            title=wish.title,
            max_events=0 if wish.length is None else wish.length,
        )
    )
    if wish.length == 0:
        raise typer.BadParameter("length is 0; expected at least 1")
    if wish.harmonise is not None and (wish.primer is not None or wish.primer_file is not None):
        raise typer.BadParameter("--harmonise and a primer exclude each other: give one of them")
    request = None if wish.harmonise is None else _harmonising(wish, plain)
    composer = _load(model, opt.What.MUSIC, harmonise=wish.harmonise is not None)
    if request is None:
        request = _continuing(wish, plain, composer)
    _write_tunes(composer, variations(request, n), target)


def _harmonising(wish: _Wish, plain: MusicRequest) -> MusicRequest:
    from speechrnn.music.abc_reader import AbcTune, play_out
    from speechrnn.pipeline.compose_export import read_tune

    assert wish.harmonise is not None
    with _naming(wish.harmonise):
        melody = read_tune(wish.harmonise)
    tune = play_out(melody) if isinstance(melody, AbcTune) else melody
    tune = tune if wish.tempo is None else replace(tune, tempo=wish.tempo)
    return replace(plain, action="harmonise", melody=tune)


def _continuing(wish: _Wish, plain: MusicRequest, composer: Composer) -> MusicRequest:
    """With the primer, where there is one; an empty one is none."""
    from speechrnn.music.abc_reader import parse_abc
    from speechrnn.pipeline.compose_export import read_tune

    if wish.primer_file is not None:
        with _naming(wish.primer_file):
            piece = composer.piece(read_tune(wish.primer_file))
    elif wish.primer is not None and wish.primer.strip():
        with _naming("--primer"):
            piece = composer.piece(parse_abc(wish.primer))
    else:
        return plain
    piece = piece if wish.tempo is None else replace(piece, tempo=wish.tempo)
    return replace(plain, action="continue", piece=piece)


def _write_tunes(composer: Composer, requests: Sequence[MusicRequest], target: _Target) -> None:
    from speechrnn.pipeline.compose_export import export_piece, music_table, to_json

    tables = []
    for number, request in enumerate(requests, start=1):
        events = list(composer.compose(request))
        piece, provenance = composer.assemble(request, events), composer.provenance(request)
        if target.format is opt.ComposedFormat.JSON and target.output is None:
            tables.append(music_table(piece, events, provenance))
            continue
        as_collection = target.output is None and target.format is opt.ComposedFormat.ABC
        if as_collection and number > 1:
            write_result(b"\n")  # an empty line ends a tune
        content = export_piece(
            piece, events, provenance, target.format.value, number=number if as_collection else 1
        )
        target.write(content, number)
    if tables:
        write_result(to_json(tables[0] if len(tables) == 1 else tables))


def _remake(again: Path, what: opt.What, model: str | None, target: _Target) -> None:
    from speechrnn.pipeline.compose import Provenance, TextRequest
    from speechrnn.pipeline.compose_export import read_bytes

    with _naming(again):
        provenance = Provenance.find(read_bytes(again))
    is_text = isinstance(provenance.request, TextRequest)
    if is_text != (what is opt.What.TEXT):
        kind = "text" if is_text else "music"
        raise ConfigError(f"{again} was made as {kind}: say `speechrnn compose {kind} --again {again}`")
    composer = _load(model or provenance.bundle, what)
    if composer.bundle_sha256 != provenance.bundle_sha256:
        raise BundleError(
            f"{again} was made by the bundle {provenance.bundle} with the SHA-256 "
            f"{provenance.bundle_sha256[:12]}, but {composer.bundle_id} here has "
            f"{composer.bundle_sha256[:12]}: name the folder of the other one with --model"
        )
    if isinstance(provenance.request, TextRequest):
        _write_texts(composer, [provenance.request], target)
    else:
        _write_tunes(composer, [provenance.request], target)
