"""Whatever an order, a dose or anything that goes with them holds is valid FHIR and read back as it was sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.medication.drugs.catalogue import drugs
from app.medication.facts import facts_of
from app.medication.fhir import (
    DispenseMapper,
    DoseMapper,
    MatterMapper,
    MedStatementMapper,
    OrderMapper,
    OwnDrugMapper,
    PrescriptionMapper,
    SkinTestMapper,
)
from app.medication.lists import frequencies, routes
from app.medication.rules.amounts import UNITS, amount_words
from app.medication.rules.dosing import CALL
from db.models import Dispense, Dose, MedMatter, MedOrder, MedStatement, OwnDrug, Prescription, SkinTest
from db.models.medication import MATTERS, ORDER_KINDS, ORDER_STATUSES, OUTCOMES, STATEMENTS
from tests.app.fhir.test_daily_properties import (
    CONTENT,
    DAYS,
    ENVELOPE,
    INSTANTS,
    NUMBERS,
    PLAIN,
    RID,
    SOME,
    STATES,
    said,
    there_and_back,
)

proves = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
SOMEBODY = st.none() | st.just(RID)
AMOUNTS = st.decimals(Decimal("0.0001"), Decimal(999999), places=4).map(amount_words)
TIMES = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59)) | st.just("24:00")
TIMETABLE = st.lists(TIMES, min_size=1, max_size=4, unique=True).map(sorted)
DRUGS = st.sampled_from(sorted(drugs())) | st.just("no-longer-there")
BAND = st.tuples(AMOUNTS, AMOUNTS | st.just(CALL) | st.just("0"))
BANDS = st.lists(BAND, min_size=2, max_size=5, unique_by=lambda band: band[0])


def _bands(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    ordered = sorted(pairs, key=lambda pair: Decimal(pair[0]))
    return [
        {"below": limit, "amount": amount} if place < len(ordered) - 1 else {"amount": amount}
        for place, (limit, amount) in enumerate(ordered)
    ]


def dosings(times: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Every way of dosing an order with these times can have."""
    each = st.lists(AMOUNTS | st.just("0"), min_size=len(times), max_size=len(times))
    step = st.fixed_dictionaries({"days": st.integers(1, 366), "amount": AMOUNTS})
    return st.one_of(
        AMOUNTS.map(lambda one: {"way": "same", "amount": one}),
        each.map(lambda some: {"way": "times", "amounts": dict(zip(times, some, strict=True))}),
        st.lists(AMOUNTS | st.just("0"), min_size=2, max_size=4).map(
            lambda some: {"way": "turn", "amounts": some}
        ),
        st.lists(step, min_size=1, max_size=4).map(lambda some: {"way": "taper", "steps": some}),
        BANDS.map(lambda some: {"way": "scale", "bands": _bands(some)}),
    )


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """The columns of an order, as `OrderForm` and the acts that follow can leave them."""
    kind, code, begins = draw(st.sampled_from(ORDER_KINDS)), draw(DRUGS), draw(INSTANTS)
    times = [] if kind in ("prn", "sos") else draw(TIMETABLE)
    drug = drugs().get(code)
    facts = facts_of(drug) if drug is not None else draw(CONTENT)
    span = [begins.isoformat(), draw(st.none() | INSTANTS.map(datetime.isoformat))]
    texts = st.fixed_dictionaries(
        dict.fromkeys(("words", "indication", "note", "doctor_name", "hospital", "ended_why", "paper"), PLAIN)
    )
    return {
        "kind": kind, "status": draw(st.sampled_from(ORDER_STATUSES)), "drug": code, "facts": facts, "times": times,
        "number": draw(SOME), "dosing": draw(dosings(times or ["08:00"])), "dose_unit": draw(st.sampled_from(UNITS)),
        "route": draw(st.sampled_from(sorted(routes()))), "begins": begins,
        "ends": draw(st.none() | st.just(begins + timedelta(days=draw(st.integers(1, 90))))),
        "frequency": draw(st.sampled_from(["", *frequencies()])), "every_days": draw(st.integers(1, 7)),
        "weekdays": draw(st.lists(st.sampled_from("1234567"), max_size=3, unique=True).map(sorted)),
        "every_weeks": draw(st.integers(1, 4)), "first_count": draw(st.none() | st.integers(0, 4)),
        "meal": draw(st.sampled_from(["", "ac", "pc", "with", "empty"])), "own_supply": draw(st.booleans()),
        "origin": draw(st.sampled_from(["station", "hospital", "long", "extended", "family"])),
        "pauses": draw(st.sampled_from([{}, {"spans": [span]}])), "limits": draw(st.just({}) | st.just({"sbp": 90.0})),
        "prn": draw(st.just({}) | st.fixed_dictionaries(
            {"why": PLAIN, "gap_minutes": st.integers(0, 1440), "most": st.integers(0, 9)})),
        "verbal": draw(CONTENT), "found": draw(CONTENT), **draw(texts),
        **{key: draw(SOMEBODY) for key in ("doctor", "checked_by", "ended_by", "replaces", "prescription")},
        **{key: draw(st.none() | INSTANTS) for key in ("doctor_at", "doctor_by", "checked_at", "ended_at")},
    }  # fmt: skip


