"""Set-up does what it says on any machine: names what is missing, renews `.venv` with the lock, leaves a link alone."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT

NOWHERE = {"libnowhere.so.9": "libnowhere9"}


@pytest.fixture
def bootstrap(tmp_path: Path) -> Any:
    """The script as a module, working in a folder of its own and remembering commands instead of running them."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.LOCK, module.VENV, module.STAMP = (
        tmp_path / "lock",
        tmp_path / ".venv",
        tmp_path / ".venv/made-from",
    )
    module.LOCK.write_text("first")
    module.commands = []

    def remember(command: list[str], _environment: object = None) -> None:
        module.commands.append(command)
        module.python_inside().parent.mkdir(parents=True, exist_ok=True)
        module.python_inside().touch()

    module.run = remember
    return module


def test_a_person_is_told_the_exact_command(bootstrap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is not root gets a line to copy, and nothing is installed."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.NotReady, match=r"sudo apt-get install -y .* libnowhere9"):
        bootstrap.libraries_are_ready(NOWHERE)
    assert bootstrap.commands == []


def test_what_is_there_is_not_installed(bootstrap: Any) -> None:
    """Nothing missing, nothing done."""
    bootstrap.libraries_are_ready({"libc.so.6": "libc6"})
    assert bootstrap.commands == []


def test_the_environment_follows_the_lock(bootstrap: Any) -> None:
    """Made once, not again, and anew when the lock changes; never from anything without a hash."""
    bootstrap.venv_is_ready()
    assert [command[2] for command in bootstrap.commands] == ["venv", "pip"]
    assert "--require-hashes" in bootstrap.commands[1]
    bootstrap.venv_is_ready()
    assert len(bootstrap.commands) == 2
    bootstrap.LOCK.write_text("second")
    bootstrap.venv_is_ready()
    assert len(bootstrap.commands) == 4


def test_a_set_up_that_broke_off_is_done_again(bootstrap: Any) -> None:
    """The stamp comes last: an environment without it is not trusted."""
    bootstrap.python_inside().parent.mkdir(parents=True)
    bootstrap.python_inside().touch()
    bootstrap.venv_is_ready()
    assert bootstrap.commands


def test_a_linked_environment_is_left_alone(bootstrap: Any, tmp_path: Path) -> None:
    """It belongs to somebody else."""
    (tmp_path / "theirs" / "bin").mkdir(parents=True)
    (tmp_path / "theirs" / "bin" / "python").touch()
    bootstrap.VENV.symlink_to(tmp_path / "theirs")
    bootstrap.venv_is_ready()
    assert bootstrap.commands == []
