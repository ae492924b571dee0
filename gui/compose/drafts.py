"""What was composed, kept over a restart: one JSON file in the user's data folder. Free of Qt.

{"schema": 1, "text": {"spans": [[text, probability, rank], ...], "provenance": [...], ...},
 "music": {"piece": {...}, "provenance": {...}, ...}}
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from speechrnn.errors import ConfigError, OutputError
from speechrnn.music.piece import Piece
from speechrnn.pipeline.compose_requests import MusicRequest, Provenance
from speechrnn.store.atomic import set_aside, write_whole
from speechrnn.store.places import Places

_log = logging.getLogger(__name__)
SCHEMA = 1
NAME = "composing.json"


def draft_path(places: Places) -> Path:
    """Where the draft is kept: beside the library."""
    return places.library.parent / NAME


def load_job(path: Path) -> Callable[[threading.Event], Iterator[dict[str, Any]]]:
    """Reads the draft; gives nothing where there is none. A damaged one is set aside."""

    def job(_stop: threading.Event) -> Iterator[dict[str, Any]]:
        try:
            table = json.loads(path.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
        except ValueError:
            table = None
        if not isinstance(table, dict) or table.get("schema") != SCHEMA:
            _log.info("a draft that cannot be read was set aside as %s", set_aside(path))
            return
        yield table

    return job


def save_job(path: Path, make: Callable[[], dict[str, Any]]) -> Callable[[threading.Event], Iterator[Path]]:
    """Writes the draft whole, whether or not it is asked to stop.

    Args:
        path: of the file.
        make: gives the table; called in the job.
    """

    def job(_stop: threading.Event) -> Iterator[Path]:
        # In pieces: a whole table at once would keep Python's lock, and the window waiting for it.
        pieces = json.JSONEncoder().iterencode({"schema": SCHEMA, **make()})
        write_whole(path, "".join(pieces).encode())
        yield path

    return job


def piece_table(piece: Piece) -> dict[str, Any]:
    """A piece as JSON has it."""
    request = MusicRequest(action="continue", piece=piece)
    return Provenance(bundle="", bundle_sha256="", request=request).to_table()


def piece_of_table(table: Any) -> Piece:
    """The inverse of `piece_table`.

    Raises:
        ConfigError: it holds no piece.
    """
    request = Provenance.from_table(table).request if isinstance(table, dict) else None
    if not isinstance(request, MusicRequest) or request.piece is None:
        raise ConfigError("the draft holds no piece")
    return request.piece
