"""The colours by which speakers are told apart.

Hues are spread so that the first few differ most, and each is made light or dark enough to be read on the
page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor

from gui.theme import Theme, contrast

_GOLDEN_ANGLE = 137.5  # degrees: any number of steps stays spread over the circle
_FIRST_HUE = 205.0
_MIN_CONTRAST = 4.5  # WCAG AA for text


def speaker_colours(names: Sequence[str], theme: Theme) -> dict[str, str]:
    """A colour for each name, by its place among them."""
    return {
        name: _colour((_FIRST_HUE + number * _GOLDEN_ANGLE) % 360, theme) for number, name in enumerate(names)
    }


def _colour(hue: float, theme: Theme) -> str:
    """The hue in the lightness nearest to the middle that can be read on the theme's window."""
    dark_ground = QColor(theme.window).lightnessF() < 0.5
    for step in range(20):
        lightness = 0.5 + step * 0.02 if dark_ground else 0.5 - step * 0.02
        colour = QColor.fromHslF(hue / 360, 0.55, lightness).name()
        if contrast(colour, theme.window) >= _MIN_CONTRAST:
            return colour
    return theme.text
