"""A small demo station with real passwords' cost, built once: the command line knows no cheap ones."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.__main__ import main
from app.demo.institution import PASSWORD, Plan, build


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo") / "home"
    build(home, Plan(residents=12, days=20, seed=7))
    return home


@pytest.fixture
def demo(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo home of one's own; the password stands in the environment, as for a script."""
    monkeypatch.setitem(os.environ, "CARESTATION_PASSWORD", PASSWORD)
    return Path(shutil.copytree(template, tmp_path / "home"))


class Shell:
    """Runs commands as a script would, reading what they say."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def run(self, *words: object, user: str = "周敏") -> tuple[int, str, str]:
        """(exit code, standard output, standard error)."""
        code = main([*map(str, words), "--home", str(self.home), "--user", user])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *words: object, user: str = "周敏", code: int = 0) -> dict[str, Any]:
        """The one object of `--json`."""
        ended, out, err = self.run(*words, "--json", user=user)
        assert ended == code, err
        found: dict[str, Any] = orjson.loads(out)
        return found


@pytest.fixture
def shell(demo: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(demo, capsys)
