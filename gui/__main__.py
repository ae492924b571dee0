"""`python -m gui` opens the window."""

from __future__ import annotations

from gui.program import open_app

open_app()
