"""The schema: what the migrations make is what the models say and what the snapshot keeps; steps can be undone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from db import upgrade
from db.engine import connect, writer_engine
from db.models import Base
from tests.db.snapshot import KEPT, KEY, even, migrated, schema_of

VERSIONS = Path(upgrade.__file__).parent / "migrations" / "versions"
PROJECT = {"app", "ui", "db", "tests"}


def test_the_kept_snapshot_is_the_migrated_schema(tmp_path: Path) -> None:
    kept = (KEPT / f"{upgrade.head()}.sql").read_text(encoding="utf-8").split("\n", 1)[1]
    assert migrated(tmp_path) == kept, "renew it: python -m tests.db.snapshot"


def test_alembic_finds_no_difference_to_the_models(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "station.db", KEY)
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def pieces(schema: str) -> dict[str, frozenset[str]]:
    """Statements by their head, tables as sets of columns and constraints (alembic's order may differ)."""
    found = {}
    for statement in schema.splitlines():
        head, _, body = statement.removesuffix(";").partition(" (")
        found[head] = frozenset(piece.strip() for piece in split(body)) if "TABLE" in head else {statement}
    return {head: frozenset(body) for head, body in found.items()}


def split(body: str) -> list[str]:
    """Cut at the commas outside brackets."""
    depth, start, cut = 0, 0, []
    for at, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            cut.append(body[start:at])
            start = at + 1
    return [*cut, body[start:].removesuffix(")")]


def test_checks_and_partial_indexes_are_those_of_the_models(tmp_path: Path) -> None:
    """What alembic's comparison does not see: CHECK texts and WHERE of indexes."""
    engine = writer_engine(tmp_path / "models.db", KEY)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    engine.dispose()
    raw = connect(tmp_path / "models.db", KEY)
    said = pieces(schema_of(raw))
    raw.close()
    made = pieces(migrated(tmp_path))
    extra = {head for head in made if "TRIGGER" in head or "alembic_version" in head}
    assert {head: body for head, body in made.items() if head not in extra} == said
    assert sum("TRIGGER" in head for head in extra) >= 4


@pytest.mark.parametrize("table", ["audit", "signature"])
def test_lines_that_are_never_changed_have_their_triggers(tmp_path: Path, table: str) -> None:
    schema = migrated(tmp_path)
    for verb in ("UPDATE", "DELETE"):
        assert f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} " in schema


def test_up_down_up_ends_where_it_began(tmp_path: Path) -> None:
    first = migrated(tmp_path)
    engine = writer_engine(tmp_path / "migrated.db", KEY)
    upgrade.downgrade(engine, "base")
    raw = connect(tmp_path / "migrated.db", KEY)
    assert even(schema_of(raw)).startswith("CREATE TABLE alembic_version")
    assert schema_of(raw).count("\n") == 1
    raw.close()
    upgrade.upgrade(engine)
    engine.dispose()
    raw = connect(tmp_path / "migrated.db", KEY)
    assert schema_of(raw) == first
    raw.close()


@pytest.mark.parametrize("step", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.stem)
def test_a_step_imports_nothing_of_the_project(step: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(step.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    assert names
    assert not names & PROJECT
