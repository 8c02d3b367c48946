"""Anything a station may do around a hospital, in any order: no dose is ever given that nobody had decided about."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.revising import next_revision
from app.core.roles import Role
from app.core.unit import Reader, Unit
from app.medication.derived import Held, derive
from app.medication.giving import CorrectDose, Give, GiveAll, NotGiven, RetractDose, Said
from app.medication.orders import CheckOrders, IssueOrders, OrderForm, PauseOrder, ResumeOrder
from app.medication.reconciling import Decide, ReconciliationOf, UndoDecision
from app.medication.stock.boxes import wanted_items
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from app.residents.stating import Seen
from app.residents.stays.away import GoToHospital, Leave, Return
from app.residents.stays.forms import AwayForm
from db.models import Absence, Dose, MedDecision, MedOrder
from tests.app.medication.house import DAY, Ward, at, drug
from tests.support.acts import Act, Look
from tests.support.examples import tries

TAKEN = ("given", "partial", "self")
AMOUNTS = {"阿托伐他汀": "20", "二甲双胍": "0.25", "氨溴索": "30", "氯吡格雷": "25"}
_NUMBER = st.integers(0, 5)
_DAY = timedelta(days=1)
WAITS = tuple(("wait", minutes) for minutes in (7, 25, 55, 130, 130, 400, 400, 900))
OFTEN = (
    "give",
    "late",
    "give_before",
    "all",
    "self",
    "held",
    "correct",
    "correct_back",
    "keep",
    "keep",
    "keep",
    "undo",
)
SELDOM = (
    "order", "hospital", "return", "return", "leave", "stop", "change", "retract", "later_return", "earlier_return",
    "retract_absence", "pause", "resume",
)  # fmt: skip
STEPS = st.one_of(
    st.sampled_from(WAITS),
    st.tuples(st.sampled_from(OFTEN), _NUMBER),
    st.tuples(st.sampled_from(OFTEN), _NUMBER),
    st.tuples(st.sampled_from(SELDOM), _NUMBER),
)


@dataclass
class Walk:
    """One resident, and what this test itself knows: the oracle never asks the rules it checks."""

    ward: Ward
    who: UUID
    given: set[tuple[UUID, int]] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        return self.ward.station.clock.now()

    def look(self, work: Any) -> Any:
        return self.ward.ask(Look(work))

    def rows(self, model: Any) -> list[Any]:
        """All revisions, oldest first."""

        def read(reader: Reader) -> list[Any]:
            found = reader.session.scalars(
                select(model).where(model.resident == self.who).order_by(model.recorded_at, model.revision)
            ).all()
            for one in found:
                reader.session.expunge(one)
            return list(found)

        return list(self.look(read))

    def slots(self) -> list[Held]:
        days = [self.now.date() + timedelta(days=step) for step in (-1, 0, 1)]
        return list(self.look(lambda reader: derive(reader, [self.who], days)))

    def blank(self) -> list[Held]:
        """Those a nurse would take: the time has come, and nothing is recorded."""
        return [
            held
            for held in self.slots()
            if held.dose is None and held.slot.opens <= self.now < held.slot.at + _DAY
        ]

    def pick(self, found: list[Any], number: int) -> Any:
        return found[number % len(found)] if found else None


def _away(one: Walk, _number: int) -> None:
    one.ward.do(GoToHospital(one.who, AwayForm(whither="市医院", why="肺炎")))


def _order(one: Walk, number: int) -> None:
    name, kind = tuple(AMOUNTS)[number % len(AMOUNTS)], "long" if number < 4 else "once"
    form = OrderForm(drug(name).code, {"way": "same", "amount": AMOUNTS[name]}, frequency="tid", kind=kind)
    one.ward.become(Role.DOCTOR)
    (issued,) = one.ward.do(IssueOrders(one.who, (form,), one.ward.proof(Role.DOCTOR)))
    one.ward.become(Role.HEAD_NURSE)
    one.ward.do(CheckOrders((Seen(issued.rid, 1),)))


def _give(one: Walk, number: int, **said: Any) -> None:
    if (held := one.pick(one.blank(), number)) is not None:
        one.ward.do(Give(held.slot.key, Said(check="key", despite="已问", **said)))


def _all(one: Walk, _number: int) -> None:
    one.ward.do(GiveAll(tuple(held.slot.key for held in one.slots())))


def _not_given(one: Walk, number: int, reason: int) -> None:
    if (held := one.pick(one.blank(), number)) is not None:
        one.ward.do(NotGiven(held.slot.key, reason))


def _correct(one: Walk, number: int, ago: int) -> None:
    doses = [dose for dose in one.rows(Dose) if dose.current and dose.state != "retracted"]
    if (dose := one.pick(doses, number)) is not None:
        when = one.now - timedelta(hours=ago)
        one.ward.do(CorrectDose(Seen(dose.rid, dose.revision), "笔误", amount=dose.amount or "20", at=when))


def _retract(one: Walk, number: int) -> None:
    doses = [dose for dose in one.rows(Dose) if dose.current and dose.state != "retracted"]
    if (dose := one.pick(doses, number)) is not None:
        one.ward.do(RetractDose(Seen(dose.rid, dose.revision), "误录"))


def _decide(one: Walk, number: int, decision: str) -> None:
    now = one.ward.ask(ReconciliationOf(one.who))
    row = one.pick([row for row in now.rows if row.order], number) if now is not None else None
    if row is None:
        return
    paper: dict[str, Any] = {"doctor_name": "刘志远", "hospital": "市医院", "origin": "hospital"}
    change = OrderForm(row.drug, {"way": "same", "amount": "10"}, frequency="qd", **paper)
    seen = row.decision.seen if row.decision else None
    about: dict[str, Any] = {"order": row.order.rid, "why": "出院", "doctor_name": "刘志远", "seen": seen}
    one.ward.do(
        Decide(one.who, now.absence, decision, **about, change=change if decision == "change" else None)
    )


def _undo(one: Walk, number: int) -> None:
    rows = [row for row in one.rows(MedDecision) if row.current and row.state != "retracted"]
    if (row := one.pick(rows, number)) is not None:
        one.ward.do(UndoDecision(Seen(row.rid, row.revision), "改主意"))


def _absence(one: Walk, change: Any) -> None:
    """As a correction, an import or the platform would: whoever wrote it, no act of medication runs."""

    def write(unit: Unit) -> None:
        statement = select(Absence).where(
            Absence.resident == one.who,
            Absence.current,
            Absence.state != "retracted",
            Absence.ends.is_not(None),
        )
        row = unit.session.scalars(statement.order_by(Absence.begins.desc())).first()
        if row is not None:
            next_revision(unit, row, "时间更正", change(row, unit.now))

    one.ward.do(Act(write))


def _pause(one: Walk, number: int, order: Any) -> None:
    rows = [row for row in one.rows(MedOrder) if row.current]
    if (row := one.pick(rows, number)) is not None:
        seen = Seen(row.rid, row.revision)
        one.ward.do(order(seen, "禁食") if order is PauseOrder else order(seen))


ACTS: dict[str, Any] = {
    "order": _order,
    "hospital": _away,
    "leave": lambda one, _n: one.ward.do(Leave(one.who, AwayForm(whither="家", why="过节", escort="女儿"))),
    "return": lambda one, _n: one.ward.do(Return(one.who)),
    "give": _give,
    "late": lambda one, n: _give(one, n, late="忙"),
    "give_before": lambda one, n: _give(one, n, late="忙", at=one.now - timedelta(minutes=45 * n)),
    "all": _all,
    "self": lambda one, n: _not_given(one, n, 13),
    "held": lambda one, n: _not_given(one, n, 4),
    "correct": lambda one, n: _correct(one, n, 0),
    "correct_back": lambda one, n: _correct(one, n, 3 * n),
    "retract": _retract,
    "keep": lambda one, n: _decide(one, n, "keep"),
    "stop": lambda one, n: _decide(one, n, "stop"),
    "change": lambda one, n: _decide(one, n, "change"),
    "undo": _undo,
    "later_return": lambda one, n: _absence(
        one, lambda row, now: {"ends": min(now, row.ends + timedelta(minutes=30 * n))}
    ),
    "earlier_return": lambda one, n: _absence(
        one, lambda row, _now: {"ends": max(row.begins, row.ends - timedelta(minutes=20 * n))}
    ),
    "retract_absence": lambda one, n: _absence(
        one, lambda _row, _now: {"state": "retracted"} if n == 5 else {}
    ),
    "pause": lambda one, n: _pause(one, n, PauseOrder),
    "resume": lambda one, n: _pause(one, n, ResumeOrder),
}


def _check(one: Walk) -> None:
    """Each record that says *taken* and is new was covered when it was written: by the clock, not by the rules."""
    stays = [
        (row.rid, row.begins, row.ends)
        for row in one.rows(Absence)
        if row.current and row.state != "retracted" and row.code == "hospital" and row.ends is not None
    ]
    written = {row.rid: row.at for row in one.rows(MedOrder)}
    keeps = {
        (row.absence, row.med_order): row.at
        for row in one.rows(MedDecision)
        if row.current and row.state != "retracted" and row.decision == "keep"
    }
    for dose in one.rows(Dose):
        if (dose.rid, dose.revision) in one.given or dose.outcome not in TAKEN or dose.state == "retracted":
            continue
        one.given.add((dose.rid, dose.revision))
        before = [stay for stay in stays if written[dose.med_order] < stay[2] <= dose.at]
        if before:
            absence, _begins, ends = max(before, key=lambda stay: (stay[2], stay[1], stay[0]))
            if _was_a_fact(one, dose, absence):
                continue
            kept = keeps.get((absence, dose.med_order))
            assert kept is not None, f"{dose.drug} {dose.at}"
            assert ends <= kept <= dose.at, f"{dose.drug} {dose.at}"


def _was_a_fact(one: Walk, dose: Dose, absence: UUID) -> bool:
    """It was given before anybody wrote down that they were back, as words say; or stood as given already, no less."""
    known = min(row.recorded_at for row in one.rows(Absence) if row.rid == absence and row.ends is not None)
    early: bool = dose.at < known
    last = next(
        (row for row in one.rows(Dose) if (row.rid, row.revision) == (dose.rid, dose.revision - 1)), None
    )
    if last is not None and last.outcome in TAKEN and last.state != "retracted":
        return early or bool(last.at == dose.at)
    return early and bool(dose.measured.get("despite"))


def _nothing_put_out(one: Walk) -> None:
    """No box is to hold what stands 待重整."""
    waits = {held.order.rid for held in one.slots() if held.unreconciled}
    today: date = one.now.date()
    for key in ("morning", "noon", "supper", "bedtime"):
        found = one.look(lambda reader, key=key: wanted_items(reader, [one.who], today, key))
        slots = {(held.order.rid, held.slot.name): held for held in one.slots() if held.slot.day == today}
        for line in found.get(one.who, []):
            held = slots[UUID(line["order"]), line["slot"]]
            assert held.dose is not None or held.order.rid not in waits


@settings(
    max_examples=tries(25),
    phases=(Phase.explicit, Phase.generate),  # a walk that gives is read as it is; shrinking takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=30, max_size=50))
def test_no_walk_gives_what_nobody_decided_about(ward: Ward, steps: list[tuple[str, int]]) -> None:
    _walk(
        ward,
        [
            ("order", 0),
            ("order", 1),
            ("order", 2),
            ("wait", 130),
            ("hospital", 0),
            ("wait", 900),
            ("return", 0),
            *steps,
        ],
    )


def test_the_walk_that_matters_reaches_what_it_should(ward: Ward) -> None:
    """Held, decided, given: so that the generated walks are known to go through and not past it."""
    steps = [
        ("order", 0), ("wait", 55), ("hospital", 0), ("wait", 900), ("wait", 400), ("return", 0), ("give", 0),
        ("keep", 0), ("wait", 400), ("wait", 7), *(("late", one) for one in range(6)),
    ]  # fmt: skip
    assert _walk(ward, steps).given


def _walk(ward: Ward, steps: list[tuple[str, int]]) -> Walk:
    ward.put(6)
    ward.become(Role.NURSE)
    form = ResidentForm("王秀英", "2", date(1940, 1, 1), admitted_on=date(2026, 10, 1))
    one = Walk(ward, ward.do(CreateResident(form)))
    now = at(6, 0, DAY)
    for name, number in steps:
        ward.become(Role.NURSE)
        if name == "wait":
            now += timedelta(minutes=number)
            ward.station.clock.put(now)  # type: ignore[attr-defined]  # a clock to be put
            continue
        with suppress(Refusal):
            ACTS[name](one, number)
        _check(one)
    _nothing_put_out(one)
    return one
