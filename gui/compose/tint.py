"""How sure the network was of a character, as a colour behind it. Without widgets.

What was likely has no tint; each step of surprise is one shade more of the theme's colour for doubt, never so
much that the text on it loses its contrast.
"""

from __future__ import annotations

from gui.theme import Theme

_STEPS = (0.5, 0.2, 0.05, 0.01)  # below each of these probabilities it is one shade stronger
_STRONGEST = 0.34  # of the colour of doubt; a test holds the contrast of text on it
N_SHADES = len(_STEPS)


def shade(probability: float) -> int:
    """0 for what was likely, up to `N_SHADES` for a great surprise.

    Example:
        >>> shade(0.9), shade(0.1), shade(0.001)
        (0, 2, 4)
    """
    return sum(probability < step for step in _STEPS)


def tint(theme: Theme, strength: int) -> str:
    """The colour of a shade on the ground of text fields, as `#rrggbb`."""
    return blend(theme.surface, theme.doubt, _STRONGEST * strength / N_SHADES)


def blend(ground: str, colour: str, share: float) -> str:
    """`share` of a colour over a ground, both `#rrggbb`."""
    parts = (
        round(int(ground[i : i + 2], 16) * (1 - share) + int(colour[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)
