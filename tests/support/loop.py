"""Runs a test written as `async def` on the loop the screens use: asyncio inside Qt's own loop."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication

PATIENCE = 30.0  # seconds until a test that waits for nothing is given up


def run(application: QCoreApplication, coroutine: Coroutine[Any, Any, None]) -> None:
    """Run to the end on a fresh loop; an error nobody awaited fails the test, tasks left over are cancelled."""
    lost: list[dict[str, Any]] = []
    loop = qasync.QEventLoop(application)
    loop.set_exception_handler(lambda _loop, context: lost.append(context))
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(asyncio.wait_for(coroutine, PATIENCE))
        loop.run_until_complete(_settle())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
        if gc.isenabled():  # a closed loop is Qt's: it must not be taken down later, on some other thread
            gc.collect()
    if lost:
        first = lost[0]
        raise AssertionError(f"nobody awaited this: {first['message']}") from first.get("exception")


async def _settle() -> None:
    """Cancel what the test left running and let it end."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
