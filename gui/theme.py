"""How the app looks: colours by name, in light and dark, and what is made of them.

A colour is used only by its token here. `PAIRS` says which stands on which; a test holds their contrast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from speechrnn.store.settings import LookSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours as `#rrggbb`.

    Attributes:
        is_dark: light text on dark ground.
        window: behind everything.
        surface: of lists, fields and cards.
        raised: of what lies under the pointer or was chosen but has not the focus.
        text: plain text.
        text_dim: secondary text, still legible.
        text_off: text of what is out of use.
        accent: the one colour that asks for attention: main buttons, choice, focus, links.
        accent_strong: the accent under the pointer.
        on_accent: text on both.
        selection: ground of chosen text and rows; all texts stay legible on it.
        doubt: text of words that may be wrong.
        error, warning, ok: text and icons of messages.
        border: lines that part things.
        control: outlines of what can be used: fields, boxes, buttons.
    """

    is_dark: bool
    window: str
    surface: str
    raised: str
    text: str
    text_dim: str
    text_off: str
    accent: str
    accent_strong: str
    on_accent: str
    selection: str
    doubt: str
    error: str
    warning: str
    ok: str
    border: str
    control: str


LIGHT = Theme(
    is_dark=False,
    window="#f6f7f7",
    surface="#ffffff",
    raised="#e9edee",
    text="#1b2124",
    text_dim="#566067",
    text_off="#80888e",
    accent="#0a6a6b",
    accent_strong="#075556",
    on_accent="#ffffff",
    selection="#d8ebea",
    doubt="#8a4f00",
    error="#ac1f19",
    warning="#7a5200",
    ok="#17663a",
    border="#dde1e3",
    control="#7c868c",
)
DARK = Theme(
    is_dark=True,
    window="#15191b",
    surface="#1d2225",
    raised="#2a3135",
    text="#e7ebec",
    text_dim="#a6b0b5",
    text_off="#778188",
    accent="#63c9c0",
    accent_strong="#86dbd3",
    on_accent="#06211f",
    selection="#183f3e",
    doubt="#eab765",
    error="#ff9187",
    warning="#e6c35c",
    ok="#7fd3a0",
    border="#30383c",
    control="#7a858b",
)

_TEXTS = ("text", "text_dim", "accent", "doubt", "error", "warning", "ok")
# What stands on what, and the contrast that it needs: WCAG 2.2 asks 4.5 of text and 3 of outlines.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, 4.5) for text in _TEXTS for ground in ("window", "surface", "raised", "selection")),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_strong", 4.5),
    *((line, ground, 3.0) for line in ("control", "accent", "text_off") for ground in ("window", "surface")),
)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21.

    Source: Web Content Accessibility Guidelines 2.2, relative luminance and contrast ratio.

    Example:
        >>> round(contrast("#ffffff", "#000000"))
        21
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(weights, linear, strict=True))


def palette(theme: Theme) -> QPalette:
    """The colours for what Qt draws by itself."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.window),
        (roles.Text, theme.text),
        (roles.PlaceholderText, theme.text_dim),
        (roles.Button, theme.surface),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.error),
        (roles.Highlight, theme.selection),
        (roles.HighlightedText, theme.text),
        (roles.Accent, theme.accent),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.Light, theme.raised),
        (roles.Midlight, theme.border),
        (roles.Mid, theme.border),
        (roles.Dark, theme.control),
        (roles.Shadow, theme.border),
    ):
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.text_off))
    return result


class SystemColours(Protocol):
    """What is asked of `QStyleHints`."""

    colorSchemeChanged: Any  # noqa: N815 - Qt's name

    def colorScheme(self) -> Qt.ColorScheme: ...

    def setColorScheme(self, scheme: Qt.ColorScheme, /) -> None: ...

    def unsetColorScheme(self) -> None: ...


class ThemeSource(QObject):
    """The theme that is in force, by the settings and the system.

    Attributes:
        current: the theme.

    Signals:
        changed: (object) the new theme.
    """

    changed = Signal(object)

    def __init__(
        self, look: LookSettings, parent: QObject | None = None, *, system: SystemColours | None = None
    ) -> None:
        """Follows `look`.

        Args:
            look: the settings.
            parent: its owner.
            system: what the system says; None for the one that the app runs on.
        """
        super().__init__(parent)
        self._look = look
        self._system = system or QGuiApplication.styleHints()
        self._tell_system()
        self.current = self._wanted()
        self._system.colorSchemeChanged.connect(self._on_system_changed)

    @property
    def size_pt(self) -> int:
        """Size of plain text."""
        return self._look.size_pt

    def set_look(self, look: LookSettings) -> None:
        """Takes other settings."""
        resized = look.size_pt != self._look.size_pt
        self._look = look
        self._tell_system()
        self._update(resized)

    def _wanted(self) -> Theme:
        if self._look.theme != "system":
            return DARK if self._look.theme == "dark" else LIGHT
        return DARK if self._system.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _tell_system(self) -> None:
        # Title bars and file dialogs are the system's: they follow where it can do that.
        if self._look.theme == "system":
            self._system.unsetColorScheme()
        else:
            dark = self._look.theme == "dark"
            self._system.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _on_system_changed(self) -> None:
        self._update(resized=False)

    def _update(self, resized: bool) -> None:
        theme = self._wanted()
        if theme != self.current or resized:
            self.current = theme
            self.changed.emit(theme)
