"""The program's look for every screen test, and `async def` tests on a loop that is Qt's and asyncio's at once."""

from __future__ import annotations

import asyncio
import inspect

import pytest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from ui.style import look


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Light, 100 %, whatever the test before chose."""
    if look.theme().dark or look.scale() != 1.0 or not qapp.styleSheet():
        look.apply(qapp)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an `async def` test to its end."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    app = QApplication.instance()
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    wanted = inspect.signature(pyfuncitem.obj).parameters
    given = {name: pyfuncitem.funcargs[name] for name in wanted if name in pyfuncitem.funcargs}
    try:
        loop.run_until_complete(asyncio.wait_for(pyfuncitem.obj(**given), 20))
    finally:
        loop.close()
        asyncio.set_event_loop(None)
    return True
