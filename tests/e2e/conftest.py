"""Fixtures of the journeys through the whole program."""

from collections.abc import Iterator

import pytest
from virtual_sound import VirtualSound, virtual_sound


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSound]:
    """A sound card of its own for each test."""
    with virtual_sound(monkeypatch) as sound:
        yield sound
