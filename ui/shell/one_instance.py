"""One window a home folder: a second copy asks the first to come forward and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

TRIES = 10
_BETWEEN = 200  # milliseconds
_PATIENCE = 500  # milliseconds a living first copy takes at most to answer


def door_name(home: Path) -> str:
    """The name under which the copy that has a home listens."""
    return "carestation-" + hashlib.blake2b(str(home.resolve()).encode(), digest_size=12).hexdigest()


def ask_first(home: Path) -> bool:
    """Ask the copy that has this home to come forward; False if none answers within some two seconds."""
    for _ in range(TRIES):  # it may have just been started itself and not listen yet
        if _asked(home):
            return True
        QThread.msleep(_BETWEEN)
    return False


def _asked(home: Path) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(door_name(home))
    if not socket.waitForConnected(_PATIENCE):
        return False
    # the first copy closes the line when it has heard us; not waiting would end us before it did
    socket.waitForDisconnected(_PATIENCE)
    return True


class OneInstance(QObject):
    """The first copy's ear. `called` comes when a second copy was started."""

    called = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        # a copy that died leaves its name behind; nobody answered it, so it may go
        QLocalServer.removeServer(door_name(home))
        self._server.listen(door_name(home))

    def close(self) -> None:
        self._server.close()

    def _hear(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.called.emit()
