"""The export formats by name: what `--format` offers. Pure: a transcript in, text or bytes out.

A format's file is written as the bytes of `Format.to_bytes`: the text forms fix their own line ends, which
a text file of Python would change on Windows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from speechrnn.transcript.csv import render_csv
from speechrnn.transcript.document import Transcript, to_json
from speechrnn.transcript.md import render_md
from speechrnn.transcript.srt import render_srt
from speechrnn.transcript.subtitles import SubtitleOptions
from speechrnn.transcript.tsv import render_tsv
from speechrnn.transcript.txt import render_txt
from speechrnn.transcript.vtt import render_vtt


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a transcript.

    Attributes:
        name: as the command line spells it.
        suffix: of its files, with the dot.
        binary: whether `render` gives bytes; a terminal is no place for them.
        render: the content; equal transcripts and options give equal content.
    """

    name: str
    suffix: str
    binary: bool
    render: Callable[[Transcript, SubtitleOptions], str | bytes]

    def to_bytes(self, transcript: Transcript, options: SubtitleOptions | None = None) -> bytes:
        """The file's content; text as UTF-8.

        Raises:
            DataError: json only, see `to_json`.
        """
        content = self.render(transcript, options or SubtitleOptions())
        return content if isinstance(content, bytes) else content.encode()


def _without_options(render: Callable[[Transcript], str]) -> Callable[[Transcript, SubtitleOptions], str]:
    return lambda transcript, options: render(transcript)


def _docx(transcript: Transcript, options: SubtitleOptions) -> bytes:
    # Imported here: python-docx loads lxml and its template, which nobody else should wait for.
    from speechrnn.transcript.docx import render_docx

    return render_docx(transcript)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.name: format_
        for format_ in (
            Format(name="txt", suffix=".txt", binary=False, render=_without_options(render_txt)),
            Format(name="srt", suffix=".srt", binary=False, render=render_srt),
            Format(name="vtt", suffix=".vtt", binary=False, render=render_vtt),
            Format(name="json", suffix=".json", binary=False, render=_without_options(to_json)),
            Format(name="csv", suffix=".csv", binary=False, render=_without_options(render_csv)),
            Format(name="tsv", suffix=".tsv", binary=False, render=_without_options(render_tsv)),
            Format(name="md", suffix=".md", binary=False, render=_without_options(render_md)),
            Format(name="docx", suffix=".docx", binary=True, render=_docx),
        )
    }
)
