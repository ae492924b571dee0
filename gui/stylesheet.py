"""The style sheet: shapes and spaces of all widgets, from a theme and the size of plain text.

Widgets say what they are by dynamic properties, which are set before they are shown:

    QPushButton  kind = primary | quiet | danger
    QLabel       role = title | heading | large | dim | error | warning | ok
    QFrame       role = card | line
    QListView    role = plain, without ground and outline
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from gui.theme import Theme, palette

_ASSETS = Path(__file__).with_name("assets")
_PIXELS_PER_POINT = 1.0 if sys.platform == "darwin" else 96 / 72  # logical ones


def apply_theme(app: QApplication, theme: Theme, size_pt: int) -> None:
    """Gives the app its font, colours and style sheet."""
    font = QFont(app.font())
    if font.pointSize() != size_pt:
        font.setPointSize(size_pt)
        app.setFont(font)
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme, size_pt))


def stylesheet(theme: Theme, size_pt: int) -> str:
    """The style sheet of the app.

    Args:
        theme: whose colours.
        size_pt: of plain text; all spaces grow with it.
    """
    em = size_pt * _PIXELS_PER_POINT

    def px(part: float) -> str:
        return f"{max(round(em * part), 1)}px"

    shade = "dark" if theme.is_dark else "light"
    pictures = {
        "tick": f"tick-{shade}",
        "dot": f"dot-{shade}",
        "arrow_down": "arrow-down",
        "arrow_up": "arrow-up",
    }
    values = {
        **{name: getattr(theme, name) for name in Theme.__dataclass_fields__},
        "tiny": px(0.2),
        "small": px(0.35),
        "medium": px(0.6),
        "large": px(1.0),
        "line": px(1.25),
        "radius": px(0.4),
        "box": px(1.1),
        "box_radius": px(0.25),
        "round_radius": px(0.6),
        "bar": px(0.7),
        "handle": px(2.0),
        "groove": px(0.3),
        "knob": px(1.1),
        "knob_radius": px(0.55),
        "knob_over": px(0.4),
        "title_pt": str(round(size_pt * 1.55)),
        "heading_pt": str(round(size_pt * 1.15)),
        "small_pt": str(round(size_pt * 0.9)),
        **{name: (_ASSETS / f"{file}.svg").as_posix() for name, file in pictures.items()},
    }
    sheet = _SHEET
    # Longest first, since one name may begin another.
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", str(values[name]))
    return sheet


_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog, QStackedWidget > QWidget { background: @window; }
QToolTip { background: @raised; color: @text; border: 1px solid @control; padding: @tiny @small; }

QLabel, QCheckBox, QRadioButton { background: transparent; }
QLabel[role="title"] { font-size: @title_ptpt; font-weight: 600; }
QLabel[role="heading"] { font-size: @heading_ptpt; font-weight: 600; }
QLabel[role="large"] { font-size: @heading_ptpt; }
QLabel[role="dim"] { color: @text_dim; }
QLabel[role="error"] { color: @error; }
QLabel[role="warning"] { color: @warning; }
QLabel[role="ok"] { color: @ok; }
QLabel:disabled { color: @text_off; }

QPushButton {
    background: @surface; border: 1px solid @control; border-radius: @radius;
    padding: @small @large; min-height: @line;
}
QPushButton:hover, QPushButton:checked { background: @raised; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border: 2px solid @accent; padding: @small @large; }
QPushButton:disabled { color: @text_off; border-color: @border; }
QPushButton[kind="primary"] {
    background: @accent; color: @on_accent; border-color: @accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: @accent_strong; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @text_off; border-color: @border; }
QPushButton[kind="danger"] { color: @error; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: @accent; }
QPushButton[kind="quiet"]:hover { background: @raised; }
QPushButton[kind="quiet"]:focus { border-color: @accent; }
QPushButton[kind="quiet"]:disabled { color: @text_off; }

QToolButton {
    background: transparent; border: 2px solid transparent; border-radius: @radius; padding: @small;
}
QToolButton:hover { background: @raised; }
QToolButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @text_off; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: @surface; border: 1px solid @control; border-radius: @radius;
    padding: @small @medium; selection-background-color: @selection; selection-color: @text;
}
QAbstractSpinBox, QComboBox, QLineEdit { min-height: @line; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: none; padding: 0; background: transparent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid @accent;
}
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus { border: none; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: @text_dim; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QAbstractSpinBox[wrong="true"] {
    border: 2px solid @error;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: @text_off; background: @window; border-color: @border;
}
QComboBox::drop-down { border: none; width: @handle; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("@arrow_down"); width: @bar; height: @bar; }
QComboBox QAbstractItemView {
    background: @surface; border: 1px solid @control; selection-background-color: @selection;
    selection-color: @text; padding: @tiny; outline: none;
}
QAbstractSpinBox { padding-right: @handle; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; background: transparent; width: @knob; margin-right: @small;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: @tiny; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: @tiny; }
QAbstractSpinBox::up-arrow { image: url("@arrow_up"); width: @bar; height: @bar; }
QAbstractSpinBox::down-arrow { image: url("@arrow_down"); width: @bar; height: @bar; }

QCheckBox, QRadioButton { spacing: @medium; padding: @tiny; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @accent; border-radius: @radius; }
QCheckBox:disabled, QRadioButton:disabled { color: @text_off; }
QCheckBox::indicator, QGroupBox::indicator, QAbstractItemView::indicator {
    width: @box; height: @box; border: 1px solid @control; border-radius: @box_radius; background: @surface;
}
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: @accent; border-color: @accent; image: url("@tick");
}
QRadioButton::indicator {
    width: @box; height: @box; border: 1px solid @control; border-radius: @round_radius; background: @surface;
}
QRadioButton::indicator:checked { background: @accent; border-color: @accent; image: url("@dot"); }

QSlider { border: 2px solid transparent; }
QSlider:focus { border: 2px solid @accent; border-radius: @radius; }
QSlider::groove:horizontal { height: @groove; background: @control; border-radius: 2px; }
QSlider::sub-page:horizontal { height: @groove; background: @accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: @knob; height: @knob; margin: -@knob_over 0; background: @accent; border-radius: @knob_radius;
}
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: @control; }

QProgressBar {
    background: @raised; border: none; border-radius: @tiny; height: @small; max-height: @small;
    color: transparent;
}
QProgressBar::chunk { background: @accent; border-radius: @tiny; }

QAbstractItemView {
    background: @surface; border: 1px solid @border; border-radius: @radius; outline: none;
    alternate-background-color: @window; selection-background-color: @selection; selection-color: @text;
}
QAbstractItemView:focus { border: 2px solid @accent; }
QAbstractItemView[role="plain"] { background: transparent; border: 2px solid transparent; }
QAbstractItemView[role="plain"]:focus { border: 2px solid @accent; }
QAbstractItemView[role="plain"]::item { padding: @medium; border-radius: @radius; }
QListView::item, QTreeView::item, QTableView::item { padding: @small; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: @raised; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: @selection; color: @text;
}
QHeaderView, QHeaderView::section {
    background: @window; color: @text_dim; border: none; border-bottom: 1px solid @border; padding: @small;
}
QTableCornerButton::section { background: @window; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: @bar; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: @bar; margin: 0; border: none; }
QScrollBar::handle { background: @control; border-radius: @tiny; }
QScrollBar::handle:vertical { min-height: @handle; margin: 1px; }
QScrollBar::handle:horizontal { min-width: @handle; margin: 1px; }
QScrollBar::handle:hover { background: @text_dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: @surface; border: 1px solid @control; padding: @tiny; }
QMenu::item { padding: @small @large; border-radius: @tiny; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @text_off; }
QMenu::separator { height: 1px; background: @border; margin: @tiny @small; }
QMenuBar, QMenuBar::item { background: @window; color: @text; }
QMenuBar::item:selected { background: @raised; }

QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
QGroupBox { border: none; margin-top: @large; padding-top: @medium; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }
QTabBar::tab {
    padding: @small @large; border: 2px solid transparent; color: @text_dim; background: transparent;
}
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { background: @raised; }
QTabBar:focus { border: 2px solid @accent; }

QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: @radius; }
QFrame[role="line"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
#Rail { background: @surface; border: none; border-right: 1px solid @border; }
#Rail QToolButton { color: @text_dim; padding: @medium @small; text-align: left; }
#Rail QToolButton:checked { color: @text; background: @selection; }
#Message { background: @raised; border: none; border-radius: @radius; margin: 0 0 @medium 0; }
"""
