"""sync --once and sync --status: keys as a script reads them, refusals in words."""

from __future__ import annotations

import os

import pytest

from tests.app.cli.conftest import Shell
from tests.support.platform import Fault, Platform

KEYS = {"waiting", "sent", "received", "conflicts", "quarantined", "last_success", "error"}


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    """Named in the environment, as for a script; not running yet."""
    platform = Platform()
    platform.start()
    monkeypatch.setitem(os.environ, "CARESTATION_PLATFORM", platform.address)
    return platform


def test_once_sends_everything_and_status_says_so(shell: Shell, platform: Platform) -> None:
    before = shell.json("sync", "--status")
    assert set(before) == KEYS
    assert before["waiting"] > 12
    assert before["last_success"] is None
    platform.faults.next(Fault.lost_after(), lambda request: request.method == "POST", passing=2)
    done = shell.json("sync", "--once")
    assert set(done) == KEYS
    assert (done["waiting"], done["error"], done["conflicts"], done["quarantined"]) == (0, None, 0, 0)
    assert done["sent"] >= before["waiting"]
    assert done["last_success"] is not None
    assert len(platform.resources("Patient")) == 12
    after = shell.json("sync", "--status")
    assert (after["waiting"], after["last_success"]) == (0, done["last_success"])
    platform.stop()


def test_a_platform_that_is_off_is_an_error_in_words(shell: Shell, platform: Platform) -> None:
    platform.stop()
    done = shell.json("sync", "--once", code=1)
    assert "拒绝连接" in done["error"]
    assert done["waiting"] > 0
    code, out, _err = shell.run("sync", "--status")
    assert code == 0
    assert "拒绝连接" in out
    assert "上次完整成功：还没有" in out


def test_without_an_address_or_the_right_it_is_refused(shell: Shell) -> None:
    code, _out, err = shell.run("sync", "--once")
    assert code == 1
    assert "还没有设置区平台地址" in err
    assert shell.run("sync", "--status")[0] == 0
