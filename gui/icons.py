"""The icons: line drawings on a grid of 24 by 24, coloured by the theme.

All are drawn for this app with round ends and lines of 1.75 units, so that they stay one family.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import Theme

_SIZES = (16, 20, 24, 32, 40, 48, 64, 96)  # pixels: from small at 1x to large at 3x

_SHAPES = {
    "live": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12'
    ' 18v3M8.5 21h7"/>',
    "files": '<path d="M14 3H6.5A1.5 1.5 0 0 0 5 4.5v15A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0'
    " 1.5-1.5V8zM14 3v5h5"
    'M9 15v1.5M12 12.5V18M15 14.5v2"/>',
    "library": '<path d="M4 5v14M8.5 5v14M12.5 5.5l3.8 13.3M4 19h4.5M4 5h4.5M12.5 5.5l3.6-1 3.8'
    ' 13.2-3.6 1.1"/>',
    "compose": '<circle cx="7" cy="17.5" r="2.8"/><circle cx="17" cy="15.5" r="2.8"/>'
    '<path d="M9.8 17.5V6l10-2v11.5M9.8 9.5l10-2"/>',
    "train": '<path d="M4 4v14.5A1.5 1.5 0 0 0 5.5 20H20"/>'
    '<path d="M7.5 6.500c1.5 7.500 5 9 12 9.500M16.5 4.500v5M14 7h5"/>',
    "settings": '<path d="M4 7h9M17.5 7H20M4 17h2.5M11 17h9"/><circle cx="15.2" cy="7" r="2.3"/>'
    '<circle cx="8.7" cy="17" r="2.3"/>',
    "check": '<path d="M3 12h4l2.5-7 5 14 2.5-7h4"/>',
    "play": '<path d="M7 4.5v15l12-7.5z"/>',
    "pause": '<path d="M8.5 5v14M15.5 5v14"/>',
    "stop": '<rect x="6" y="6" width="12" height="12" rx="1.5"/>',
    "record": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4" fill="COLOUR"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.3 15.3 20.5 20.5"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "delete": '<path d="M4 6.5h16M9.5 6.5V4h5v2.5M6.5 6.5 7.3 20h9.4l.8-13.5M10 10.5v5.5M14 10.5v5.5"/>',
    "folder": '<path d="M3 7V6a1.5 1.5 0 0 1 1.5-1.5H9l2 2.5h8.5A1.5 1.5 0 0 1 21 8.5v9a1.5 1.5 0 0'
    " 1-1.5 1.5h-15"
    'A1.5 1.5 0 0 1 3 17.5z"/>',
    "open": '<path d="M13.5 4.5H19.5V10.5M19.5 4.5 11 13M10 5.5H6A1.5 1.5 0 0 0 4.5 7v11A1.5 1.5 0 0'
    " 0 6 19.5h11"
    'a1.5 1.5 0 0 0 1.5-1.5v-4"/>',
    "export": '<path d="M12 15V3.5M7.5 8 12 3.5 16.5 8M4.5 14v4.5A1.5 1.5 0 0 0 6 20h12a1.5 1.5 0 0'
    ' 0 1.5-1.5V14"/>',
    "import": '<path d="M12 3.5V15M7.5 10.5 12 15l4.5-4.5M4.5 14v4.5A1.5 1.5 0 0 0 6 20h12a1.5 1.5 0'
    ' 0 0 1.5-1.5V14"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11.5" rx="1.5"/>'
    '<path d="M15.5 8.5V5.5A1.5 1.5 0 0 0 14 4H6a1.5 1.5 0 0 0-1.5 1.5V14A1.5 1.5 0 0 0 6 15.5h2.5"/>',
    "undo": '<path d="M8 4.5 4 8.5l4 4M4 8.5h9.5a5.5 5.5 0 0 1 0 11H9"/>',
    "redo": '<path d="M16 4.5l4 4-4 4M20 8.5h-9.5a5.5 5.5 0 0 0 0 11H15"/>',
    "left": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "right": '<path d="M9.5 5.5 16 12l-6.5 6.5"/>',
    "up": '<path d="M5.5 14.5 12 8l6.5 6.5"/>',
    "down": '<path d="M5.5 9.5 12 16l6.5-6.5"/>',
    "back": '<path d="M20 12H4.5M11 5.5 4.5 12l6.5 6.5"/>',
    "error": '<path d="M8.2 3.5h7.6l4.7 4.7v7.6l-4.7 4.7H8.2l-4.7-4.7V8.2zM12 7.5v5.5M12 16.4v.1"/>',
    "warning": '<path d="M12 4 2.8 19.8h18.4zM12 10v4.5M12 17.2v.1"/>',
    "ok": '<circle cx="12" cy="12" r="8.8"/><path d="M8 12.3l2.8 2.8L16 9.5"/>',
    "info": '<circle cx="12" cy="12" r="8.8"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "help": '<circle cx="12" cy="12" r="8.8"/><path d="M9.3 9.6a2.7 2.7 0 1 1 3.9'
    ' 2.4c-.8.4-1.2.9-1.2 1.8M12 16.6v.1"/>',
    "tick": '<path d="M5 12.5l4.5 4.5L19 7"/>',
    "edit": '<path d="M4.5 19.5l1-4.5L16.2 4.3a1.8 1.8 0 0 1 2.5 0l1 1a1.8 1.8 0 0 1 0 2.5L9'
    ' 18.5zM14 6.5l3.5 3.5"/>',
    "sound": '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11"/>',
    "mute": '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5"/>',
    "overlay": '<rect x="3" y="4.5" width="18" height="15" rx="1.5"/><path d="M6.5 13h11M6.5 16h7"/>',
    "pin": '<path d="M9 3.5h6l-.8 6 3.3 3.5h-11L9.8 9.500zM12 13v7.5"/>',
    "marker": '<path d="M6.5 3.5h11v17L12 16l-5.5 4.500z"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.500a7.5 7.5 0 0 1 15 0"/>',
    "clock": '<circle cx="12" cy="12" r="8.8"/><path d="M12 6.800V12l3.5 2.2"/>',
    "keyboard": '<rect x="2.5" y="6" width="19" height="12" rx="1.5"/>'
    '<path d="M6 9.800h.1M9.9 9.800h.1M13.9 9.800h.1M17.9 9.800h.1M8 14.200h8"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "more": '<path d="M5.5 12h.1M11.95 12h.1M18.4 12h.1" stroke-width="2.6"/>',
    "menu": '<path d="M4 6.500h16M4 12h16M4 17.500h16"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.400L20 9M20 4v5h-5"/>',
    "loop": '<path d="M17 3l3.5 3.500L17 10M20.5 6.500H7A3.5 3.5 0 0 0 3.5 10v1.500M7 21l-3.5-3.500L7 14'
    'M3.5 17.500H17a3.5 3.5 0 0 0 3.5-3.500v-1.5"/>',
    "rewind": '<path d="M11 6v12l-8-6zM20.5 6v12l-8-6z"/>',
    "forward": '<path d="M13 6v12l8-6zM3.5 6v12l8-6z"/>',
    "zoom_in": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.3 15.300l5.2 5.200M10.5'
    ' 7.800v5.400M7.8 10.500h5.4"/>',
    "zoom_out": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.3 15.300l5.2 5.200M7.8 10.500h5.4"/>',
    "wave": '<path d="M3 12h.1M7 8.500v7M11 4.500v15M15 8v8M19 10.500v3M21.5 12h.1"/>',
    "split": '<path d="M12 3.500v17M8.5 8 4.5 12l4 4M15.5 8l4 4-4 4"/>',
    "merge": '<path d="M12 3.500v17M4.5 8l4 4-4 4M19.5 8l-4 4 4 4"/>',
    "text": '<path d="M5 6h14M5 11h14M5 16h9"/>',
    "chip": '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>'
    '<path d="M9.5 3v3.500M14.5 3v3.500M9.5 17.500V21M14.5 17.500V21M3 9.500h3.500M3'
    ' 14.500h3.500M17.5 9.500H21M17.5 14.500H21"/>',
    "lock": '<rect x="5" y="10.500" width="14" height="10" rx="1.5"/>'
    '<path d="M8 10.500V7.500a4 4 0 0 1 8 0v3"/>',
    "midi": '<path d="M13 3H6.5A1.5 1.5 0 0 0 5 4.500v15A1.5 1.5 0 0 0 6.5 21H12M13 3v5h5M13 3l5 5v3.500"/>'
    '<path d="M15 18h6M18 15l3 3-3 3"/><circle cx="9.300" cy="16" r="1.6"/><path d="M10.900 16v-5"/>',
    "tap": '<path d="M8.5 3.500h7l3 17h-13zM7 15h10M12 15l5.5-8.500"/>',
    "score": '<path d="M3 6.500h18M3 10.500h18M3 14.500h18M3 18.500h18"/><circle cx="9" cy="14.500" r="2.2"/>'
    '<path d="M11.200 14.500V4"/>',
    "dice": '<rect x="4" y="4" width="16" height="16" rx="2.5"/><path d="M8.5 8.500h.1M15.5 8.500h.1M12 12h.1'
    'M8.5 15.500h.1M15.5 15.500h.1" stroke-width="2.4"/>',
    "retry": '<path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.400L4 9M4 4v5h5"/>',
}

_SIZES_OF_APP = (16, 24, 32, 48, 64, 128, 256)
# A wave that becomes lines of text; the same as in `packaging/`.
_APP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="14" fill="#0a6a6b"/>'
    '<g stroke="#ffffff" stroke-width="4.5" stroke-linecap="round">'
    '<path d="M13 28v8M21 20v24M29 25v14M38 24h13M38 32h13M38 40h8"/></g></svg>'
)

NAMES = tuple(_SHAPES)


def svg(name: str, colour: str) -> str:
    """The drawing as an SVG document.

    Args:
        name: one of `NAMES`.
        colour: of its lines, `#rrggbb`.
    """
    shape = _SHAPES[name].replace("COLOUR", colour)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
    )


def app_icon() -> QIcon:
    """The icon of the app."""
    result = QIcon()
    for side in _SIZES_OF_APP:
        result.addPixmap(_drawn(_APP, QSize(side, side)))
    return result


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """The drawing as a picture of `side` by `side` logical pixels.

    Args:
        name: one of `NAMES`.
        colour: of its lines, `#rrggbb`.
        side: of the picture, logical pixels.
        ratio: device pixels a logical pixel.
    """
    result = _drawn(svg(name, colour), QSize(side, side) * ratio)
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, theme: Theme, colour: str | None = None) -> QIcon:
    """The drawing for buttons and lists, in all sizes; dimmer where its button is out of use.

    Args:
        name: one of `NAMES`.
        theme: whose colours.
        colour: of its lines; None for those of plain text.
    """
    return _icon(name, colour or theme.text, theme.text_off)


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, off: str) -> QIcon:
    result = QIcon()
    for side in _SIZES:
        result.addPixmap(pixmap(name, colour, side), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, off, side), QIcon.Mode.Disabled)
    return result


def _drawn(document: str, size: QSize) -> QPixmap:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(document.encode())).render(painter)
    painter.end()
    return QPixmap.fromImage(image)
