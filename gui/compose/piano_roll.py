"""Piano roll: notes are drawn as they come, bars are locked by click or key, a playhead runs through."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from gui.compose.music_presenter import MusicPresenter
from gui.compose.roll_geometry import RollGeometry, bar_at, is_black, pitch_range
from gui.icons import pixmap
from gui.theme import Theme, ThemeSource
from speechrnn.music.tune import TICKS

_QUARTERS = (10.0, 16.0, 24.0, 36.0, 54.0)  # pixels, at plain text of 16 pixels


class PianoRoll(QWidget):
    """Draws what a presenter knows; changes nothing itself.

    Signals:
        lock_wanted: (int) of a bar, from 0.
        vary_wanted: (int) of a bar.
        seek_wanted: (int) a tick.
        cursor_moved: (int) another bar is the one that keys work on.
    """

    lock_wanted = Signal(int)
    vary_wanted = Signal(int)
    seek_wanted = Signal(int)
    cursor_moved = Signal(int)

    def __init__(self, theme: ThemeSource, presenter: MusicPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._presenter = theme, presenter
        self._zoom = 2
        self._playhead: int | None = None
        self._mark: tuple[int, int] | None = None
        self._range = pitch_range(())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Piano roll"))
        theme.changed.connect(self.update)
        self.refresh()

    def refresh(self) -> None:
        """The presenter has other notes, bars or locks."""
        self._range = pitch_range(self._presenter.notes)
        self.updateGeometry()
        self.setMinimumSize(self.minimumSizeHint())
        self._tell()
        self.update()

    def set_playhead(self, tick: int | None) -> None:
        """Moves the line of what is heard."""
        if tick != self._playhead:
            geometry = self.geometry_now()
            for at in (self._playhead, tick):
                if at is not None:
                    self.update(QRectF(geometry.x(at) - 3, 0, 6, self.height()).toAlignedRect())
            self._playhead = tick

    @property
    def playhead(self) -> int | None:
        """The tick of the line; None where nothing plays."""
        return self._playhead

    def mark(self, span: tuple[int, int] | None) -> None:
        """Marks a stretch of ticks, or none."""
        self._mark = span
        self.update()

    @property
    def marked(self) -> tuple[int, int] | None:
        """What is marked."""
        return self._mark

    def zoom(self, step: int) -> None:
        """Closer for 1, farther for -1."""
        self._zoom = min(max(self._zoom + step, 0), len(_QUARTERS) - 1)
        self.refresh()

    def geometry_now(self) -> RollGeometry:
        """The scales that it is drawn in."""
        line = self.fontMetrics().height()
        low, high = self._range
        top = line * 1.7
        row = max((self.height() - top) / (high - low + 1), line * 0.28)
        return RollGeometry(
            left=line * 2.4, top=top, quarter=_QUARTERS[self._zoom] * line / 16, row=row, low=low, high=high
        )

    def minimumSizeHint(self) -> QSize:
        """All bars, and every semitone to be seen."""
        line = self.fontMetrics().height()
        low, high = self._range
        end = max((note.start + note.length for note in self._presenter.notes), default=0)
        end = max(end, self._presenter.bar_edges()[-1])
        width = line * 2.4 + (end / TICKS + 1) * _QUARTERS[self._zoom] * line / 16
        return QSize(round(width), round(line * 1.7 + (high - low + 1) * line * 0.28))

    def sizeHint(self) -> QSize:
        """As the minimum."""
        return self.minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from bar to bar, L locks, V varies, Home and End, plus and minus."""
        bars, cursor = self._presenter.n_bars, self._presenter.cursor
        steps = {
            Qt.Key.Key_Left: cursor - 1,
            Qt.Key.Key_Right: cursor + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bars - 1,
        }
        key = Qt.Key(event.key())
        if key in steps and bars:
            self._go_to(min(max(steps[key], 0), bars - 1))
        elif key in (Qt.Key.Key_L, Qt.Key.Key_Return) and bars:
            self.lock_wanted.emit(cursor)
        elif key == Qt.Key.Key_V and bars:
            self.vary_wanted.emit(cursor)
        elif event.text() in ("+", "-"):
            self.zoom(1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a bar's number locks it; one among the notes goes there."""
        geometry, place = self.geometry_now(), event.position()
        tick = geometry.tick(place.x())
        bar = bar_at(self._presenter.bar_edges(), tick)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if bar >= 0 and not self._presenter.growing:
            self._go_to(bar)
            if place.y() < geometry.top:
                self.lock_wanted.emit(bar)
                return
        self.seek_wanted.emit(tick)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two is one more click: a bar that is clicked twice is as it was."""
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the bar that keys work on."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides it."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, bars, notes, playhead; only what lies in the part that is asked for."""
        theme, geometry = self._theme.current, self.geometry_now()
        area = QRectF(event.rect())
        painter = QPainter(self)
        painter.fillRect(area, QColor(theme.surface))
        _draw_rows(painter, theme, geometry, area)
        self._draw_bars(painter, theme, geometry, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mark is not None:
            left, right = geometry.x(self._mark[0]), geometry.x(self._mark[1])
            shade = QColor(theme.doubt)
            shade.setAlphaF(0.22)
            painter.fillRect(QRectF(left, geometry.top, right - left, self.height()), shade)
            painter.fillRect(QRectF(left, geometry.top, right - left, 3), QColor(theme.doubt))
        self._draw_notes(painter, theme, geometry, area)
        _draw_keyboard(painter, theme, geometry, self.fontMetrics().height())
        if self._playhead is not None:
            x = geometry.x(self._playhead)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(QRectF(self.visibleRegion().boundingRect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_bars(self, painter: QPainter, theme: Theme, geometry: RollGeometry, area: QRectF) -> None:
        edges, locked = self._presenter.bar_edges(), self._presenter.state.locked
        growing = self._presenter.growing
        metrics, line = painter.fontMetrics(), self.fontMetrics().height()
        for number, start in enumerate(edges):
            x = geometry.x(start)
            end = geometry.x(edges[number + 1]) if number + 1 < len(edges) else x
            if end < area.left() or x > area.right():
                continue
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            if number + 1 >= len(edges):
                break
            is_locked = number in locked and not growing
            if is_locked:
                painter.fillRect(QRectF(x + 1, 0, end - x - 1, self.height()), _veil(theme))
                painter.fillRect(QRectF(x + 1, 0, end - x - 1, geometry.top), QColor(theme.selection))
            cursor = number == self._presenter.cursor and self.hasFocus() and not growing
            if cursor:
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRect(QRectF(x + 2, 2, end - x - 3, geometry.top - 4))
            label = str(number + 1)
            if metrics.horizontalAdvance(label) + 8 < end - x:
                painter.setPen(QColor(theme.text if is_locked or cursor else theme.text_dim))
                painter.drawText(QPointF(x + 6, line * 1.2), label)
                if is_locked and end - x > line * 2.4:
                    lock = pixmap("lock", theme.accent, round(line * 0.95), self.devicePixelRatioF())
                    painter.drawPixmap(QPointF(x + 10 + metrics.horizontalAdvance(label), line * 0.35), lock)
        painter.setPen(QPen(QColor(theme.control), 1))
        painter.drawLine(QPointF(0, geometry.top), QPointF(self.width(), geometry.top))

    def _draw_notes(self, painter: QPainter, theme: Theme, geometry: RollGeometry, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        muted = self._presenter.muted
        colours = voice_colours(theme)
        for note in self._presenter.notes:
            left, right = geometry.x(note.start), geometry.x(note.start + note.length)
            if right < area.left() or left > area.right():
                continue
            place = QRectF(
                left + 0.5, geometry.y(note.pitch), max(right - left - 1.5, 2.0), geometry.row - 0.5
            )
            colour = QColor(colours[note.voice % len(colours)])
            if note.voice in muted:
                colour.setAlphaF(0.25)
            painter.setBrush(colour)
            radius = min(3.0, place.height() / 3)
            painter.drawRoundedRect(place, radius, radius)
            played = self._playhead is not None and note.start <= self._playhead < note.start + note.length
            if played and note.voice not in muted:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.text), 1.5))
                painter.drawRoundedRect(place, radius, radius)
                painter.setPen(Qt.PenStyle.NoPen)

    def _go_to(self, bar: int) -> None:
        self._presenter.cursor = bar
        self._tell()
        self.update()
        self.cursor_moved.emit(bar)

    def _tell(self) -> None:
        """What a screen reader says."""
        bars, notes = self._presenter.n_bars, len(self._presenter.notes)
        if not bars:
            self.setAccessibleDescription(self.tr("No notes yet"))
            return
        bar = min(self._presenter.cursor, bars - 1)
        locked = bar in self._presenter.state.locked
        text = (
            self.tr("{notes} notes; bar {bar} of {bars}, locked")
            if locked
            else self.tr("{notes} notes; bar {bar} of {bars}")
        )
        self.setAccessibleDescription(text.format(notes=notes, bar=bar + 1, bars=bars))


class RollScroll(QScrollArea):
    """Scrolls through a piano roll and follows the playhead."""

    def __init__(self, roll: PianoRoll) -> None:
        super().__init__()
        self._roll = roll
        self.setWidget(roll)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        roll.cursor_moved.connect(self._show_bar)

    def sizeHint(self) -> QSize:
        """A few lines: it grows with its place, and is no reason to scroll what it is in."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * 8)

    def follow(self, tick: int) -> None:
        """Turns the page when the playhead leaves it."""
        x = round(self._roll.geometry_now().x(tick))
        bar = self.horizontalScrollBar()
        seen = bar.value()
        if not seen <= x <= seen + self.viewport().width() - 24:
            bar.setValue(max(0, x - self.viewport().width() // 8))

    def _show_bar(self, number: int) -> None:
        edges = self._roll._presenter.bar_edges()
        if 0 <= number < len(edges) - 1:
            geometry = self._roll.geometry_now()
            middle = (geometry.x(edges[number]) + geometry.x(edges[number + 1])) / 2
            self.ensureVisible(round(middle), 0, round(geometry.x(edges[1]) if len(edges) > 1 else 50), 0)


def voice_colours(theme: Theme) -> tuple[str, str, str, str]:
    """Of the voices, the highest first; all differ from the ground as the theme's texts do."""
    return (theme.accent, theme.doubt, theme.ok, theme.error)


def _veil(theme: Theme) -> QColor:
    colour = QColor(theme.selection)
    colour.setAlphaF(0.45)
    return colour


def _draw_rows(painter: QPainter, theme: Theme, geometry: RollGeometry, area: QRectF) -> None:
    """Black keys a shade darker, a line below each C."""
    shade = QColor(theme.raised)
    shade.setAlphaF(0.55)
    for pitch in range(geometry.low, geometry.high + 1):
        y = geometry.y(pitch)
        if is_black(pitch):
            painter.fillRect(QRectF(area.left(), y, area.width(), geometry.row), shade)
        if pitch % 12 == 0:
            painter.setPen(QPen(QColor(theme.border), 1))
            bottom = y + geometry.row
            painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom))


def _draw_keyboard(painter: QPainter, theme: Theme, geometry: RollGeometry, line: int) -> None:
    """The names of the Cs at the left."""
    width = geometry.left - 4
    painter.fillRect(QRectF(0, 0, width, geometry.height), QColor(theme.window))
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.drawLine(QPointF(width, 0), QPointF(width, geometry.height))
    painter.setPen(QColor(theme.text_dim))
    for pitch in range(geometry.low, geometry.high + 1):
        if pitch % 12 == 0:
            baseline = geometry.y(pitch) + geometry.row
            painter.drawText(QPointF(6, baseline - 1), f"C{pitch // 12 - 1}")
            painter.drawLine(QPointF(width - line * 0.5, baseline), QPointF(width, baseline))