@proves
@given(content=orders(), state=STATES, at=INSTANTS)
def test_an_order(station: Station, content: dict[str, Any], state: tuple[int, str], at: datetime) -> None:
    row = MedOrder(**{**ENVELOPE, "at": at}, revision=state[0], state=state[1], resident=RID, **content)
    assert there_and_back(station, OrderMapper(), row) == said(row, OrderMapper())


@proves
@given(
    outcome=st.sampled_from(OUTCOMES), slot=TIMES, day=DAYS, kind=st.sampled_from(["slot", "prn"]), drug=DRUGS,
    reason=st.none() | st.integers(1, 14), amount=AMOUNTS | st.just(""), unit=st.sampled_from(("", *UNITS)),
    pieces=st.none() | NUMBERS, texts=st.lists(PLAIN, min_size=8, max_size=8), prn=CONTENT, measured=CONTENT,
    people=st.lists(SOMEBODY, min_size=2, max_size=2), counter_at=st.none() | INSTANTS, ended=st.none() | INSTANTS,
    state=STATES, at=INSTANTS,
)  # fmt: skip
def test_a_dose(station: Station, at: datetime, **given_: Any) -> None:
    names = ("note", "late", "check_how", "check_why", "site", "lot", "swallowed", "supply")
    row = Dose(
        **{**ENVELOPE, "at": at}, revision=given_["state"][0], state=given_["state"][1], resident=RID, med_order=RID,
        drug=given_["drug"], service_date=given_["day"], slot=given_["slot"], kind=given_["kind"],
        outcome=given_["outcome"], reason_code=given_["reason"], amount=given_["amount"], unit=given_["unit"],
        pieces=given_["pieces"], second=given_["people"][0], counter_by=given_["people"][1],
        counter_at=given_["counter_at"], measured=given_["measured"], prn=given_["prn"], ended=given_["ended"],
        **dict(zip(names, given_["texts"], strict=True)),
    )  # fmt: skip
    assert there_and_back(station, DoseMapper(), row) == said(row, DoseMapper())


@proves
@given(
    drug=SOME, texts=st.lists(PLAIN, min_size=4, max_size=4), result=st.sampled_from(["", "negative", "positive"]),
    people=st.lists(SOMEBODY, min_size=3, max_size=3), read_at=st.none() | INSTANTS, state=STATES,
)  # fmt: skip
def test_a_skin_test(station: Station, **given_: Any) -> None:
    texts = dict(zip(("words", "lot", "site", "size"), given_["texts"], strict=True))
    people = dict(zip(("med_order", "reader", "second"), given_["people"], strict=True))
    revision, state = given_["state"]
    row = SkinTest(
        **ENVELOPE, revision=revision, state=state, resident=RID, drug=given_["drug"], result=given_["result"],
        read_at=given_["read_at"], **texts, **people,
    )  # fmt: skip
    assert there_and_back(station, SkinTestMapper(), row) == said(row, SkinTestMapper())


