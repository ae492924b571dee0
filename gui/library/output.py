"""What leaves an open transcript: files of every format, PDF, paper, the clipboard, a clip of sound."""

from __future__ import annotations

import threading
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from gui.library.clock import short_clock
from gui.library.document import Place
from gui.library.marks import chosen_text, chosen_times, nearest
from gui.library.paper import Paper, pdf_job, print_job
from gui.library.session import transcript_of
from gui.library.text_view import TranscriptTextView
from gui.messages import MessageAction
from gui.services import Services
from gui.worker import Job
from speechrnn.store.atomic import cannot_write, write_whole
from speechrnn.store.entries import Entry
from speechrnn.store.export_names import ExportFields, export_name
from speechrnn.transcript.editing import Line, shown_words
from speechrnn.transcript.formats import FORMATS
from speechrnn.transcript.subtitles import SubtitleOptions
from speechrnn.types import SAMPLE_RATE, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is open, as it stands now."""

    entry: Entry
    lines: tuple[Line, ...]


class Output(QObject):
    """Asks where to, and writes in a worker."""

    def __init__(
        self,
        parent: QWidget,
        services: Services,
        content: Callable[[], Content],
        view: TranscriptTextView,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._services = services
        self._content = content
        self._view = view
        self._folder: Path | None = None

    def fill_menu(self, menu: QMenu) -> None:
        """Puts every format into a menu."""
        for name, text in self._formats().items():
            action = menu.addAction(f"{text}  (.{name})")
            action.triggered.connect(lambda _=False, name=name: self.export(name))
        menu.addSeparator()
        menu.addAction(self.tr("PDF document  (.pdf)")).triggered.connect(self.export_pdf)

    def export(self, name: str) -> None:
        """Writes the transcript in one format, where the user says."""

        def write(path: Path) -> None:
            options = self._services.settings.current.subtitles
            self._run(export_job(self._content(), name, options, path))

        self._ask(FORMATS[name].suffix, self._formats()[name], write)

    def export_pdf(self) -> None:
        """Writes a PDF, where the user says."""
        self._ask(".pdf", self.tr("PDF document"), lambda path: self._run(pdf_job(self._paper(), path)))

    def print(self) -> None:
        """Prints, on the printer that the user chooses."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._content().entry.title)
        dialog = QPrintDialog(printer, self._window)
        # The dialog is kept till then: the printer is no QObject and nobody else holds it.
        dialog.accepted.connect(lambda: self._run(print_job(self._paper(), printer)))
        dialog.finished.connect(dialog.deleteLater)
        # The dialog's own `open` wants a slot by its C++ name.
        QDialog.open(dialog)

    def copy(self) -> None:
        """Puts the chosen words on the clipboard, or the caret's line."""
        choice = self._choice()
        if choice is not None:
            QGuiApplication.clipboard().setText(chosen_text(self._view.document, *choice))

    def copy_all(self) -> None:
        """Puts the whole text on the clipboard, lines as lines."""
        texts = (line.segment.text for line in self._content().lines)
        QGuiApplication.clipboard().setText("\n".join(texts))

    def export_clip(self) -> None:
        """Writes the sound of the chosen words, or of the caret's line, where the user says."""
        media, choice = self._content().entry.media, self._choice()
        if media is not None and choice is not None:
            start, end = chosen_times(self._view.document, *choice)
            self._ask(".wav", self.tr("Sound"), lambda path: self._run(clip_job(media, start, end, path)))

    def _choice(self) -> tuple[Place, Place] | None:
        """First and last word of the choice, or of the caret's line."""
        marks = self._view.marks
        caret = nearest(self._view.document, marks.caret)
        if marks.choice() is not None or caret is None:
            return marks.choice()
        n_words = len(shown_words(self._view.document.lines[caret.line].segment))
        return (Place(caret.line, 0), Place(caret.line, n_words - 1)) if n_words else None

    def _formats(self) -> dict[str, str]:
        return {
            "txt": self.tr("Plain text"),
            "docx": self.tr("Word document"),
            "md": self.tr("Markdown"),
            "srt": self.tr("SubRip subtitles"),
            "vtt": self.tr("WebVTT subtitles"),
            "csv": self.tr("Table, comma-separated"),
            "tsv": self.tr("Table, tab-separated"),
            "json": self.tr("JSON, everything there is"),
        }

    def _paper(self) -> Paper:
        content = self._content()
        created = _local(content.entry.created)
        subtitle = f"{created:%Y-%m-%d %H:%M}  ·  {short_clock(content.entry.duration)}"
        return Paper(
            title=content.entry.title, subtitle=subtitle, lines=content.lines, page_name=self.tr("Page")
        )

    def _ask(self, suffix: str, kind: str, write: Callable[[Path], None]) -> None:
        """Asks for a file; the dialog itself asks before one is replaced."""
        settings = self._services.settings.current
        entry = self._content().entry
        fields = ExportFields(name=entry.title, created=_local(entry.created), model=entry.model_id)
        folder = self._folder or settings.folders.exports or self._services.places.exports
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        name = export_name(settings.files.name_template, fields) + suffix
        dialog = QFileDialog(self._window, self.tr("Export"), str(folder / name), f"{kind} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.fileSelected.connect(lambda chosen: self._on_chosen(Path(chosen), write))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_chosen(self, path: Path, write: Callable[[Path], None]) -> None:
        self._folder = path.parent
        write(path)

    def _run(self, job: Job) -> None:
        self._services.workers.start(
            job, on_item=self._on_written, on_failed=self._services.messages.show_error
        )

    def _on_written(self, path: Path | None) -> None:
        if path is None:
            self._services.messages.show("ok", self.tr("Sent to the printer"))
            return
        action = MessageAction(text=self.tr("Show folder"), run=lambda: _show(path.parent))
        self._services.messages.show("ok", self.tr("{name} is written").format(name=path.name), action)


def export_job(
    content: Content, name: str, options: SubtitleOptions, path: Path
) -> Callable[[threading.Event], Iterator[Path]]:
    """Writes a transcript in one format and yields its path.

    Raises, when it runs:
        OutputError: the folder is read-only or full.
        DataError: json only: a number that JSON cannot hold.
    """

    def job(stop: threading.Event) -> Iterator[Path]:
        write_whole(path, FORMATS[name].to_bytes(transcript_of(content.entry, content.lines), options))
        yield path

    return job


def clip_job(
    media: Path, start: Seconds, end: Seconds, path: Path
) -> Callable[[threading.Event], Iterator[Path]]:
    """Writes a stretch of a recording as 16-bit WAV, 16 kHz mono, and yields its path.

    Raises, when it runs:
        AudioFormatError: the recording cannot be read.
        OutputError: the folder is read-only or full.
    """

    def job(stop: threading.Event) -> Iterator[Path]:
        # PyAV takes long to import, and a list of transcripts needs no sound.
        import numpy as np

        from speechrnn.audio.file import open_reader
        from speechrnn.audio.resample import Repairs, conform

        n_wanted, parts = round((end - start) * SAMPLE_RATE), []
        reader = open_reader(media)
        try:
            for block in conform(reader.blocks(start), Repairs()):
                if stop.is_set():
                    return
                parts.append(block[:n_wanted])
                n_wanted -= len(parts[-1])
                if not n_wanted:
                    break
        finally:
            reader.close()
        samples = np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
        pcm = (np.clip(samples, -1.0, 1.0) * 32767).round().astype("<i2")
        try:
            with wave.open(str(path), "wb") as stream:
                stream.setnchannels(1)
                stream.setsampwidth(2)
                stream.setframerate(SAMPLE_RATE)
                stream.writeframes(pcm.tobytes())
        except OSError as error:
            raise cannot_write(path, error) from error
        yield path

    return job


def _local(created: str) -> datetime:
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return datetime.now()
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
