"""RECORDS: one line per record kind. Whatever handles every kind alike (history, sync, search) reads only this."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.unit import Reader
from db.base import Clinical, Register
from db.models import Allergy, Assessment, Contact, Diagnosis, Outbox, Place, Resident, Staff, Stay


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: the name it has in outbox, audit chain and news, its title, its table."""

    kind: str
    title: str
    model: type[Clinical | Register]

    @property
    def syncs(self) -> bool:
        """Whether records of this kind go to the district platform."""
        return self.model.__syncs__


RECORDS: dict[str, RecordKind] = {
    record.kind: record
    for record in (
        RecordKind("staff", "人员", Staff),
        RecordKind("place", "床位与房间", Place),
        RecordKind("resident", "老人档案", Resident),
        RecordKind("stay", "入住", Stay),
        RecordKind("contact", "联系人", Contact),
        RecordKind("allergy", "过敏", Allergy),
        RecordKind("diagnosis", "诊断", Diagnosis),
        RecordKind("assessment", "评估", Assessment),
    )
}


@dataclass(frozen=True)
class Waits:
    """How many revisions of one kind the platform has not yet acknowledged."""

    title: str
    count: int


@dataclass(frozen=True)
class Waiting(Question[tuple[Waits, ...]]):
    """What waits for the district platform, by kind, in the order of RECORDS."""


@answers(Waiting)
def waiting(reader: Reader, _question: Waiting) -> tuple[Waits, ...]:
    statement = select(Outbox.kind, func.count()).where(Outbox.state != "acked").group_by(Outbox.kind)
    counts = {row[0]: row[1] for row in reader.session.execute(statement)}
    return tuple(Waits(one.title, counts[one.kind]) for one in RECORDS.values() if counts.get(one.kind))
