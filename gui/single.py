"""One app a user: a second start hands its files to the first one, calls it to the front, and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from speechrnn.store.places import Places

_WAIT_MS = 2000  # a first app that is busy starting answers within that


class SingleInstance(QObject):
    """The right to be the one app over the user's files.

    Signals:
        called: (object) another start wants the window to be seen, and these files opened: tuple of `Path`.
    """

    called = Signal(object)

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Two homes are two users; the system's own limits keep the name short.
        whose = f"{getpass.getuser()} {places.settings}"
        self._name = f"speechrnn-{hashlib.sha256(whose.encode()).hexdigest()[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self, files: Sequence[Path] = ()) -> bool:
        """Becomes the first, or calls it.

        Args:
            files: what the first one shall open if there is one.

        Returns:
            Whether this one is the first; False where another runs, which has been called to the front.
        """
        if self._call(files):
            return False
        # A file that a crash left is in the way on Unix; nobody answered there.
        QLocalServer.removeServer(self._name)
        if self._server.listen(self._name):
            return True
        # Another one was quicker in between. Where sockets do not work at all, the app runs all the same.
        return not self._call(files)

    def close(self) -> None:
        """Gives it back."""
        self._server.close()

    def _call(self, files: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        # JSON keeps any name on one line, also one that is no text.
        socket.write(json.dumps([str(file.absolute()) for file in files]).encode() + b"\n")
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_bytes)
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)  # it may all be there already

    def _on_bytes(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        """Takes a call once all of it has come; one that breaks off is none."""
        if not socket.canReadLine():
            return
        try:
            files = tuple(Path(name) for name in json.loads(bytes(socket.readLine().data())))
        except (ValueError, TypeError):  # not one of us
            return
        self.called.emit(files)
