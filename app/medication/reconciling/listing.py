"""What the hospital gave as its list of medicines is written down, and what was asked of the ward by telephone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.care.revising import follow
from app.core.blobs import keep_file
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.medication.drugs.catalogue import drug_list
from app.medication.lists import frequencies_here
from app.medication.orders.entry_reading import read_dosing
from app.medication.reconciling.case import Case, case_for, record_rid
from app.medication.rules.amounts import WrongAmount, read_amount
from app.medication.rules.dosing import SAME
from app.medication.rules.listed import Listed
from app.residents.stating import Seen
from db.models import MedReconciliation

LIST, NONE, MISSING = "list", "none", "missing"
CAME_WITH = {LIST: "有出院带药清单", NONE: "写明没有带药", MISSING: "没有材料，或材料里没有用药"}
MOST, LONGEST = 60, 200
NO_PAPER = b""


@dataclass(frozen=True)
class ListDischarge(Order[Seen]):
    """The hospital's list; the whole of it each time. `seen`: the one that stood before, None for the first.

    `came_with`: list, none or missing; `items` without a key are new; `paper`: a photograph or PDF of the list;
    None leaves the one that is kept, `NO_PAPER` takes it off (the revision before still has it).
    """

    resident: UUID
    absence: UUID
    came_with: str
    items: tuple[Listed, ...] = ()
    hospital: str = ""
    paper: bytes | None = None
    note: str = ""
    seen: Seen | None = None


@dataclass(frozen=True)
class NoteInquiry(Order[Seen]):
    """电话核对出院科室: whom was asked, and what they said; it is added to the notes, with who and when."""

    resident: UUID
    absence: UUID
    words: str


@performs(ListDischarge)
def list_discharge(unit: Unit, order: ListDischarge) -> Seen:
    """Refuses a list without a line, a line nobody can read, and to change one that was decided about."""
    case = case_for(unit, order.resident, order.absence)
    if order.came_with not in CAME_WITH:
        raise Refusal("请选出院带药：有清单、没有带药，或没有材料。", field="came_with")
    if (order.came_with == LIST) != bool(order.items):
        raise Refusal(
            "请录入清单上的药。" if order.came_with == LIST else "有药就选“有清单”。", field="came_with"
        )
    if len(order.items) > MOST:
        raise Refusal(f"清单最多 {MOST} 种药。", field="items")
    items = tuple(_line(unit, place, one) for place, one in enumerate(order.items))
    _refuse_decided(case, items)
    content: dict[str, Any] = {
        "came_with": order.came_with,
        "listed": {"all": [one.as_kept() for one in items]},
        "hospital": order.hospital.strip()[:LONGEST],
        **({} if order.paper is None else {"paper": _paper(unit, order.paper)}),
        **({"note": order.note.strip()[:LONGEST]} if order.note.strip() else {}),
    }
    return _keep(unit, case, order.seen, "出院带药", content)


@performs(NoteInquiry)
def note_inquiry(unit: Unit, order: NoteInquiry) -> Seen:
    case = case_for(unit, order.resident, order.absence)
    words = order.words.strip()
    if not words:
        raise Refusal("请写明问了谁、对方怎么说。", field="words")
    if len(words) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field="words")
    when = local(unit.settings.zone, unit.now)
    line = f"{when:%m-%d %H:%M} {unit.actor.name} 电话核对：{words}"
    before = case.record
    if before is None:
        return _keep(
            unit, case, None, "电话核对", {"came_with": MISSING, "listed": {"all": []}, "note": line}
        )
    note = "\n".join(part for part in (before.note, line) if part)
    return follow(unit, before, "电话核对", {"note": note, "state": before.state})


def _keep(unit: Unit, case: Case, seen: Seen | None, reason: str, content: dict[str, Any]) -> Seen:
    """The first record of a return, or the next revision of it: what a doctor signed as finished is open again."""
    before = case.record
    if before is None:
        rid = record_rid(unit, case.back.absence)
        row = MedReconciliation(
            **unit.stamp(rid=rid, at=case.back.ends),
            revision=1,
            resident=case.resident,
            absence=case.back.absence,
            **content,
        )
        unit.session.add(row)
        return Seen(rid, 1)
    if seen is None or seen.revision != before.revision:
        raise Refusal("出院清单刚被别人改过，请核对后再保存。您填的内容还在。")
    again = {"doctor": None, "doctor_name": "", "doctor_at": None, "state": "corrected"}
    return follow(unit, before, reason, {**content, **again})


def _line(unit: Unit, place: int, said: Listed) -> Listed:
    """A line as it is kept; refuses, naming it, one without a medicine, with a dose or days nobody can read."""
    words = said.words.strip()
    field = f"items.{place}"
    if not words:
        raise Refusal(f"第 {place + 1} 种：请选药品，或写上药名。", field=field)
    known = drug_list(unit.session).get(said.drug)
    if said.days.strip() and not said.days.strip().isdigit():
        raise Refusal(f"{words}：天数请写数字。", field=field)
    if said.frequency and said.frequency not in frequencies_here(unit.settings):
        raise Refusal(f"{words}：请选频次。", field=field)
    if known is not None and said.dose.strip():
        try:
            dosing, _unit = read_dosing(SAME, said.dose, (), (), known)
            read_amount(dosing["amount"])
        except WrongAmount as wrong:
            raise Refusal(f"{words}：{wrong.text}。", field=field) from wrong
    return replace(
        said,
        key=said.key or unit.new_id().hex,
        words=words[:60],
        drug="" if known is None else known.code,
        dose=said.dose.strip()[:40],
        days=said.days.strip(),
        note=said.note.strip()[:100],
    )


def _paper(unit: Unit, paper: bytes) -> str:
    return "" if paper == NO_PAPER else keep_file(unit, paper, "paper")


def _refuse_decided(case: Case, items: tuple[Listed, ...]) -> None:
    """A medicine that was taken or dropped stands on the list as it was."""
    fresh = {one.key: one for one in items}
    for line in case.lines:
        row = case.decisions.get(line.key)
        if row is not None and fresh.get(line.key) != line:
            raise Refusal(
                f"{line.words} 已经作了决定，不能改清单里的这一种；要改请先撤销决定。", field="items"
            )
