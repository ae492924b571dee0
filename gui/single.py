"""One app a user: a second start tells the first one to come to the front, and ends."""

from __future__ import annotations

import getpass
import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from speechrnn.store.places import Places

_CALL = b"front\n"
_WAIT_MS = 2000  # a first app that is busy starting answers within that


class SingleInstance(QObject):
    """The right to be the one app over the user's files.

    Signals:
        called: another start wants the window to be seen.
    """

    called = Signal()

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Two homes are two users; the system's own limits keep the name short.
        whose = f"{getpass.getuser()} {places.settings}"
        self._name = f"speechrnn-{hashlib.sha256(whose.encode()).hexdigest()[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Becomes the first, or calls it.

        Returns:
            Whether this one is the first; False where another runs, which has been called to the front.
        """
        if self._call():
            return False
        # A file that a crash left is in the way on Unix; nobody answered there.
        QLocalServer.removeServer(self._name)
        if self._server.listen(self._name):
            return True
        # Another one was quicker in between. Where sockets do not work at all, the app runs all the same.
        return not self._call()

    def close(self) -> None:
        """Gives it back."""
        self._server.close()

    def _call(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_CALL)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()
