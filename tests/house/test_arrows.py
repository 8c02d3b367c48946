"""Each contract of the house is seen to break: the same rooms, empty, with one planted import."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

# contract, file, the import planted in it
PLANTED = (
    ("layers", "app/core/desk.py", "import ui.kit"),
    ("layers", "db/engine.py", "import app.core.errors"),
    ("screens", "ui/residents/list_view.py", "from db.models import residents"),
    ("screens", "ui/kit/errands.py", "from sqlalchemy import select"),
    ("qt", "app/residents/service.py", "from PySide6.QtCore import QObject"),
    ("qt", "db/engine.py", "import qasync"),
    ("pure", "app/assessments/rules.py", "import orjson"),
    ("pure", "app/residents/rules.py", "from db import engine"),
    ("app", "app/residents/queries.py", "from app.assessments import service"),
    ("app", "app/core/desk.py", "from app.residents import queries"),
    ("app", "app/tea/__init__.py", ""),
    ("rooms", "app/residents/rules.py", "from app.residents import service"),
    ("rooms", "app/access/queries.py", "from app.access import service"),
    ("ui", "ui/residents/list_view.py", "import ui.assessments"),
    ("ui", "ui/kit/rows.py", "import ui.forms"),
    ("ui", "ui/tea/__init__.py", ""),
)
IDS = [f"{contract}-{path}" for contract, path, _ in PLANTED]


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """Every module of the house, without a line in it, and the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for layer in ("app", "db", "ui"):
        for module in (ROOT / layer).rglob("*.py"):
            copy = tmp_path / module.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
    return tmp_path


def _broken(house: Path) -> set[str]:
    """The names of the contracts that are broken there, as import-linter prints them."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*command, "--no-cache", "--no-logo"], cwd=house, capture_output=True, text=True, check=False
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")}


def _name(contract: str) -> str:
    """The sentence of a contract."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return text.partition(f'id = "{contract}"\nname = "')[2].partition('"')[0]


def test_an_empty_house_keeps_them(empty_house: Path) -> None:
    """Nothing is broken where nothing is imported."""
    assert _broken(empty_house) == set()


@pytest.mark.parametrize(("contract", "path", "planted"), PLANTED, ids=IDS)
def test_a_planted_import_is_seen(empty_house: Path, contract: str, path: str, planted: str) -> None:
    """The contract it breaks is named."""
    rooms = [part for part in (empty_house / path).relative_to(empty_house).parents if part.name]
    for room in rooms:
        (empty_house / room).mkdir(exist_ok=True)
        (empty_house / room / "__init__.py").touch()
    for module in ("app/residents/service.py", "app/residents/queries.py", "app/assessments/service.py"):
        (empty_house / module).touch()
    (empty_house / path).write_text(f"{planted}\n", encoding="utf-8")
    assert _name(contract) in _broken(empty_house)
