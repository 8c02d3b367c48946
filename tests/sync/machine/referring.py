"""Two stations that send people to hospital, and the hospital that answers at the platform."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import SetClock
from app.core.errors import Refusal
from app.medication.reconciling import ListDischarge
from app.referrals.around import TellFamily, Told
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.fhir.task import stated, task_rid
from app.referrals.moving import (
    AcceptReferral,
    Arrive,
    DeclineReferral,
    Depart,
    MoveOn,
    NoShow,
    StrikeMove,
    SubmitReferral,
    TakeOver,
    Withdraw,
)
from app.referrals.moving.move import standing_of
from app.referrals.revising import Seen
from app.referrals.rules.platform import move_of
from app.referrals.rules.states import Standing
from app.referrals.writing import BeginReferral, ReferralForm
from app.residents.stays.away import KeepBed
from db.models import Absence, MedReconciliation, Outbox, Referral, ReferralReturn, Remote
from tests.sync.machine.house import Institution

FORM = ReferralForm(
    urgency="emergency", impression="肺炎？", history="咳嗽发热 2 天", partner_words="安和市第一人民医院"
)
STEPS: dict[str, Callable[[Seen], Any]] = {
    "again": SubmitReferral,
    "accept": lambda seen: AcceptReferral(seen, "刘志远", "3 床"),
    "decline": lambda seen: DeclineReferral(seen, "无床"),
    "withdraw": lambda seen: Withdraw(seen, "好转"),
    "depart": Depart,
    "arrive": Arrive,
    "take over": lambda seen: TakeOver(seen, "刘志远"),
    "move on": lambda seen: MoveOn(seen, "转上级", partner_words="安和区中医院"),
    "no show": lambda seen: NoShow(seen, "没有到"),
    "strike": lambda seen: StrikeMove(seen, "点错"),
    "tell": lambda seen: TellFamily(seen, Told("李建国", "coming")),
}
ANSWERS = ("accepted", "rejected", "in-progress", "completed", "failed", "received")
MODELS: dict[str, Any] = {
    "referral": Referral, "referral_return": ReferralReturn, "med_reconciliation": MedReconciliation,
    "absence": Absence,
}  # fmt: skip
Line = tuple[str, str, str, str]


@dataclass
class Referring(Institution):
    """`moved`: every move a person wrote, by referral. `kept`: every record that was written, by kind."""

    moved: dict[UUID, set[Line]] = field(default_factory=dict)
    kept: dict[UUID, str] = field(default_factory=dict)

    # what people do ---------------------------------------------------------------------------------------------

    def wait(self, at: int, minutes: int) -> None:
        self._forward(at, timedelta(minutes=minutes))

    def refer(self, at: int, resident: UUID) -> None:
        """Begun and sent, where nobody has one that is open."""
        if (begun := self._tried(at, BeginReferral(resident, FORM))) is not None:
            self._tried(at, SubmitReferral(begun.referral))

    def step(self, at: int, resident: UUID, name: str) -> None:
        """The next step of the newest referral, where the machine allows it."""
        row = self.newest(at, resident)
        if row is not None:
            self._tried(at, STEPS[name](Seen(row.rid, row.revision)))

    def come_home(self, at: int, resident: UUID) -> None:
        """Back with a paper, on which there is no medicine."""
        self._tried(at, RecordReturn(resident, ReturnForm("paper", diagnoses="肺炎")))

    def reconcile(self, at: int, resident: UUID, came_with: str) -> None:
        mine = (Absence.resident == resident, Absence.current, Absence.ends.is_not(None))
        rids = self._look(at, lambda reader: list(reader.session.scalars(select(Absence.rid).where(*mine))))
        for rid in rids[-1:]:
            self._tried(at, ListDischarge(resident, rid, came_with))

    def keep_bed(self, at: int, resident: UUID, days: int) -> None:
        """The bed of who is in hospital is kept so long."""
        until = self._station(at).desk.clock.now().date() + timedelta(days=days)
        self._tried(at, KeepBed(resident, True, until, "家属要求"))

    def answer(self, said: str, which: int) -> None:
        """The hospital writes at a Task of ours."""
        if found := self.platform.resources("Task"):
            self.platform.edit("Task", found[which % len(found)]["id"], {"status": said})

    # what can be seen -------------------------------------------------------------------------------------------

    def newest(self, at: int, resident: UUID) -> Referral | None:
        mine = select(Referral).where(Referral.resident == resident, Referral.current)
        found: Referral | None = self._look(
            at, lambda reader: reader.session.scalars(mine.order_by(Referral.number.desc())).first()
        )
        return found

    def current(self, at: int, rid: UUID, kind: str = "referral") -> list[Any]:
        model = MODELS[kind]
        found = select(model).where(model.rid == rid, model.current)
        rows: list[Any] = self._look(at, lambda reader: list(reader.session.scalars(found)))
        return rows

    def is_shown(self, rid: UUID) -> bool:
        """Whether a person is asked about a record, or about what it belongs to, at either station."""
        return any(self._asked(at, rid) for at in range(len(self.stations)))

    def said_there(self, rid: UUID) -> tuple[str, str] | None:
        """Status and business status of a referral's Task."""
        found = self.stations[0].there(task_rid(rid), "Task")
        assert len(found) <= 1, f"the Task of {rid} is doubled"
        return stated(found[0]) if found else None

    def untaken(self, at: int, rid: UUID) -> str:
        """What the hospital says and the machine would allow, though it is not taken."""
        (row,), said = self.current(at, rid), self.said_there(rid)
        standing: Standing = standing_of(row)
        return "" if said is None else str(move_of(*said, standing) or "")

    def unsent(self, at: int) -> list[tuple[str, str, str | None]]:
        rows = select(Outbox).where(Outbox.state.not_in(("acked", "conflict")))
        waiting: list[Outbox] = self._look(at, lambda reader: list(reader.session.scalars(rows)))
        return [
            (one.kind, one.state, one.words)
            for one in waiting
            if "conflict" not in self.states(at, one.record)
        ]

    # inside -----------------------------------------------------------------------------------------------------

    def _asked(self, at: int, rid: UUID) -> bool:
        aside = select(Remote.rid).where(
            (Remote.record == rid) | (Remote.rid == rid), Remote.words.is_not(None)
        )
        return "conflict" in self.states(at, rid) or bool(
            self._look(at, lambda reader: reader.session.scalars(aside).first())
        )

    def _forward(self, at: int, by: timedelta) -> None:
        clock = self.stations[at].station.clock
        assert isinstance(clock, SetClock)
        clock.forward(by)

    def _tried(self, at: int, order: Any) -> Any:
        """Done a second later, or refused as it would be for a person; what was written is remembered."""
        self._forward(at, timedelta(seconds=1))
        try:
            done = self._station(at).desk.do_now(order)
        except Refusal:
            return None
        for kind, model in MODELS.items():
            rids = self._look(at, lambda reader, of=model: set(reader.session.scalars(select(of.rid))))
            self.kept.update(dict.fromkeys(rids, kind))
        for rid in [one for one, kind in self.kept.items() if kind == "referral"]:
            for row in self.current(at, rid):
                self.moved.setdefault(rid, set()).update(written(row))
        return done


def line(one: dict[str, Any]) -> Line:
    return one["to"], one["at"], one["recorded_at"], one["by"]


def written(row: Referral) -> list[Line]:
    """Moves that people wrote."""
    return [line(one) for one in row.moves.get("all", ()) if one["source"] != "platform"]
