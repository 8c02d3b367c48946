"""The ledger: versions, outbox and audit lines come by themselves; what was signed cannot be overwritten or erased."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import orjson
import pytest
from sqlalchemy import delete, insert, update

from app.compose import Station
from app.core.changes import Changes
from app.core.roles import Role
from app.core.unit import Unit
from db.models import Allergy, Outbox, Resident
from tests.support.acts import Act, Admit, NoteAllergy, allergy, count, rows
from tests.support.station import become


@pytest.fixture
def resident(station: Station) -> UUID:
    rid: UUID = station.desk.do_now(Admit("王秀英"))
    return rid


def outbox(station: Station, record: UUID) -> list[tuple[object, ...]]:
    sql = "select kind, revision, state from outbox where record = :record order by id"
    return rows(station, sql, record=record.bytes)


def audit(station: Station, record: UUID) -> list[tuple[object, ...]]:
    sql = "select act, kind, revision, reason from audit where record = :record order by seq"
    return rows(station, sql, record=record.bytes)


def rename(rid: UUID, *names: str) -> Act:
    """One act that writes one name after the other, each flushed."""

    def work(unit: Unit) -> None:
        row = unit.session.get_one(Resident, rid)
        for name in names:
            row.name = name
            unit.session.flush()

    return Act(work)


def test_a_new_record_leaves_one_outbox_and_one_audit_line(station: Station, resident: UUID) -> None:
    assert outbox(station, resident) == [("resident", 1, "pending")]
    assert audit(station, resident) == [("admit", "resident", 1, None)]


def test_an_edit_keeps_the_old_content_and_waits_in_the_same_outbox_line(
    station: Station, resident: UUID
) -> None:
    become(station, Role.NURSE)
    station.desk.do_now(rename(resident, "王秀兰"))
    station.desk.do_now(rename(resident, "王秀珍"))
    kept = rows(station, "select revision, content from register_version order by revision")
    contents = [(revision, orjson.loads(str(content))) for revision, content in kept]
    assert [(revision, content["name"]) for revision, content in contents] == [(1, "王秀英"), (2, "王秀兰")]
    assert contents[0][1]["author_role"] == "head_nurse"
    assert UUID(contents[0][1]["rid"]) == resident
    sql = "select name, revision, author_role from resident"
    assert rows(station, sql) == [("王秀珍", 3, "nurse")]
    assert outbox(station, resident) == [("resident", 3, "pending")]
    assert [line[2] for line in audit(station, resident)] == [1, 2, 3]


def test_an_edit_while_a_line_is_being_sent_opens_a_new_one(station: Station, resident: UUID) -> None:
    station.desk.do_now(Act(lambda unit: unit.session.execute(update(Outbox).values(state="sending"))))
    station.desk.do_now(rename(resident, "王秀兰"))
    station.desk.do_now(rename(resident, "王秀珍"))
    assert outbox(station, resident) == [("resident", 1, "sending"), ("resident", 3, "pending")]


def test_one_act_makes_one_revision_however_often_it_writes(station: Station, resident: UUID) -> None:
    station.desk.do_now(rename(resident, "一", "二", "三"))
    assert rows(station, "select name, revision from resident") == [("三", 2)]
    kept = rows(station, "select revision, json_extract(content, '$.name') from register_version")
    assert kept == [(1, "王秀英")]


def test_a_record_made_and_edited_in_one_act_is_still_its_first_revision(station: Station) -> None:
    def work(unit: Unit) -> None:
        row = Resident(**unit.stamp(), number=unit.next_number("resident"), name="一", sex="1")
        unit.session.add(row)
        unit.session.flush()
        row.name = "二"

    station.desk.do_now(Act(work))
    assert rows(station, "select name, revision from resident") == [("二", 1)]
    assert count(station, "register_version") == 0


def test_writing_the_same_words_again_changes_nothing(station: Station, resident: UUID) -> None:
    lines = count(station, "audit")
    heard: list[Changes] = []
    station.desk.listen(heard.append)
    station.desk.do_now(rename(resident, "王秀英"))
    assert (count(station, "register_version"), count(station, "audit"), heard) == (0, lines, [])


def test_the_old_content_is_kept_though_it_was_not_loaded(station: Station, resident: UUID) -> None:
    def work(unit: Unit) -> None:
        row = unit.session.get_one(Resident, resident)
        unit.session.expire(row)
        row.name = "王秀兰"

    station.desk.do_now(Act(work))
    kept = rows(station, "select json_extract(content, '$.name') from register_version")
    assert kept == [("王秀英",)]


def overwrite(row: Allergy, _unit: Unit) -> None:
    row.substance = "花生"


def overwrite_unloaded(row: Allergy, unit: Unit) -> None:
    unit.session.expire(row)
    row.substance = "花生"


def reopen(row: Allergy, _unit: Unit) -> None:
    row.state = "draft"


def reopen_and_overwrite(row: Allergy, unit: Unit) -> None:
    unit.session.expire(row)
    row.state, row.substance = "draft", "花生"


def erase(row: Allergy, unit: Unit) -> None:
    unit.session.delete(row)


def reopen_and_erase(row: Allergy, unit: Unit) -> None:
    with unit.session.no_autoflush:
        row.state = "draft"
        unit.session.delete(row)


def rewrite_in_bulk(_row: Allergy, unit: Unit) -> None:
    unit.session.execute(update(Allergy).values(substance="花生"))


def erase_in_bulk(_row: Allergy, unit: Unit) -> None:
    unit.session.execute(delete(Allergy))


@pytest.mark.parametrize(
    "attack",
    [
        overwrite,
        overwrite_unloaded,
        reopen,
        reopen_and_overwrite,
        erase,
        reopen_and_erase,
        rewrite_in_bulk,
        erase_in_bulk,
    ],
)
def test_what_was_signed_stays(
    station: Station, resident: UUID, attack: Callable[[Allergy, Unit], None]
) -> None:
    rid = station.desk.do_now(NoteAllergy(resident, "青霉素"))
    before = rows(station, "select * from allergy"), count(station, "audit"), count(station, "outbox")
    with pytest.raises(TypeError):
        station.desk.do_now(Act(lambda unit: attack(allergy(unit, rid), unit)))
    after = rows(station, "select * from allergy"), count(station, "audit"), count(station, "outbox")
    assert after == before


def test_a_person_of_the_register_is_never_erased(station: Station, resident: UUID) -> None:
    with pytest.raises(TypeError, match="never erased"):
        station.desk.do_now(Act(lambda unit: unit.session.delete(unit.session.get_one(Resident, resident))))
    with pytest.raises(TypeError, match="one by one"):
        station.desk.do_now(Act(lambda unit: unit.session.execute(update(Resident).values(name="同名"))))
    assert rows(station, "select name from resident") == [("王秀英",)]


def test_a_draft_waits_in_no_outbox_until_it_is_signed(station: Station, resident: UUID) -> None:
    rid = station.desk.do_now(NoteAllergy(resident, "青霉素", state="draft"))
    assert outbox(station, rid) == []

    def sign(unit: Unit) -> None:
        row = allergy(unit, rid)
        row.substance, row.state = "头孢", "signed"

    station.desk.do_now(Act(sign))
    assert outbox(station, rid) == [("allergy", 1, "pending")]
    assert rows(station, "select substance, state from allergy") == [("头孢", "signed")]


def test_a_draft_may_be_thrown_away(station: Station, resident: UUID) -> None:
    rid = station.desk.do_now(NoteAllergy(resident, "青霉素", state="draft"))
    station.desk.do_now(Act(lambda unit: unit.session.delete(allergy(unit, rid))))
    assert count(station, "allergy") == 0


def test_a_retraction_is_told_and_never_comes_back(station: Station, resident: UUID) -> None:
    rid = station.desk.do_now(NoteAllergy(resident, "青霉素"))

    def set_state(state: str) -> Act:
        return Act(lambda unit: setattr(allergy(unit, rid), "state", state))

    station.desk.do_now(set_state("retracted"))
    assert outbox(station, rid) == [("allergy", 1, "pending"), ("allergy", 1, "pending")]
    for state in ("signed", "corrected", "draft"):
        with pytest.raises(TypeError, match="never goes"):
            station.desk.do_now(set_state(state))


def test_a_newer_revision_ages_the_older_without_news_of_it(station: Station, resident: UUID) -> None:
    rid = station.desk.do_now(NoteAllergy(resident, "青霉素"))

    def correct(unit: Unit) -> None:
        old = allergy(unit, rid)
        old.current = False
        stamp = unit.stamp(rid=rid, reason="笔误")
        unit.session.add(Allergy(**stamp, revision=2, resident=resident, substance="头孢", state="corrected"))

    station.desk.do_now(Act(correct))
    assert [line[1] for line in outbox(station, rid)] == [1, 2]
    assert audit(station, rid)[1:] == [("act", "allergy", 2, "笔误")]


def test_a_bulk_write_says_what_it_wrote(station: Station) -> None:
    heard: list[Changes] = []
    station.desk.listen(heard.append)

    def bring_in(unit: Unit) -> list[UUID]:
        numbers = unit.next_numbers("resident", 50)
        stamps = [unit.stamp(source="import") for _ in numbers]
        empty: dict[str, object] = {"insurance": [], "remarks": {}}
        unit.session.execute(
            insert(Resident),
            [
                {**stamp, "revision": 1, "number": number, "name": "众", "sex": "1", **empty}
                for stamp, number in zip(stamps, numbers, strict=True)
            ],
        )
        rids = [stamp["rid"] for stamp in stamps]
        unit.announce(Resident, rids)
        return rids

    rids = station.desk.do_now(Act(bring_in))
    assert heard == [Changes.of(("resident", rid) for rid in rids)]
    assert rows(station, "select count(*), min(revision) from outbox where kind = 'resident'") == [(50, 1)]
    assert rows(station, "select count(*) from audit where act = 'act' and revision = 1") == [(50,)]


def test_reading_leaves_a_line_but_no_news(station: Station, resident: UUID) -> None:
    heard: list[Changes] = []
    station.desk.listen(heard.append)
    station.desk.do_now(Act(lambda unit: unit.note("read_chart", "resident", resident, "交班")))
    assert audit(station, resident)[-1] == ("read_chart", "resident", None, "交班")
    assert heard == []
