"""The ground the tests stand on holds: stray warnings, the network and lost tasks are all noticed."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.support import loop, network
from tests.support.log import LogWatch


def test_a_stray_warning_is_noticed_from_any_thread(expected_log: LogWatch) -> None:
    """What another thread logs counts as well."""
    with expected_log.expect("磁盘"), LogWatch().listening() as watch:
        thread = threading.Thread(target=logging.getLogger("app.x").warning, args=("磁盘快满了",))
        thread.start()
        thread.join()
    assert "app.x: 磁盘快满了" in watch.unexpected()
    logging.getLogger("app.x").debug("quiet words are no matter")


def test_an_expected_warning_is_in_order(expected_log: LogWatch) -> None:
    """Only what was expected is forgiven, and what was expected must come."""
    with expected_log.expect("磁盘"):
        logging.getLogger("app.x").warning("磁盘快满了")
    with pytest.raises(AssertionError, match="nothing logged"), expected_log.expect("磁盘"):
        pass


@pytest.mark.parametrize("host", ["203.0.113.7", "2001:db8::7", "platform.example"])
def test_nobody_reaches_another_computer(host: str) -> None:
    """By name or by number, the way every client goes."""
    with pytest.raises(network.BeyondThisComputer):
        socket.create_connection((host, 443), timeout=1)


def test_this_computer_can_be_reached() -> None:
    """A written fake of the platform listens on loopback."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()[:2], timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()
        server.accept()[0].close()


async def test_async_tests_share_the_loop_of_the_screens() -> None:
    """A Qt timer wakes an awaited future."""
    done = asyncio.get_running_loop().create_future()
    QTimer.singleShot(0, lambda: done.set_result("rung"))
    assert await done == "rung"


def test_an_async_failure_is_a_failure(qapp: QApplication) -> None:
    """What the coroutine raises reaches the test; so does what a task raised and nobody awaited."""

    async def fails() -> None:
        raise ValueError("so it is")

    async def loses() -> None:
        lost = asyncio.ensure_future(fails())
        await asyncio.wait([lost])
        del lost

    with pytest.raises(ValueError, match="so it is"):
        loop.run(qapp, fails())
    with pytest.raises(AssertionError, match="nobody awaited"):
        loop.run(qapp, loses())