@proves
@given(
    what=st.sampled_from(["long", "extended", "free"]), status=st.sampled_from(["active", "ended"]), begins=DAYS,
    days=st.lists(st.none() | DAYS, min_size=2, max_size=2), lines=st.lists(CONTENT, max_size=3), content=CONTENT,
    texts=st.lists(PLAIN, min_size=3, max_size=3), number=SOME, doctor=SOMEBODY, weeks=st.integers(0, 52), state=STATES,
)  # fmt: skip
def test_a_prescription(station: Station, **given_: Any) -> None:
    texts = dict(zip(("diagnosis", "doctor_name", "doctor_title"), given_["texts"], strict=True))
    days = dict(zip(("ends", "review_on"), given_["days"], strict=True))
    revision, state = given_["state"]
    row = Prescription(
        **ENVELOPE, revision=revision, state=state, resident=RID, number=given_["number"], what=given_["what"],
        status=given_["status"], begins=given_["begins"], items={"items": given_["lines"]}, weeks=given_["weeks"],
        doctor=given_["doctor"], content=given_["content"], **days, **texts,
    )  # fmt: skip
    assert there_and_back(station, PrescriptionMapper(), row) == said(row, PrescriptionMapper())


@proves
@given(
    what=st.sampled_from(["box", "issue"]), day=DAYS, texts=st.lists(PLAIN, min_size=3, max_size=3),
    names=st.lists(PLAIN, max_size=3), pieces=st.none() | NUMBERS, second=SOMEBODY, at=st.none() | INSTANTS,
    days=st.integers(1, 90), state=STATES,
)  # fmt: skip
def test_what_was_put_out(station: Station, **given_: Any) -> None:
    texts = dict(zip(("round", "receiver", "note"), given_["texts"], strict=True))
    lines = [{"words": name, "pieces": given_["pieces"], "order": str(RID)} for name in given_["names"]]
    revision, state = given_["state"]
    row = Dispense(
        **ENVELOPE, revision=revision, state=state, resident=RID, what=given_["what"], service_date=given_["day"],
        items={"items": lines} if lines else {}, second=given_["second"], second_at=given_["at"], days=given_["days"],
        **texts,
    )  # fmt: skip
    assert there_and_back(station, DispenseMapper(), row) == said(row, DispenseMapper())


@proves
@given(what=st.sampled_from(MATTERS), since=INSTANTS, text=PLAIN, state=STATES)
def test_a_matter(station: Station, what: str, since: datetime, text: str, state: tuple[int, str]) -> None:
    row = MedMatter(
        **ENVELOPE,
        revision=state[0],
        state=state[1],
        resident=RID,
        what=what,
        about=RID,
        since=since,
        words=text,
    )
    assert there_and_back(station, MatterMapper(), row) == said(row, MatterMapper())


@proves
@given(
    what=st.sampled_from(STATEMENTS), texts=st.lists(PLAIN, min_size=3, max_size=3), drawn=CONTENT, content=CONTENT,
    until=st.none() | DAYS, about=SOMEBODY, state=STATES,
)  # fmt: skip
def test_a_statement(station: Station, until: date | None, **given_: Any) -> None:
    texts = dict(zip(("name", "relation", "words"), given_["texts"], strict=True))
    revision, state = given_["state"]
    row = MedStatement(
        **ENVELOPE, revision=revision, state=state, resident=RID, what=given_["what"], drawn=given_["drawn"],
        content=given_["content"], until=until, about=given_["about"], **texts,
    )  # fmt: skip
    assert there_and_back(station, MedStatementMapper(), row) == said(row, MedStatementMapper())


@proves
@given(code=SOME, text=SOME, content=CONTENT, state=STATES)
def test_an_own_medicine(
    station: Station, code: str, text: str, content: dict[str, Any], state: tuple[int, str]
) -> None:
    row = OwnDrug(**ENVELOPE, revision=state[0], state=state[1], code=code, words=text, content=content)
    assert there_and_back(station, OwnDrugMapper(), row) == said(row, OwnDrugMapper())
