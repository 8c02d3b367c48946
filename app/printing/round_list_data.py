"""From the round of a floor to the 给药单: the slots of a service date by round, whatever became of them so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.care.floors import lodgers
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.lists import Round, rounds
from app.medication.queries.round import RoundBoard, RoundRow, round_board
from app.medication.queries.slot_rows import SlotRow
from app.medication.rules.slots import DoseState
from app.medication.rules.written import in_full
from app.printing.sheets.round_list import Given, Lodger, RoundList, RoundPart
from app.residents.mistaken import similar
from db.models import Allergy


@dataclass(frozen=True)
class RoundListOf(Question[RoundList]):
    """The list of a floor for a day (None: today); `round`: only that one, empty for the whole day."""

    floor: UUID
    first: date | None = None
    last: date | None = None
    round: str = ""


@answers(RoundListOf)
def round_list_of(reader: Reader, question: RoundListOf) -> RoundList:
    """Refuses a floor nobody lies on."""
    reader.require(Right.PRINT_RECORDS)
    board = round_board(reader, RoundBoard(question.floor, question.first))
    if board.floor != question.floor:
        raise Refusal("没有这一层，或这一层没有在住老人。")
    floor = next(one for one in board.floors if one.rid == question.floor)
    allergies = _allergies(reader, [row.resident for row in board.rows])
    alike = similar(lodgers(reader, question.floor, board.day))
    wanted = [one for one in rounds() if question.round in ("", one.key)]
    parts = (_part(reader, board.rows, one, (allergies, alike)) for one in wanted)
    return RoundList(
        institution=reader.settings.institution_name,
        floor=floor.words,
        day=board.day,
        rounds=tuple(part for part in parts if part.people),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _part(
    reader: Reader,
    rows: Iterable[RoundRow],
    part: Round,
    known: tuple[Mapping[UUID, str], frozenset[UUID]],
) -> RoundPart:
    allergies, alike = known
    people = [
        Lodger(
            bed=row.bed,
            name=row.name,
            allergies=allergies.get(row.resident, "不详"),
            similar=row.resident in alike,
            where=next((_away(slot) for slot in slots if slot.away), ""),
            given=tuple(_given(reader, slot) for slot in slots),
        )
        for row in rows
        if (slots := [slot for slot in row.of(part.key) if slot.state is not DoseState.PAUSED])
    ]
    return RoundPart(part.words, tuple(people))


def _given(reader: Reader, slot: SlotRow) -> Given:
    dose = in_full(slot.dose or "按血糖")
    marks = (
        "高警示" if slot.high_alert else "",
        "不可掰碎" if slot.whole else "",
        "自备" if slot.own_supply else "",
    )
    state = "待重整，医师决定前不给" if slot.state is DoseState.UNRECONCILED else ""
    if slot.recorded is not None:
        state = (
            f"{slot.recorded.words} {slot.recorded.who} {local(reader.settings.zone, slot.recorded.at):%H:%M}"
        )
    return Given(
        name=slot.key[2],
        words=slot.words,
        strength=in_full(slot.strength),
        dose=f"{dose}（{slot.pieces}）" if slot.pieces else dose,
        way=" ".join(part for part in (slot.route, slot.meal) if part),
        note=slot.note,
        marks="　".join(mark for mark in marks if mark),
        state=state,
        taken=slot.state.taken,
    )


def _away(slot: SlotRow) -> str:
    return {"leave": "请假外出", "hospital": "住院"}.get(slot.away, "外出")


def _allergies(reader: Reader, residents: list[UUID]) -> dict[UUID, str]:
    """Substances, 无 where none is known; who is missing has never been asked."""
    rows = reader.session.execute(
        select(Allergy.resident, Allergy.substance, Allergy.none_known).where(
            Allergy.resident.in_(residents), Allergy.current, Allergy.state != "retracted"
        )
    )
    found: dict[UUID, list[str]] = {}
    for resident, substance, none_known in rows:
        found.setdefault(resident, []).extend(() if none_known else (substance,))
    return {resident: "、".join(substances) or "无" for resident, substances in found.items()}
