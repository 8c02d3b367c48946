"""What every test stands on: no screen, no network, no stray warnings, and `async def` tests on Qt's loop."""

from __future__ import annotations

import gc
import inspect
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication

from tests.support import loop, network
from tests.support.examples import CAMPAIGN, tries
from tests.support.log import LogWatch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
network.cut()
gc.disable()  # until everything is collected: almost nothing of it is garbage

# Stations of tests lie in memory where there is plenty: the program waits for the disk as it always does, the disk is
# quick. Where the computer has no such folder, or a small one, they lie where temporary files lie.
MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes a folder of its own in it
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 * 1024**3:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# A property is tried with this many values, where it does not say a number of its own. The same ones in each run: a
# landing is not to hang on luck, and what is to be found by luck is looked for with many more in a campaign. Nor is it
# to hang on how busy the computer is: no value has a time it must be done in.
settings.register_profile(
    "house",
    max_examples=tries(40),
    derandomize=not CAMPAIGN,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

pytest_plugins = ["tests.fixtures"]


@pytest.fixture(autouse=True)
def expected_log() -> Iterator[LogWatch]:
    """`with expected_log.expect("磁盘"): …` for a warning that belongs there; any other fails the test."""
    with LogWatch().listening() as watch:
        yield watch
    if said := watch.unexpected():
        pytest.fail(f"the log holds what no test expected:\n{said}", pytrace=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test written as `async def` needs the application whose loop it shares."""
    for item in items:
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.function):
            item.fixturenames.append("qapp")


def pytest_collection_finish() -> None:
    """What is loaded stays to the end: the garbage collector need not walk through it at every turn."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests; leave the others to pytest."""
    if not inspect.iscoroutinefunction(pyfuncitem.function):
        return None
    names = inspect.signature(pyfuncitem.function).parameters
    given = {name: pyfuncitem.funcargs[name] for name in names}
    application = pyfuncitem.funcargs["qapp"]
    assert isinstance(application, QApplication)
    loop.run(application, pyfuncitem.function(**given))
    return True
