"""Column types and the connection: instants need a zone, ids are 16 bytes, readers cannot write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.dialects.sqlite import dialect

from app.compose import Station
from app.core.ids import Ids, named
from app.core.unit import Unit
from db.base import Instant, Json, Rid
from tests.support.acts import Act, rows

SQLITE = dialect()


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
def test_instants_come_back_as_utc_milliseconds(moment: datetime) -> None:
    kept = Instant().process_bind_param(moment, SQLITE)
    back = Instant().process_result_value(kept, SQLITE)
    assert back is not None
    assert back.tzinfo is UTC
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001  # that is the point


@given(st.uuids())
def test_ids_are_sixteen_bytes(rid: UUID) -> None:
    kept = Rid().process_bind_param(rid, SQLITE)
    assert kept is not None
    assert len(kept) == 16
    assert Rid().process_result_value(kept, SQLITE) == rid


@given(st.dictionaries(st.text(), st.integers(-(2**53), 2**53) | st.text() | st.none()))
def test_equal_values_are_equal_texts(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))
    assert Json().process_bind_param(value, SQLITE) == Json().process_bind_param(turned, SQLITE)
    assert Json().process_result_value(Json().process_bind_param(value, SQLITE), SQLITE) == value


def test_a_new_id_says_its_millisecond() -> None:
    moment = datetime(2026, 11, 24, 8, 30, 0, 123000, tzinfo=timezone(timedelta(hours=8)))
    made = Ids().new(moment)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == 1795480200123
    assert len({Ids().new(moment) for _ in range(1000)}) == 1000


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  # hypothesis adds the zone
def test_the_millisecond_of_an_id_is_exact(moment: datetime) -> None:
    cut = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    kept = Instant().process_bind_param(cut, SQLITE)
    assert Ids().new(cut).int >> 80 == kept


def test_the_same_parts_give_the_same_name() -> None:
    space = UUID(int=5)
    assert named(space, "a", "b") == named(space, "a", "b")
    assert len({named(space, "a", "b"), named(space, "ab"), named(space, "a", "", "b")}) == 3


def test_the_connections_are_as_safe_as_they_should_be(station: Station) -> None:
    def pragmas(unit: Unit) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "temp_store")
        return {name: unit.session.scalar(text(f"pragma {name}")) for name in names}

    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "temp_store": 2,
    }
    assert station.desk.do_now(Act(pragmas)) == wanted
    assert rows(station, "pragma cipher_version")[0][0]
