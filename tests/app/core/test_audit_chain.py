"""The audit chain: lines changed, cut out or cut off, and an old file put back, are told at the next sign-in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.access import keys
from app.compose import Station, compose
from app.core import audit
from app.core.clock import SetClock
from app.core.verify import AnchorFile, chain_problems, last_anchor
from db.engine import connect, reader_engine
from tests.support.acts import Act, Admit, Look, rows
from tests.support.station import CHEAP, MORNING, PASSWORD, open_station

Attack = Callable[[Any], None]


def key_of(home: Path) -> bytes:
    """The database key, as whoever knows a password can get at it."""
    table = keys.read(home / "station" / "keys.json")
    key = keys.unlock(table, table.find("0001")[0], PASSWORD)
    assert key is not None
    return key


def work(station: Station, acts: int) -> None:
    for number in range(acts):
        station.desk.do_now(Admit(f"老人{number}"))


def attack(home: Path, *statements: str) -> None:
    """Change the file behind the program's back, triggers off, as somebody who has the key could."""
    raw = connect(home / "station" / "station.db", key_of(home))
    for name in ("audit_no_update", "audit_no_delete"):
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    raw.close()


def warnings(home: Path) -> tuple[str, ...]:
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    try:
        return station.sign_in("0001", PASSWORD).warnings
    finally:
        station.close()


@pytest.fixture
def worked(home: Path) -> Path:
    """A home in which ten acts were done and the station closed."""
    station = open_station(home)
    work(station, 10)
    station.close()
    return home


def test_an_honest_chain_holds(worked: Path) -> None:
    assert warnings(worked) == ()
    station = open_station(worked)
    seals = station.desk.surroundings.seals

    def problems(reader: Any) -> list[str]:
        return chain_problems(reader.session, seals.audit, worked / "anchors.jsonl", whole=True)

    assert station.desk.ask_now(Look(problems)) == []
    assert rows(station, "select count(*) from audit where act = 'admit'") == [(10,)]
    station.close()


def test_every_commit_is_anchored(station: Station) -> None:
    path = station.home.anchors
    work(station, 3)
    [(seq, mac)] = rows(station, "select seq, mac from audit order by seq desc limit 1")
    kept = last_anchor(path)
    assert kept is not None
    assert (kept.seq, kept.mac) == (seq, mac)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET reason = 'nothing happened' WHERE seq = 8",
        "UPDATE audit SET at = at + 60000 WHERE seq = 8",
        "UPDATE audit SET who = x'00000000000000000000000000000000' WHERE seq = 8",
        "UPDATE audit SET act = 'read' WHERE seq = 8",
        "UPDATE audit SET reason = '' WHERE seq = 8",
        "DELETE FROM audit WHERE seq = 8",
        "DELETE FROM audit WHERE seq = 1",
        "UPDATE audit SET seq = 1000 WHERE seq = 8",
    ],
)
def test_a_line_changed_or_cut_out_is_told_again_and_again(worked: Path, statement: str) -> None:
    attack(worked, statement)
    assert any("审计记录" in warning for warning in warnings(worked))
    assert warnings(worked)


def test_a_cut_tail_is_told_even_after_more_work(worked: Path) -> None:
    attack(worked, "DELETE FROM audit WHERE seq > (SELECT max(seq) - 3 FROM audit)")
    assert "末尾缺失" in warnings(worked)[0]
    station = open_station(worked)
    work(station, 8)
    station.close()
    assert "外部锚点不一致" in warnings(worked)[0]


def test_an_old_file_put_back_is_told(worked: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copy2(worked / "station" / "station.db", old)
    station = open_station(worked)
    work(station, 5)
    station.close()
    shutil.copy2(old, worked / "station" / "station.db")
    assert "末尾缺失" in warnings(worked)[0]


def test_lost_anchors_are_told_once(worked: Path) -> None:
    (worked / "anchors.jsonl").unlink()
    assert "锚点不见了" in warnings(worked)[0]
    assert warnings(worked) == ()


def test_half_an_anchor_spoils_no_other(worked: Path) -> None:
    path = worked / "anchors.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert warnings(worked) == ()
    assert len(AnchorFile(path).read()) > 5


def test_anchors_are_trimmed_when_all_agree(worked: Path) -> None:
    path = worked / "anchors.jsonl"
    line = path.read_bytes().splitlines()[-1]
    path.write_bytes(path.read_bytes() + (b"\n" + line) * 1000)
    assert warnings(worked) == ()
    assert len(path.read_bytes().splitlines()) < 210


@pytest.mark.parametrize("table", ["audit", "signature"])
def test_the_tables_themselves_refuse_to_be_rewritten(worked: Path, table: str) -> None:
    station = open_station(worked)

    def tell(statement: str) -> Act:
        return Act(lambda unit: unit.session.execute(text(statement)))

    signature = "INSERT INTO signature VALUES ('x', x'00', 1, '01', 1, x'01', '', '', '', '', '', 0, x'00')"
    station.desk.do_now(tell(signature))
    columns = "act = 'x'" if table == "audit" else "name = 'x'"
    for statement in (
        "UPDATE {0} SET {1}",
        "DELETE FROM {0}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
    ):
        with pytest.raises(DBAPIError, match="never changed"):
            station.desk.do_now(tell(statement.format(table, columns)))
    station.close()


def test_the_seal_tells_fields_apart() -> None:
    lists = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", None), ("abc", ""), (b"abc",), ("abc", "\x00")]
    seals = {audit.seal(b"key", fields) for fields in lists}
    assert len(seals) == len(lists)


def test_a_walk_names_each_line_that_is_wrong(worked: Path) -> None:
    attack(
        worked,
        "UPDATE audit SET act = 'x' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 6",
        "UPDATE audit SET act = 'x' WHERE seq = 9",
    )
    key = key_of(worked)
    engine = reader_engine(worked / "station" / "station.db", key)
    with Session(engine) as session:
        seals = audit.Seals.from_key(key)
        assert list(audit.broken_at(session, seals.audit)) == [3, 7, 9]
        assert list(audit.broken_at(session, seals.audit, since=4)) == [7, 9]
        assert list(audit.broken_at(session, seals.audit, since=6)) == [6]
        assert next(audit.broken_at(session, bytes(32), since=10)) == 11
    engine.dispose()
