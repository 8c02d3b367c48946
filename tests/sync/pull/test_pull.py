"""Pull: what others changed comes in once, ours coming back is no news, late rows and shared seconds lose nothing."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.core.changes import Changes
from app.sync.pull import pages
from tests.support.acts import Admit, count, rows
from tests.support.log import LogWatch
from tests.support.platform import Fault
from tests.sync.pull.people import District, patient


def admitted(district: District, name: str = "王秀英") -> UUID:
    rid: UUID = district.station.desk.do_now(Admit(name))
    return rid


def test_what_others_made_comes_in_once(anywhere: District) -> None:
    waiting = count(anywhere.station, "outbox")
    for name in ("赵一", "钱二", "孙三"):
        anywhere.others(name)
    assert (anywhere.pull().received, anywhere.names()) == (3, ["孙三", "赵一", "钱二"])
    lines = count(anywhere.station, "audit")
    heard: list[Changes] = []
    anywhere.station.desk.listen(heard.append)
    assert anywhere.pull().received == 0
    assert [one for one in heard if not one.touches("sync")] == []
    assert (count(anywhere.station, "audit"), count(anywhere.station, "outbox")) == (lines, waiting)


def test_rows_that_share_one_instant_and_more_than_a_page_all_come(
    anywhere: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "COUNT", 4)
    names = sorted(f"第{number:02d}" for number in range(23))
    for name in names:
        anywhere.others(name)
    anywhere.pull()
    assert anywhere.names() == names


def test_half_a_page_is_not_the_end(anywhere: District) -> None:
    for number in range(9):
        anywhere.others(f"第{number}")
    anywhere.platform.faults.next(Fault.half_page(), when=lambda request: "Patient" in request.path)
    assert anywhere.pull().received == 9


def test_a_row_that_appears_late_behind_the_cursor_is_not_missed(district: District) -> None:
    with district.platform.rows_late():
        district.others("赵迟")
        district.pull()
        assert district.names() == []
    district.others("钱早")
    district.pull()
    assert district.names() == ["赵迟", "钱早"]


def test_a_change_made_there_becomes_the_next_revision(anywhere: District) -> None:
    rid = admitted(anywhere)
    body = anywhere.sent(rid)
    anywhere.change(body, telecom=[{"system": "phone", "value": "021-55550000"}])
    assert anywhere.pull().received == 1
    assert rows(anywhere.station, "select revision, phone, source from resident") == [
        (2, "021-55550000", "platform")
    ]
    assert anywhere.remote(rid).revision == 2
    assert anywhere.outbox(rid) == [(1, "acked", None)]


def test_ours_coming_back_only_refreshes_what_is_known_to_stand_there(anywhere: District) -> None:
    rid = admitted(anywhere)
    body = anywhere.sent(rid)
    lines = count(anywhere.station, "audit")
    assert anywhere.pull().received == 0
    assert anywhere.remote(rid).body == body
    assert anywhere.remote(rid).updated_at is not None
    assert count(anywhere.station, "audit") == lines


def test_an_answer_that_never_came_is_proved_by_the_arrival(anywhere: District) -> None:
    rid = admitted(anywhere)
    envelope = anywhere.envelope(1, station="01")
    anywhere.platform.create(patient(anywhere.house, envelope, rid, "王秀英"))
    assert anywhere.pull().acked == 1
    assert anywhere.outbox(rid) == [(1, "acked", None)]
    assert anywhere.remote(rid).revision == 1
    assert anywhere.names() == ["王秀英"]


def test_what_does_not_fit_is_put_aside_and_tried_again(district: District) -> None:
    lines = count(district.station, "audit")
    rid = UUID(int=77)
    body = district.others("拒绝", rid=rid)
    district.others("赵一")
    assert (district.pull().received, district.names()) == (1, ["赵一"])
    assert district.remote(rid).words == "床位已经有人。"
    assert count(district.station, "audit") == lines + 1  # the one that fitted, and nothing of the other
    district.change(body, name=[{"text": "李四"}])
    district.pull()
    assert (district.names(), district.remote(rid).words) == (["李四", "赵一"], None)


def test_one_that_cannot_be_read_does_not_keep_its_neighbours_out(
    district: District, expected_log: LogWatch
) -> None:
    rid = UUID(int=78)
    district.others("坏的", rid=rid)
    district.others("赵一")
    with expected_log.expect("cannot be read"):
        district.pull()
    assert district.names() == ["赵一"]
    assert district.remote(rid).words == "这份资料本站读不懂，没有采用。"


def test_strangers_are_counted_and_left_alone(district: District) -> None:
    tag = [{"system": "urn:carestation:institution", "code": str(district.house.institution)}]
    district.platform.create({"resourceType": "Patient", "meta": {"tag": tag}, "name": [{"text": "外人"}]})
    pulled = district.pull()
    assert (pulled.foreign, pulled.received, district.names()) == (1, 0, [])


def test_a_type_the_platform_will_not_list_makes_the_pull_incomplete(district: District) -> None:
    district.platform.faults.next(Fault.status(400), when=lambda request: request.path == "Patient")
    assert "Patient（400" in district.pull().error


def test_an_interrupted_pull_moves_no_cursor(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "COUNT", 4)
    for number in range(9):
        district.others(f"第{number}")
    district.platform.faults.next(Fault.status(500), when=lambda one: one.path == "Patient", passing=1)
    assert district.pull().error
    assert rows(district.station, "select key from sync_mark where key like 'cursor/%'") == []
    district.pull()
    assert len(district.names()) == 9
