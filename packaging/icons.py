"""Draws the icon in all sizes, and packs them as Windows and macOS want them: icons.py FOLDER.

Both are containers of PNG pictures. Source: Microsoft's "ICO" format as of Windows Vista, and Apple's "icns".
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

DRAWING = Path(__file__).with_name("speechrnn.svg")
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)  # pixels: what desktops of Linux look for
_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def draw(drawing: Path, side: int) -> bytes:
    """The drawing as a PNG of `side` by `side` pixels, with a clear ground."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is there while packages are made, not while they are tested for what they say.
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """An .ico of PNG pictures, side in pixels -> PNG; at most 256 pixels."""
    sides = sorted(pictures)
    place = 6 + 16 * len(sides)
    directory = struct.pack("<HHH", 0, 1, len(sides))
    for side in sides:
        # 256 is written as 0.
        size = len(pictures[side])
        directory += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, size, place)
        place += size
    return directory + b"".join(pictures[side] for side in sides)


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """An .icns of PNG pictures, side in pixels -> PNG; sides that have no type are passed over."""
    parts = [
        _ICNS_TYPES[side] + struct.pack(">I", 8 + len(picture)) + picture
        for side, picture in sorted(pictures.items())
        if side in _ICNS_TYPES
    ]
    return b"icns" + struct.pack(">I", 8 + sum(map(len, parts))) + b"".join(parts)


def make(folder: Path) -> None:
    """Writes `SIDE.png` for all sizes, `speechrnn.ico` and `speechrnn.icns`."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {side: draw(DRAWING, side) for side in SIZES}
    for side, picture in pictures.items():
        (folder / f"{side}.png").write_bytes(picture)
    (folder / "speechrnn.ico").write_bytes(ico({side: pictures[side] for side in _ICO_SIZES}))
    (folder / "speechrnn.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
