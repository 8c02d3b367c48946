"""Unsent work is never overwritten: what both sides changed is a conflict in words, everything else goes on."""

from __future__ import annotations

from uuid import UUID

from tests.support.acts import Act, rows
from tests.sync.pull.people import HELD, District
from tests.sync.pull.test_pull import admitted

PHONE = [{"system": "phone", "value": "021-55550000"}]


def known_and_edited(district: District, **elements: object) -> tuple[UUID, dict[str, object]]:
    """A resident that stands there, pulled once, and then edited here."""
    rid = admitted(district)
    body = district.sent(rid)
    district.pull()
    district.edit(rid, **elements)
    return rid, body


def test_both_sides_changed_the_same_element(anywhere: District) -> None:
    rid, body = known_and_edited(anywhere, phone="021-66660000")
    anywhere.change(body, telecom=PHONE)
    assert anywhere.pull().conflicts == 1
    assert rows(anywhere.station, "select phone, revision from resident") == [("021-66660000", 2)]
    ((_, _, _), (revision, state, words)) = anywhere.outbox(rid)
    assert (revision, state) == (2, "conflict")
    assert words is not None
    assert words.startswith("与区平台 ")
    assert words.endswith("的修改在 1 个要素上不同：电话")
    remote = anywhere.remote(rid)
    assert remote.theirs is not None
    assert (remote.theirs["telecom"], "telecom" in remote.body) == (PHONE, False)
    assert anywhere.pull().conflicts == 0  # once is enough


def test_what_we_do_not_answer_for_is_no_conflict(anywhere: District) -> None:
    rid, body = known_and_edited(anywhere, phone="021-66660000")
    changed = anywhere.change(body, deceasedBoolean=True)
    assert anywhere.pull().conflicts == 0
    assert anywhere.outbox(rid)[1][1:] == ("pending", None)
    assert anywhere.remote(rid).version == changed["meta"]["versionId"]


def test_the_same_change_on_both_sides_is_no_conflict(anywhere: District) -> None:
    rid, body = known_and_edited(anywhere, phone="021-55550000")
    anywhere.change(body, telecom=PHONE)
    assert anywhere.pull().conflicts == 0
    assert anywhere.outbox(rid)[1][1] == "pending"


def test_a_conflict_that_was_taken_back_there_is_none(district: District) -> None:
    rid, body = known_and_edited(district, phone="021-66660000")
    district.change(body, telecom=PHONE)
    district.pull()
    district.change(body, telecom=[])
    district.pull()
    assert district.outbox(rid)[1][1:] == ("pending", None)
    assert district.remote(rid).theirs is None


def test_without_consent_nothing_is_taken_and_the_reason_stands(district: District) -> None:
    rid, body = known_and_edited(district, upload_refused=True)
    district.change(body, telecom=PHONE)
    district.pull()
    assert rows(district.station, "select phone from resident") == [("",)]
    assert district.remote(rid).words == f"{HELD}，区平台上的修改没有采用。"
    assert district.outbox(rid)[1][1] == "pending"


def test_a_second_resource_with_one_identity_gives_way_to_the_winner(district: District) -> None:
    rid = UUID(int=5)
    district.others("赵一", rid=rid)
    district.pull()
    winner = district.others("赵一", rid=rid)
    district.pull()
    loser = district.remote(rid).server_id
    assert loser != winner["id"]
    gone = [{"system": f"{district.house.system}:superseded", "value": str(rid)}]
    district.platform.edit("Patient", loser, {"identifier": gone})
    district.pull()
    assert district.remote(rid).server_id == winner["id"]
    assert district.names() == ["赵一"]


def test_an_unsent_revision_keeps_its_base_when_the_first_receipt_was_lost(district: District) -> None:
    rid = admitted(district)
    body = district.sent(rid)
    district.station.desk.do_now(
        Act(lambda unit: unit.session.connection().exec_driver_sql("delete from remote"))
    )
    district.station.desk.do_now(
        Act(lambda unit: unit.session.connection().exec_driver_sql("update outbox set state = 'unknown'"))
    )
    district.edit(rid, phone="021-66660000")
    district.change(body, telecom=PHONE)
    assert district.pull().conflicts == 1
    assert [one[:2] for one in district.outbox(rid)] == [(1, "acked"), (2, "conflict")]
