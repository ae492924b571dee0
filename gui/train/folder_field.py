"""The field for the folder: where to drop it, how else to choose it, and what was found in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.icons import pixmap
from gui.theme import ThemeSource
from gui.train.presenter import Form
from gui.train.wording import Wording


class FolderField(QWidget):
    """A frame of dashes with a button; folders are dropped on the whole page.

    Attributes:
        button: opens the dialog.

    Signals:
        chosen: (object) a path.
    """

    chosen = Signal(object)

    def __init__(self, theme: ThemeSource, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self._over = False
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        self._heading = self._label("heading")
        self._heading.setText(self.tr("Drop a folder here"))
        self._found = self._label("")
        self._advice = self._label("dim")
        self._lost = self._label("warning")
        self._problem = self._label("error")
        self.button = QPushButton(self.tr("Choose a folder…"))
        self.button.clicked.connect(self.ask)
        words = QVBoxLayout()
        for part in (self._heading, self._found, self._lost, self._advice, self._problem):
            words.addWidget(part)
        line = self.fontMetrics().height()
        row = QHBoxLayout(self)
        row.setContentsMargins(line, line * 3 // 4, line, line * 3 // 4)
        row.setSpacing(line * 3 // 4)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._show_icon)
        self._show_icon()

    def show_form(self, form: Form, problem: str) -> None:
        """Shows what was found, and what is wrong with it."""
        material, wording = form.material, self._wording
        if form.looked is not None:
            text = self.tr("Looking through the folder… {n} files so far")
            heading, found = self.tr("One moment"), text.format(n=wording.number(form.looked))
        elif material is None:
            heading = self.tr("Drop a folder here")
            found = self.tr("With texts (.txt, .md, .py and others), or with tunes (.abc, .mid).")
        else:
            heading, found = material.folder.name or str(material.folder), wording.found(material)
        self._heading.setText(heading)
        self._heading.setToolTip(str(material.folder) if material else "")
        lost = wording.lost(material) if material else ""
        for label, text in (
            (self._found, found),
            (self._lost, lost),
            (self._advice, wording.advice(form)),
            (self._problem, problem),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.button.setText(
            self.tr("Choose a folder…") if material is None else self.tr("Choose another folder…")
        )
        self.button.setAccessibleDescription("\n".join(filter(None, (found, lost, problem))))

    def show_over(self, over: bool) -> None:
        """Shows that something is held over the page."""
        self._over = over
        self.update()

    def ask(self) -> None:
        """Lets the user choose a folder."""
        dialog = QFileDialog(self.window(), self.tr("What shall it learn from?"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.chosen.emit(Path(path)) if path else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the frame."""
        theme, unit = self._theme.current, self.fontMetrics().height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.raised if self._over else theme.surface))
        pen = QPen(QColor(theme.accent if self._over else theme.control), 2 if self._over else 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), unit / 2, unit / 2)

    def _label(self, role: str) -> QLabel:
        label = QLabel(wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            label.setProperty("role", role)
        return label

    def _show_icon(self) -> None:
        side = round(1.8 * self.fontMetrics().height())
        self._icon.setPixmap(pixmap("folder", self._theme.current.text_dim, side, self.devicePixelRatioF()))
        self.update()
