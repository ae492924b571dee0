"""The words for the states of files, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale, QObject

from gui.files.rows import RUNNING, Row, Status, Totals
from gui.library.clock import short_clock
from speechrnn.audio.file import AudioTrack
from speechrnn.types import Seconds


class Wording(QObject):
    """Says what rows say."""

    def state(self, row: Row) -> str:
        """What happens with a file, in a word or two."""
        if row.status == "done" and not row.n_words:
            return self.tr("No speech found")
        return self._states()[row.status]

    def parts(self, row: Row) -> list[str]:
        """State, progress and speed of a file."""
        parts = [self.state(row)]
        if row.status in RUNNING or row.status in ("paused", "cancelled"):
            parts += self._progress(row)
        if row.status == "done" and row.n_words:
            parts.append(self.words(row.n_words))
        return parts

    def line(self, row: Row) -> str:
        """The line below the title: the problem, or else the parts."""
        return self.problem(row) or "  ·  ".join(self.parts(row))

    def problem(self, row: Row) -> str:
        """What is wrong with a file, as a sentence; empty where all is well."""
        text = row.problem
        if text.startswith(row.job.path.name):
            return text
        return text[:1].upper() + text[1:]

    def aside(self, row: Row) -> str:
        """What stands at the end of a row: the time left, or the length of the recording."""
        if row.left_s is not None:
            return self.left(row.left_s)
        return short_clock(row.duration) if row.duration else ""

    def spoken(self, row: Row) -> str:
        """The row for those who do not see it."""
        return ". ".join(filter(None, (row.job.title, self.line(row), self.aside(row))))

    def left(self, seconds: Seconds) -> str:
        """A time to wait, no more exact than it is known."""
        return self.tr("{time} left").format(time=self.span(seconds))

    def span(self, seconds: Seconds) -> str:
        """A length of time, rounded."""
        if seconds < 55:
            return self.tr("{n} s").format(n=max(5 * round(seconds / 5), 5))
        minutes = max(round(seconds / 60), 1)
        if minutes < 60:
            return self.tr("{n} min").format(n=minutes)
        hours, minutes = divmod(minutes, 60)
        if not minutes:
            return self.tr("{hours} h").format(hours=hours)
        return self.tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)

    def speed(self, speed: float) -> str:
        """How quick it is, against the length of the recording."""
        digits = 1 if speed < 9.95 else 0
        return self.tr("{n}× real time").format(n=QLocale().toString(float(speed), "f", digits))

    def words(self, n: int) -> str:
        """A number of words."""
        return self.tr("%Ln word(s)", "", n)

    def files(self, n: int) -> str:
        """A number of files."""
        return self.tr("%Ln file(s)", "", n)

    def totals(self, totals: Totals) -> str:
        """The line above the queue."""
        if not totals.n_all:
            return ""
        counts = {"done": totals.n_done, "all": totals.n_all}
        parts = [self.tr("{done} of {all} done").format(**counts)]
        if totals.n_failed:
            parts.append(self.tr("{n} failed").format(n=totals.n_failed))
        if totals.n_paused:
            parts.append(self.tr("{n} paused").format(n=totals.n_paused))
        if totals.speed:
            parts.append(self.speed(totals.speed))
        if totals.left_s is not None and totals.n_running:
            parts.append(self.left(totals.left_s))
        return self.joined(parts)

    def track(self, track: AudioTrack) -> str:
        """An audio track, as the file describes it."""
        name = self.tr("Track {n}").format(n=track.index + 1)
        channels = {1: self.tr("mono"), 2: self.tr("stereo")}.get(
            track.channels, self.tr("{n} channels").format(n=track.channels)
        )
        language = QLocale.languageToString(QLocale.codeToLanguage(track.language or ""))
        known = language if track.language and language not in ("", "C") else track.language
        return "  ·  ".join(filter(None, (name, track.title, known, channels)))

    def joined(self, parts: Iterable[str]) -> str:
        """Parts of a line, which may be broken between them only."""
        return "\u00a0\u00a0·  ".join(part.replace(" ", "\u00a0") for part in parts if part)

    def _progress(self, row: Row) -> list[str]:
        parts = []
        if row.status in ("hearing", "learning"):
            return [self.tr("{n} %").format(n=int(row.learned * 100))]
        if row.share is not None and (row.done_s or row.status == "listening"):
            parts.append(self.tr("{n} %").format(n=int(row.share * 100)))
        if row.speed:
            parts.append(self.speed(row.speed))
        return parts

    def _states(self) -> dict[Status, str]:
        return {
            "waiting": self.tr("Waiting"),
            "paused": self.tr("Paused"),
            "opening": self.tr("Opening"),
            "loading": self.tr("Loading the model"),
            "hearing": self.tr("Hearing it for the first time"),
            "learning": self.tr("Learning from what was heard"),
            "finding": self.tr("Finding where it stopped"),
            "listening": self.tr("Transcribing"),
            "writing": self.tr("Writing the results"),
            "pausing": self.tr("Pausing…"),
            "cancelling": self.tr("Cancelling…"),
            "removing": self.tr("Removing…"),
            "elsewhere": self.tr("Running in another window"),
            "done": self.tr("Done"),
            "failed": self.tr("Failed"),
            "cancelled": self.tr("Cancelled"),
        }
