"""No test reaches beyond this computer: whoever tries is named at once, with the address."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_look_up = socket.getaddrinfo


class BeyondThisComputer(AssertionError):
    """A test tried to reach another computer."""


def cut() -> None:
    """Refuse every address but loopback and local sockets, from now on, in this process."""

    def connect(self: socket.socket, address: Any) -> None:
        _must_be_near(self.family, address)
        _connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _must_be_near(self.family, address)
        return _connect_ex(self, address)

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if not is_near(host):
            raise BeyondThisComputer(f"a test asks for the address of {host}")
        return _look_up(host, *rest, **more)

    socket.socket.connect = connect  # type: ignore[method-assign,assignment]  # the one place all clients pass
    socket.socket.connect_ex = connect_ex  # type: ignore[method-assign,assignment]  # asyncio's way
    socket.getaddrinfo = look_up


def is_near(host: Any) -> bool:
    """Loopback by name or number, or no host at all."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _must_be_near(family: int, address: Any) -> None:
    if family in {socket.AF_INET, socket.AF_INET6} and not is_near(address[0]):
        raise BeyondThisComputer(f"a test connects to {address[0]}")
