"""backup and restore keep the command line's contract: JSON, exit codes, refusals in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.home import Home, HomeLock
from tests.app.cli.conftest import Shell


def test_a_backup_of_the_demo_restores_into_an_empty_home_and_verifies(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = HomeLock(Home(shell.home))
    assert lock.take()  # a window is open: a backup is a reader and goes on beside it
    made = shell.json("backup", "--to", tmp_path / "usb")
    lock.release()
    assert (made["ok"], made["problems"]) == (True, [])
    file = Path(made["file"])
    assert file.parent == tmp_path / "usb"
    assert file.stat().st_size == made["bytes"]
    drilled = shell.json("restore", file, "--drill")
    assert (drilled["ok"], drilled["charts"], drilled["residents"]) == (True, 3, 12)
    fresh = Shell(tmp_path / "fresh", capsys)
    restored = fresh.json("restore", file)
    assert (restored["ok"], restored["aside"]) == (True, "")
    assert fresh.json("verify") == {"ok": True, "problems": []}


def test_a_station_in_the_way_a_window_and_a_wrong_password_are_refused(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shell.json("backup")["file"]
    there = shell.json("restore", file, code=1)
    assert not there["ok"]
    assert "已经有一个站点" in there["problems"][0]
    lock = HomeLock(Home(shell.home))
    assert lock.take()
    assert "先关闭窗口" in shell.json("restore", file, "--replace", code=1)["problems"][0]
    lock.release()
    assert "已恢复" in shell.run("restore", file, "--replace")[1]
    assert len(list(shell.home.glob("station.replaced-*"))) == 1
    code, out, err = shell.run("restore", tmp_path / "nothing.csb", "--drill")
    assert (code, out) == (1, "")
    assert "没有这个文件" in err
    monkeypatch.setitem(os.environ, "CARESTATION_PASSWORD", "Wrong-2026")
    wrong = shell.json("restore", file, "--drill", code=1)
    assert "备份那时候的密码" in wrong["problems"][0]


def test_who_may_not_back_up_is_told_who_may(shell: Shell) -> None:
    refused = shell.json("backup", user="林晓燕", code=1)
    assert "“备份”" in refused["problems"][0]
