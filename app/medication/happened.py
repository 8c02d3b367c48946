"""Medication as lines of a resident's timeline: orders, what was not given as ordered, what was given when needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from app.access.names import author_names
from app.core.happened import Happened
from app.core.unit import Reader
from app.medication.following.matters import WORDS
from app.medication.lists import frequency_words, reason_words
from app.medication.rules.dosing import dosing_words
from app.medication.rules.regime import KINDS
from app.medication.rules.slots import DoseState
from db.models import Dose, MedMatter, MedOrder, SkinTest

SORT = "用药"
_TONES = {"refused": "orange", "missed": "danger", "held": "warn", "not_given": "warn", "partial": "warn"}
Span = tuple[datetime, datetime]


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """A dose that was given as ordered is no news; the month grid has it."""
    names, span = author_names(reader), (since, until)
    yield from _orders(reader, resident, span, names)
    yield from _doses(reader, resident, span, names)
    yield from _tests(reader, resident, span, names)
    yield from _matters(reader, resident, span, names)


def _orders(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    rows = reader.session.scalars(
        select(MedOrder).where(
            MedOrder.resident == resident,
            MedOrder.current,
            MedOrder.state != "retracted",
            or_(MedOrder.at.between(*span), MedOrder.ended_at.between(*span)),
        )
    )
    for row in rows:
        said = (
            f"{row.words} {dosing_words(row.dosing, row.dose_unit)} {frequency_words(row.frequency)}".strip()
        )
        if span[0] <= row.at < span[1]:
            title = f"{KINDS[row.kind]}医嘱"
            yield Happened(row.at, "med_order", row.rid, SORT, title, said, row.doctor_name, "info", "pill")
        if row.ended_at is not None and span[0] <= row.ended_at < span[1]:
            gone = row.status == "cancelled"
            title = "取消医嘱" if gone else "停止医嘱"
            who = names.get(row.ended_by, "") if row.ended_by else ""
            words = f"{row.words}：{row.ended_why}"
            yield Happened(
                row.ended_at,
                "med_order",
                row.rid,
                SORT,
                title,
                words,
                who,
                "danger" if gone else "neutral",
                "pill",
            )


def _doses(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    rows = reader.session.execute(
        select(Dose, MedOrder.words)
        .join(MedOrder, MedOrder.rid == Dose.med_order)
        .where(
            Dose.resident == resident,
            Dose.at >= span[0],
            Dose.at < span[1],
            Dose.current,
            Dose.state != "retracted",
            MedOrder.current,
            or_(Dose.outcome.not_in(("given", "away", "self")), Dose.kind == "prn", Dose.late != ""),
        )
    )
    for dose, medicine in rows:
        state = DoseState(dose.outcome)
        if dose.kind == "prn":
            title, words = "必要时用药", f"{medicine} {dose.amount} {dose.unit}：{dose.prn.get('why', '')}"
        else:
            why = dose.late or reason_words(dose.reason_code, dose.note)
            title = "迟给" if dose.late else state.words
            words = f"{dose.slot} {medicine}" + (f"：{why}" if why else "")
        tone = _TONES.get(dose.outcome, "warn" if dose.late else "info")
        yield Happened(
            dose.at, "dose", dose.rid, SORT, title, words, names.get(dose.author, ""), tone, "pill"
        )


def _tests(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    rows = reader.session.scalars(
        select(SkinTest).where(
            SkinTest.resident == resident,
            SkinTest.at.between(*span),
            SkinTest.current,
            SkinTest.state != "retracted",
        )
    )
    results = {"": ("待判读", "warn"), "negative": ("阴性（−）", "ok"), "positive": ("阳性（+）", "danger")}
    for row in rows:
        said, tone = results[row.result]
        words = f"{row.words} 批号 {row.lot}：{said}"
        yield Happened(
            row.at, "skin_test", row.rid, SORT, "皮试", words, names.get(row.author, ""), tone, "syringe"
        )


def _matters(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    rows = reader.session.scalars(
        select(MedMatter).where(
            MedMatter.resident == resident,
            MedMatter.at.between(*span),
            MedMatter.current,
            MedMatter.state != "retracted",
        )
    )
    for row in rows:
        title = f"{WORDS[row.what]}：已核实"
        yield Happened(
            row.at, "med_matter", row.rid, SORT, title, row.words, names.get(row.author, ""), "ok", "pill"
        )
