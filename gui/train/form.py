"""The form for a new training."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.settings.fields import Choice, NumberField, Row, Words
from gui.theme import ThemeSource
from gui.train.folder_field import FolderField
from gui.train.plan import HIDDEN, LENGTHS, LONGEST_NAME
from gui.train.presenter import Field, TrainPresenter
from gui.train.wording import Wording

_WIDEST = 84  # letters


class TrainForm(QWidget):
    """Shows and changes the form of a presenter.

    Attributes:
        folder: where the folder is chosen.
        name: the name of the model.
        begin: the button that starts.

    Signals:
        wanted: the user wants to start.
    """

    wanted = Signal()

    def __init__(
        self, theme: ThemeSource, wording: Wording, start: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wording = wording
        self._area = QScrollArea(widgetResizable=True)
        self._presenter: TrainPresenter | None = None
        self._words = Words(self)
        self._words.hide()
        self.folder = FolderField(theme, wording)
        self._make_fields()
        self.begin = QPushButton(self.tr("Start training"))
        self.begin.setProperty("kind", "primary")
        self.begin.clicked.connect(start.trigger)
        self._why_not = QLabel(wordWrap=True)
        self._why_not.setProperty("role", "dim")
        self._lay_out()

    def join(self, presenter: TrainPresenter) -> None:
        """Connects the fields."""
        self._presenter = presenter
        self.folder.chosen.connect(presenter.look)
        self._kind.activated.connect(lambda _at: presenter.choose_kind(self._kind.currentData()))
        self.name.textEdited.connect(presenter.set_name)
        self._replace.toggled.connect(presenter.set_replace)
        self._size.activated.connect(lambda _at: presenter.set_size(self._size.currentData()))
        self._unit.activated.connect(lambda _at: presenter.set_unit(self._unit.currentData()))
        for field in self._lengths.values():
            field.typed.connect(presenter.type_length)
            field.stepped.connect(presenter.step_length)
        self._start.activated.connect(lambda _at: presenter.set_start(self._start.currentData()))
        self.show_form()

    def show_form(self) -> None:
        """Shows what the presenter knows."""
        presenter, wording = self._presenter, self._wording
        if presenter is None:
            return
        form = presenter.form
        problem = presenter.folder_problem()
        # Before Start is pressed nobody is told that he has not chosen yet.
        early = problem in ("none", "looking") and not form.asked
        self.folder.show_form(form, "" if early else wording.folder_problem(problem, form))
        self._kind.setCurrentIndex(self._kind.findData(form.kind))
        if self.name.text().strip() != form.name:
            self.name.setText(form.name)
        self._show_name()
        self._show_start()
        self._show_size()
        self._unit.setCurrentIndex(self._unit.findData(form.unit))
        for unit, field in self._lengths.items():
            field.setVisible(unit == form.unit)
            if unit == form.unit and not form.length_problem:
                field.show_value(form.lengths[unit])
        self._length_row.show_problem(self._words.problem(form.length_problem))
        self.begin.setEnabled(not presenter.busy)
        running = presenter.running
        self._why_not.setText(
            self.tr("“{name}” is being trained: one at a time.").format(name=running) if running else ""
        )
        self._why_not.setVisible(bool(running))

    def focus(self, field: Field) -> None:
        """Puts the focus on a field, and it into sight."""
        presenter = self._presenter
        unit = presenter.form.unit if presenter else "minutes"
        control = {
            "folder": self.folder.button,
            "name": self.name,
            "length": self._lengths[unit],
            "start": self._start,
        }[field]
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(control)

    def take_typed(self) -> None:
        """What is being typed counts, too."""
        for field in self._lengths.values():
            if field.isVisible():
                field.typed.emit(field.text())

    def _show_name(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        form, same = presenter.form, presenter.same_name
        problem = presenter.name_problem()
        if problem == "empty" and not form.asked:
            problem = ""
        self._name_row.show_problem(self._wording.name_problem(problem, same))
        self._replace.setVisible(same is not None)
        self._replace.blockSignals(True)
        self._replace.setChecked(form.replace and same is not None)
        self._replace.blockSignals(False)

    def _show_start(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        starts = [("", self.tr("Nothing: it learns from the beginning"))]
        starts += [(model.id, model.id) for model in presenter.starts]
        if starts != [(self._start.itemData(i), self._start.itemText(i)) for i in range(self._start.count())]:
            self._start.clear()
            for data, text in starts:
                self._start.addItem(text, data)
        chosen = presenter.start_model
        self._start.setCurrentIndex(max(0, self._start.findData(chosen.id if chosen else "")))
        self._start.setEnabled(not (presenter.form.replace and presenter.same_name))
        self._start_row.show_problem(self._wording.unknown(presenter.unknown_share()))

    def _show_size(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        chosen = presenter.start_model
        self._size.setCurrentIndex(self._size.findData(presenter.form.size))
        self._size.setEnabled(chosen is None)
        if chosen is None:
            about = self._wording.size_about(presenter.form.size)
        else:
            text = self.tr("As the model it starts from: {size}.")
            about = text.format(size=self._wording.size_of(chosen.hidden_size))
        self._size_row.set_about(about)
        self._size.setAccessibleDescription(about)

    def _make_fields(self) -> None:
        self._kind = Choice()
        self._kind.addItem(self.tr("Text"), "text")
        self._kind.addItem(self.tr("Tunes"), "folk")
        self._kind_row = Row(
            self.tr("It learns"), self._kind, self.tr("Found by itself; change it where that is wrong.")
        )
        self.name = QLineEdit(maxLength=2 * LONGEST_NAME)
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name.setFixedWidth(self.fontMetrics().averageCharWidth() * 32)
        self._name_row = Row(
            self.tr("Name of the model"),
            self.name,
            self.tr("The Compose page shows it under this name."),
        )
        self._replace = QCheckBox(self.tr("Go on from that model; what comes out takes its place"))
        self._size = Choice()
        for size in HIDDEN:
            self._size.addItem(self._wording.size(size), size)
        self._size_row = Row(self.tr("Size"), self._size, "")
        self._size_row.set_about(" ")
        self._make_length()
        self._start = Choice()
        self._start_row = Row(
            self.tr("Start from"),
            self._start,
            self.tr("A model that knows the language already needs less text, and less time."),
        )

    def _make_length(self) -> None:
        self._unit = Choice()
        self._unit.addItem(self.tr("minutes"), "minutes")
        self._unit.addItem(self.tr("times through everything"), "epochs")
        self._unit.setAccessibleName(self.tr("What the length counts"))
        self._lengths = {unit: NumberField(number) for unit, number in LENGTHS.items()}
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        label = self.tr("How long")
        for field in self._lengths.values():
            field.setAccessibleName(label)
            line.addWidget(field)
        line.addWidget(self._unit)
        both.setFocusProxy(self._lengths["minutes"])
        self._length_row = Row(
            label,
            both,
            self.tr("It can be stopped at any time; what was learned by then is kept, and can go on."),
        )

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Train a network of your own"))
        heading.setProperty("role", "title")
        about = QLabel(
            self.tr(
                "It learns to write like the texts or tunes of a folder of yours, and then stands on the "
                "Compose page. Nothing leaves this computer."
            ),
            wordWrap=True,
        )
        inside = QWidget()
        inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)
        column = QVBoxLayout(inside)
        line = self.fontMetrics().height()
        column.setContentsMargins(0, 0, line, line)
        column.setSpacing(line * 4 // 5)
        for part in (
            heading,
            about,
            self.folder,
            self._kind_row,
            self._name_row,
            self._replace,
            self._start_row,
            self._size_row,
            self._length_row,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        # In sight however small the window is.
        last = QHBoxLayout()
        last.setSpacing(line)
        last.addWidget(self.begin)
        last.addWidget(self._why_not, 1)
        last.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, line // 2)
        outer.setSpacing(line // 2)
        outer.addWidget(self._area, 1)
        outer.addLayout(last)
