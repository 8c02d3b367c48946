"""A server that was emptied, a resource that is gone, rows that were missed, a restored station."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from app.core.clock import SetClock
from app.core.unit import Unit
from app.sync import reconcile, vanished
from app.sync.line import Line
from app.sync.patience import Stopped
from app.sync.pull import Pulled
from app.sync.pull.inventory import take_stock
from app.sync.pull.receive import Received
from app.sync.pull.types import types
from db.models import Remote, SyncMark
from tests.support.acts import Act, rows
from tests.support.platform import Fault
from tests.sync.pull.people import District, patient
from tests.sync.pull.test_pull import admitted


async def stock(line: Line) -> Received:
    return await take_stock(line, types(line))


def organization(district: District) -> dict[str, object]:
    """Our institution as it stands there."""
    house = district.house
    identifier = [{"system": house.system, "value": str(house.institution)}]
    return {"resourceType": "Organization", "name": house.name, "identifier": identifier, "meta": {"tag": []}}


def founded_there(district: District) -> None:
    """Our Organization stands there, and that is known."""
    house = district.house
    body = district.platform.create(organization(district))

    def note(unit: Unit) -> None:
        unit.session.add(
            Remote(
                type="Organization", rid=house.institution, kind="institution", record=house.institution,
                revision=1, station="01", server_id=body["id"], body=body, received_at=unit.now,
            )
        )  # fmt: skip

    district.station.desk.do_now(Act(note))


def test_every_server_is_right_for_a_station_that_never_sent(district: District) -> None:
    district.on_line(vanished.check)
    assert district.platform.requests == []


def test_a_server_that_holds_us_is_right(anywhere: District) -> None:
    founded_there(anywhere)
    anywhere.on_line(vanished.check)
    assert [one.method for one in anywhere.platform.requests] == ["GET"]


def test_an_emptied_server_stops_everything_and_marks_nothing(anywhere: District) -> None:
    founded_there(anywhere)
    rid = admitted(anywhere)
    anywhere.sent(rid)
    anywhere.platform.empty()
    with pytest.raises(Stopped, match="可能被清空或换了服务器") as stopped:
        anywhere.on_line(vanished.check)
    assert stopped.value.phase == "strange"
    assert anywhere.outbox(rid) == [(1, "acked", None)]
    assert anywhere.platform.requests[-1].method == "GET"


def test_another_server_that_knows_our_identity_is_not_trusted_either(anywhere: District) -> None:
    founded_there(anywhere)
    anywhere.platform.empty()
    anywhere.platform.create({"resourceType": "Organization", "name": "占位"})
    anywhere.platform.create(organization(anywhere))
    with pytest.raises(Stopped, match="编号变了"):
        anywhere.on_line(vanished.check)


def test_an_id_that_bears_another_identity_stops_everything(anywhere: District) -> None:
    """Emptied, filled again by others, and ids given anew: what we know of this id is of another resource."""
    rid = admitted(anywhere)
    body = anywhere.sent(rid)
    anywhere.pull()
    another = [{"system": anywhere.house.system, "value": "019a0000-0000-7000-8000-00000000000b"}]
    anywhere.platform.edit("Patient", body["id"], {"identifier": another, "name": [{"text": "别人"}]})
    with pytest.raises(Stopped, match="编号变了") as stopped:
        anywhere.pull()
    assert stopped.value.phase == "strange"
    assert "别人" not in anywhere.names()
    assert anywhere.outbox(rid) == [(1, "acked", None)]


def test_a_resource_that_is_gone_there_is_a_conflict_in_words(anywhere: District) -> None:
    rid = admitted(anywhere)
    body = anywhere.sent(rid)
    anywhere.pull()
    anywhere.platform.retire("Patient", body["id"])
    assert anywhere.on_line(stock).conflicts == 1
    ((revision, state, words),) = anywhere.outbox(rid)
    assert (revision, state) == (1, "conflict")
    assert words is not None
    assert "区平台上已经没有这份资料" in words
    assert anywhere.on_line(stock).conflicts == 0
    assert [one.method for one in anywhere.platform.requests if one.method != "GET"] == []


def test_the_inventory_brings_in_what_every_pull_missed(anywhere: District) -> None:
    with anywhere.platform.rows_late():
        anywhere.others("赵迟")
        anywhere.pull()

    def far_ahead(unit: Unit) -> None:
        unit.session.merge(SyncMark(key="cursor/Patient", value={"until": "2099-01-01T00:00:00+00:00"}))

    anywhere.station.desk.do_now(Act(far_ahead))
    assert anywhere.pull().received == 0
    assert anywhere.on_line(stock).taken == 1
    assert anywhere.names() == ["赵迟"]


def restored(district: District) -> None:
    """As a restore leaves it: receipts of a past the backup does not know are gone, the mark stands."""

    def work(unit: Unit) -> None:
        unit.session.add(SyncMark(key="reconcile", value={"since": unit.now.isoformat()}))

    district.station.desk.do_now(Act(work))


def reconciled(district: District) -> Pulled | None:
    return district.on_line(reconcile.run)


def test_a_station_that_was_not_restored_has_nothing_to_reconcile(district: District) -> None:
    assert reconciled(district) is None
    assert district.platform.requests == []


def test_newer_work_comes_in_and_numbers_go_on_behind_it(anywhere: District) -> None:
    rid = admitted(anywhere)
    forward(anywhere)
    restored(anywhere)
    as_sent_before(anywhere, rid, "王秀英", "021-55550000")
    as_sent_before(anywhere, UUID(int=9), "新来的", number="01-000041")
    found = reconciled(anywhere)
    assert found is not None
    assert (found.conflicts, anywhere.outbox(rid)) == (0, [(1, "acked", None)])
    assert rows(anywhere.station, "select revision, phone from resident where rid = :r", r=rid.bytes) == [
        (3, "021-55550000")
    ]
    assert rows(anywhere.station, "select next from sequence where name = 'resident'") == [(42,)]
    assert rows(anywhere.station, "select key from sync_mark where key = 'reconcile'") == []


def test_what_was_edited_since_the_restore_meets_newer_work_as_a_conflict(anywhere: District) -> None:
    rid = admitted(anywhere)
    forward(anywhere)
    restored(anywhere)
    as_sent_before(anywhere, rid, "王秀英", "021-55550000")
    anywhere.edit(rid, phone="021-66660000")
    found = reconciled(anywhere)
    assert found is not None
    assert found.conflicts == 1
    assert [one[:2] for one in anywhere.outbox(rid)] == [(2, "conflict")]
    assert rows(anywhere.station, "select phone from resident") == [("021-66660000",)]


def test_an_incomplete_reconciliation_sends_nothing_and_stays_to_be_done(district: District) -> None:
    restored(district)
    district.platform.faults.next(Fault.status(500), when=lambda request: request.path == "Patient")
    with pytest.raises(Stopped, match="先不上传"):
        reconciled(district)
    assert rows(district.station, "select key from sync_mark where key = 'reconcile'") == [("reconcile",)]


def forward(district: District) -> None:
    """Time passes between the backup and the restore."""
    assert isinstance(district.station.clock, SetClock)
    district.station.clock.forward(timedelta(minutes=5))


def as_sent_before(district: District, rid: UUID, name: str, phone: str = "", **more: object) -> None:
    """What this station itself had sent after the backup was made."""
    envelope = district.envelope(3, station="01")
    district.platform.create({**patient(district.house, envelope, rid, name, phone), **more})
