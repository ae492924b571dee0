"""The caption window: a few lines that stay on top of everything else."""

from gui.overlay.window import CaptionOverlay

__all__ = ["CaptionOverlay"]
