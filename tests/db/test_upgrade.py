"""Bringing up an older file: a dated copy first, all or nothing; newer, plain, foreign and empty files are refused."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from alembic.config import Config

from app.compose import compose
from app.core.clock import SetClock
from app.core.errors import Trouble
from db import upgrade
from db.engine import PlainFile, WrongKey, connect
from tests.app.core.test_audit_chain import key_of
from tests.support.acts import Admit, NoteAllergy, rows
from tests.support.station import CHEAP, MORNING, PASSWORD, open_station

STEP = '''"""A step of the day after tomorrow: residents get a nickname."""

import sqlalchemy as sa
from alembic import op

revision = "9002"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("resident", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.String(), nullable=False, server_default=""))
    {more}


def downgrade() -> None:
    with op.batch_alter_table("resident") as batch:
        batch.drop_column("nickname")
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this program one step newer than the files it meets."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(upgrade.__file__).parent / "migrations", folder)
    before = upgrade.head()

    def install(more: str = "pass") -> None:
        step = STEP.format(before=before, more=more)
        (folder / "versions" / "9002_nickname.py").write_text(step, encoding="utf-8")
        config = Config()
        config.set_main_option("script_location", str(folder))
        monkeypatch.setattr(upgrade, "_config", lambda: config)

    return install


@pytest.fixture
def filled(home: Path) -> Path:
    """A closed home with a resident who has an allergy."""
    station = open_station(home)
    resident: UUID = station.desk.do_now(Admit("王秀英"))
    station.desk.do_now(NoteAllergy(resident, "青霉素"))
    station.close()
    return home


def copies(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "station").glob("station-*.db"))


def test_an_older_file_is_brought_up_with_all_its_rows(filled: Path, later: Callable[[], None]) -> None:
    before = upgrade.head()
    later()
    station = open_station(filled)
    assert rows(station, "select name, nickname from resident") == [("王秀英", "")]
    assert rows(station, "select substance from allergy") == [("青霉素",)]
    assert rows(station, "pragma foreign_key_check") == []
    station.close()
    assert copies(filled) == [f"station-20261124-003000-{before}.db"]
    raw = connect(filled / "station" / copies(filled)[0], key_of(filled), read_only=True)
    assert raw.execute("SELECT name FROM resident").fetchall() == [("王秀英",)]
    raw.close()
    again = open_station(filled)
    again.close()
    assert len(copies(filled)) == 1


def test_the_copy_holds_what_the_write_ahead_log_held(
    filled: Path, tmp_path: Path, later: Callable[[], None]
) -> None:
    station = open_station(filled)
    station.desk.do_now(Admit("刚入住"))
    crashed = tmp_path / "crashed"
    shutil.copytree(filled, crashed)  # as a power cut leaves it: the last commits only in the log
    station.close()
    assert (crashed / "station" / "station.db-wal").stat().st_size
    later()
    open_station(crashed).close()
    raw = connect(crashed / "station" / copies(crashed)[0], key_of(crashed), read_only=True)
    assert raw.execute("SELECT count(*) FROM resident").fetchone() == (2,)
    raw.close()


@pytest.mark.parametrize(
    "more",
    [
        "op.execute('CREATE TABLE resident (x)')",
        "op.execute('DELETE FROM resident')",  # leaves an allergy without its resident
    ],
)
def test_a_step_that_fails_changes_nothing(filled: Path, later: Callable[[str], None], more: str) -> None:
    before = upgrade.head()
    later(more)
    with pytest.raises(Trouble):
        open_station(filled)
    path, key = filled / "station" / "station.db", key_of(filled)
    assert upgrade.revision_of(path, key) == before
    raw = connect(path, key)
    assert raw.execute("SELECT name FROM resident").fetchall() == [("王秀英",)]
    assert "nickname" not in [row[1] for row in raw.execute("PRAGMA table_info(resident)")]
    raw.close()


def trouble(home: Path) -> str:
    """The words with which a file is refused; its bytes must be the same afterwards."""
    path = home / "station" / "station.db"
    before = path.read_bytes()
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with pytest.raises(Trouble) as caught:
        station.sign_in("0317", PASSWORD)
    station.close()
    assert path.read_bytes() == before
    assert caught.value.remedy
    return caught.value.text


def test_a_newer_file_is_refused(home: Path) -> None:
    raw = connect(home / "station" / "station.db", key_of(home))
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert trouble(home) == "数据是更新版本的程序写的。"
    assert copies(home) == []


def test_a_plain_file_is_refused(home: Path) -> None:
    path, key = home / "station" / "station.db", key_of(home)
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE setting (key, value)")
    plain.commit()
    plain.close()
    assert trouble(home) == "数据文件没有加密，不能打开。"
    with pytest.raises(PlainFile):
        connect(path, key)


def test_a_wrong_key_opens_nothing(home: Path) -> None:
    path = home / "station" / "station.db"
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(WrongKey):
            connect(path, bytes(32), read_only=read_only)
    assert path.read_bytes() == before


def test_an_empty_file_is_not_filled(home: Path) -> None:
    (home / "station" / "station.db").write_bytes(b"")
    assert trouble(home) == "数据文件是空的，或者不是本程序的。"


def test_an_encrypted_file_of_another_program_is_refused(home: Path) -> None:
    path, key = home / "station" / "station.db", key_of(home)
    path.unlink()
    raw = connect(path, key)
    raw.execute("CREATE TABLE other (x)")
    raw.close()
    assert trouble(home) == "数据文件是空的，或者不是本程序的。"


def test_a_missing_file_is_not_made_anew(home: Path) -> None:
    path = home / "station" / "station.db"
    path.unlink()
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with pytest.raises(Trouble, match="空的"):
        station.sign_in("0317", PASSWORD)
    station.close()
    assert not path.exists()


def test_the_file_is_noise_without_its_key(filled: Path) -> None:
    content = (filled / "station" / "station.db").read_bytes()
    for word in ("王秀英", "青霉素", "resident", "SQLite format 3"):
        assert word.encode() not in content
