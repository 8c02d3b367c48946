"""Whatever a referral, its return, a partner, a round, a contract or a home bed holds is valid FHIR and reads back."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.fhir import House, Revision
from app.medication.fhir.reconciled import DecisionMapper, ReconciliationMapper
from app.referrals.fhir import (
    AgreementMapper,
    ContractMapper,
    HomeBedMapper,
    PartnerMapper,
    ReferralMapper,
    ReturnMapper,
    RoundMapper,
    ServiceMapper,
    VisitingDoctorMapper,
    VisitMapper,
)
from db.models import (
    Agreement,
    ContractService,
    DoctorRound,
    FamilyContract,
    HomeBed,
    MedDecision,
    MedReconciliation,
    Partner,
    Referral,
    ReferralReturn,
    RoundVisit,
    VisitingDoctor,
)
from db.models.partners import PARTNER_KINDS
from db.models.reconciling import DECISIONS, LISTS
from db.models.referrals import PAPERS, REFERRAL_STATUSES, URGENCIES
from tests.app.fhir.test_daily_properties import (
    CONTENT,
    DAYS,
    ENVELOPE,
    INSTANTS,
    JSON,
    NUMBERS,
    PLAIN,
    RID,
    SOME,
    STATES,
    said,
    there_and_back,
)
from tests.app.fhir.test_valid import validate
from tests.support.examples import tries

proves = settings(
    max_examples=tries(25), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
SOMEBODY = st.none() | st.just(RID)
DAY, INSTANT = st.none() | DAYS, st.none() | INSTANTS
CODES = st.lists(SOME, max_size=3)
ODD = JSON | PLAIN
"""What may stand where a text belongs."""


def lines_of(**keys: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A column of lines: with these keys or some of them, of any shape, none, or anything else."""
    line = st.fixed_dictionaries({}, optional=keys) | JSON
    return (
        st.lists(line, max_size=3).map(lambda some: {"all": some})
        | CONTENT
        | JSON.map(lambda one: {"all": one})
    )


def texts(*names: str) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(names, PLAIN))


MOVES = st.lists(
    st.fixed_dictionaries(
        {
            "from": st.sampled_from(REFERRAL_STATUSES), "to": st.sampled_from(REFERRAL_STATUSES),
            "at": INSTANTS.map(lambda at: at.isoformat()), "reason": PLAIN, "source": st.just("manual"),
            "recorded_at": st.just(ENVELOPE["recorded_at"].isoformat()) | INSTANTS.map(lambda at: at.isoformat()),
            "by": st.just(str(RID)), "by_name": PLAIN,
        },
        optional={"taken_back": st.just({"at": "2026-11-20T08:00:00+00:00", "why": "点错"}), "left": CONTENT},
    ),
    max_size=4,
).map(lambda some: {"all": some})  # fmt: skip
CONSENTS: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.fixed_dictionaries(
    {}, optional={"name": ODD, "relation": ODD, "agreed": st.booleans(), "words": ODD, "drawn": CONTENT}
)


def row_of(model: Any, state: tuple[int, str], resident: Any = RID, **content: Any) -> Any:
    of = {"resident": resident} if resident else {}
    return model(**ENVELOPE, revision=state[0], state=state[1], **of, **content)


def survives(station: Station, mapper: Any, row: Any) -> None:
    """The record reads back, and what goes beside it is valid too and names it."""
    assert there_and_back(station, mapper, row) == said(row, mapper)
    asked = Revision(mapper.kind, row.rid, row.revision, row.station)
    for part in mapper.beside(None, House.of(station.settings), {asked: row}, frozenset()).get(asked, ()):
        assert part.type in mapper.types
        text = orjson.dumps(part.body)
        assert b"/urn:uuid:" in text
        validate(orjson.loads(text.replace(b"/urn:uuid:", b"/x-")))


@proves
@given(
    status=st.sampled_from(REFERRAL_STATUSES), urgency=st.sampled_from(URGENCIES), number=SOME,
    words=texts("impression", "history", "past", "course", "cause", "partner_words", "department", "receiver",
                "booking", "doctor_name"),
    care=st.sampled_from(["", "inpatient", "outpatient"]), green=st.booleans(), partner=SOMEBODY, doctor=SOMEBODY,
    criteria=lines_of(code=ODD, words=ODD, value=JSON), sbar=st.dictionaries(st.sampled_from("ISBAR"), ODD) | CONTENT,
    attachments=lines_of(what=ODD, rid=ODD, words=ODD), consent=CONSENTS, moves=MOVES,
    family=lines_of(name=ODD, relation=ODD, at=ODD | INSTANTS.map(str), answer=ODD, words=ODD, by_name=ODD),
    some=st.lists(CONTENT, min_size=4, max_size=4), belongings=CODES, absence=SOMEBODY, bed=DAY,
    at=st.lists(INSTANT, min_size=4, max_size=4), state=STATES,
)  # fmt: skip
def test_a_referral(station: Station, **given_: Any) -> None:
    columns = ("status", "urgency", "number", "care", "green", "partner", "doctor", "criteria", "sbar", "attachments",
               "consent", "moves", "family", "belongings", "absence")  # fmt: skip
    times = dict(zip(("due", "consent_at", "consent_by", "approval_by"), given_["at"], strict=True))
    more = dict(zip(("escort", "call", "times", "approval"), given_["some"], strict=True))
    row = row_of(
        Referral, given_["state"], bed_until=given_["bed"], **{key: given_[key] for key in columns}, **times,
        **more, **given_["words"],
    )  # fmt: skip
    survives(station, ReferralMapper(), row)


@proves
@given(
    came=st.sampled_from(PAPERS), by=INSTANTS, done=INSTANT, visit=DAY, state=STATES,
    words=texts("hospital", "department", "diagnoses", "record_number", "findings", "course", "plan",
                "visit_department", "dangers", "doctor_name", "doctor_phone"),
    people=st.lists(SOMEBODY, min_size=3, max_size=3), some=st.lists(CONTENT, min_size=2, max_size=2),
    chased=lines_of(how=ODD, at=ODD), files=lines_of(sha256=ODD, words=ODD),
)  # fmt: skip
def test_a_return(station: Station, **given_: Any) -> None:
    whose = dict(zip(("referral", "absence", "partner"), given_["people"], strict=True))
    papers, assessed = given_["some"]
    row = row_of(
        ReferralReturn, given_["state"], came_with=given_["came"], assess_by=given_["by"], assessed_at=given_["done"],
        visit_on=given_["visit"], papers=papers, assessed=assessed, chased=given_["chased"], files=given_["files"],
        **whose, **given_["words"],
    )  # fmt: skip
    survives(station, ReturnMapper(), row)


@proves
@given(
    came=st.sampled_from(LISTS), signed=INSTANT, doctor=SOMEBODY,
    words=texts("hospital", "paper", "doctor_name", "note"),
    listed=lines_of(words=ODD, dose=ODD, frequency=ODD, note=ODD, stopped=JSON), state=STATES,
)  # fmt: skip
def test_a_reconciliation(station: Station, **given_: Any) -> None:
    row = row_of(
        MedReconciliation, given_["state"], absence=RID, came_with=given_["came"], listed=given_["listed"],
        doctor=given_["doctor"], doctor_at=given_["signed"], **given_["words"],
    )  # fmt: skip
    survives(station, ReconciliationMapper(), row)


@proves
@given(
    decision=st.sampled_from(DECISIONS), drug=PLAIN, words=texts("words", "item", "why", "doctor_name"),
    people=st.lists(SOMEBODY, min_size=3, max_size=3), at=st.tuples(INSTANT, INSTANT), state=STATES,
)  # fmt: skip
def test_a_decision(station: Station, **given_: Any) -> None:
    whose = dict(zip(("med_order", "med_order_after", "doctor"), given_["people"], strict=True))
    by, at = given_["at"]
    row = row_of(
        MedDecision, given_["state"], absence=RID, decision=given_["decision"], drug=given_["drug"], doctor_by=by,
        doctor_at=at, **whose, **given_["words"],
    )  # fmt: skip
    survives(station, DecisionMapper(), row)


@proves
@given(
    name=SOME, kind=st.sampled_from(PARTNER_KINDS), words=texts("code", "level", "address", "phone", "note"),
    far=st.none() | NUMBERS, minutes=st.none() | st.integers(0, 600), able=CODES, ended=DAY, state=STATES,
    departments=lines_of(words=ODD, contact=ODD, phone=ODD, day_and_night=JSON),
)  # fmt: skip
def test_a_partner(station: Station, **given_: Any) -> None:
    row = row_of(
        Partner, given_["state"], None, name=given_["name"], kind=given_["kind"], distance_km=given_["far"],
        minutes=given_["minutes"], departments=given_["departments"], capabilities=given_["able"],
        ended_on=given_["ended"], **given_["words"],
    )  # fmt: skip
    survives(station, PartnerMapper(), row)


@proves
@given(
    what=PLAIN, words=texts("words", "number", "paper", "ended_why"), begins=DAYS, ends=DAY, over=DAY, state=STATES,
    terms=CONTENT | st.fixed_dictionaries({}, optional={"text": ODD, "beds": JSON, "pay_later": JSON}),
    remind=st.integers(0, 365),
)  # fmt: skip
def test_an_agreement(station: Station, **given_: Any) -> None:
    row = row_of(
        Agreement, given_["state"], None, partner=RID, what=given_["what"], begins=given_["begins"],
        ends=given_["ends"], ended_on=given_["over"], terms=given_["terms"], remind_days=given_["remind"],
        **given_["words"],
    )  # fmt: skip
    survives(station, AgreementMapper(), row)


@proves
@given(
    name=SOME, begins=DAYS, ends=DAY, people=st.tuples(SOMEBODY, SOMEBODY), state=STATES,
    words=texts("department", "title", "certificate", "phone", "note"),
)  # fmt: skip
def test_a_visiting_doctor(station: Station, **given_: Any) -> None:
    partner, staff = given_["people"]
    row = row_of(
        VisitingDoctor, given_["state"], None, name=given_["name"], begins=given_["begins"], ends=given_["ends"],
        partner=partner, staff=staff, **given_["words"],
    )  # fmt: skip
    survives(station, VisitingDoctorMapper(), row)


@proves
@given(
    number=SOME, status=st.sampled_from(["planned", "held", "cancelled"]), way=st.sampled_from(["on_site", "video"]),
    words=texts("doctor_name", "partner_words", "note"), people=st.lists(SOMEBODY, min_size=3, max_size=3), day=DAYS,
    at=st.tuples(INSTANT, INSTANT), after=DAY, state=STATES,
    asked=lines_of(resident=ODD | st.just(str(RID)), question=ODD, by_name=ODD),
)  # fmt: skip
def test_a_round(station: Station, **given_: Any) -> None:
    whose = dict(zip(("partner", "visitor", "staff"), given_["people"], strict=True))
    arrived, left = given_["at"]
    row = row_of(
        DoctorRound, given_["state"], None, number=given_["number"], planned_on=given_["day"], next_on=given_["after"],
        status=given_["status"], way=given_["way"], arrived=arrived, left=left, asked=given_["asked"], **whose,
        **given_["words"],
    )  # fmt: skip
    survives(station, RoundMapper(), row)


@proves
@given(
    words=texts("doctor_name", "question"), content=CONTENT | st.dictionaries(
        st.sampled_from(["complaint", "examined", "assessment", "exams", "nursing", "fee"]), ODD),
    orders=lines_of(words=ODD, order=ODD), people=st.lists(SOMEBODY, min_size=4, max_size=4),
    flags=st.tuples(st.booleans(), st.booleans()), at=st.tuples(INSTANT, INSTANT), after=DAY,
    some=st.tuples(CONTENT, CONTENT), state=STATES,
)  # fmt: skip
def test_a_visit(station: Station, **given_: Any) -> None:
    whose = dict(zip(("doctor_round", "home_bed", "doctor", "nurse"), given_["people"], strict=True))
    (problem, refer), (doctor_at, nurse_at), (vitals, drawn) = given_["flags"], given_["at"], given_["some"]
    row = row_of(
        RoundVisit, given_["state"], content=given_["content"], orders=given_["orders"], problem=problem, refer=refer,
        doctor_at=doctor_at, nurse_at=nurse_at, next_on=given_["after"], vitals=vitals, drawn=drawn, **whose,
        **given_["words"],
    )  # fmt: skip
    survives(station, VisitMapper(), row)


@proves
@given(
    number=SOME, status=st.sampled_from(["running", "ended"]), days=st.tuples(DAYS, DAYS), ended=DAY, groups=CODES,
    words=texts("package", "doctor_name", "partner_words", "doctor_phone", "ended_why"), renews=st.booleans(),
    services=lines_of(code=ODD, words=ODD, per_year=JSON), team=lines_of(role=ODD, name=ODD, phone=ODD),
    signer=CONTENT | st.fixed_dictionaries({}, optional={"name": ODD, "relation": ODD | st.just("本人")}),
    fee=CONTENT, people=st.tuples(SOMEBODY, SOMEBODY), liked=st.none() | st.integers(1, 5), state=STATES,
)  # fmt: skip
def test_a_contract(station: Station, **given_: Any) -> None:
    (begins, ends), (partner, before) = sorted(given_["days"]), given_["people"]
    row = row_of(
        FamilyContract, given_["state"], number=given_["number"], status=given_["status"], begins=begins, ends=ends,
        services=given_["services"], signer=given_["signer"], team=given_["team"], partner=partner, fee=given_["fee"],
        groups=given_["groups"], renews=given_["renews"], renewed_from=before, satisfaction=given_["liked"],
        ended_on=given_["ended"], **given_["words"],
    )  # fmt: skip
    survives(station, ContractMapper(), row)


@proves
@given(
    words=texts("code", "words", "provider", "result"), visit=SOMEBODY, drawn=CONTENT, state=STATES,
)  # fmt: skip
def test_a_service(station: Station, **given_: Any) -> None:
    row = row_of(
        ContractService, given_["state"], contract=RID, visit=given_["visit"], drawn=given_["drawn"],
        **given_["words"],
    )  # fmt: skip
    survives(station, ServiceMapper(), row)


@proves
@given(
    number=SOME, status=st.sampled_from(["applied", "open", "closed", "declined"]), applicant=CONTENT, codes=CODES,
    words=texts("diagnosis", "doctor_name", "nurse_name", "plan", "insurance"), some=st.tuples(CONTENT, CONTENT),
    people=st.tuples(SOMEBODY, SOMEBODY), days=st.tuples(DAY, DAY, DAY), visits=st.integers(0, 14), state=STATES,
    renewed=lines_of(until=ODD, why=ODD),
)  # fmt: skip
def test_a_home_bed(station: Station, **given_: Any) -> None:
    (evaluation, closing), (doctor, nurse) = given_["some"], given_["people"]
    opened, until, closed = given_["days"]
    row = row_of(
        HomeBed, given_["state"], number=given_["number"], status=given_["status"], applicant=given_["applicant"],
        indications=given_["codes"], evaluation=evaluation, closing=closing, doctor=doctor, nurse=nurse,
        opened_on=opened, until=until, closed_on=closed, visits_week=given_["visits"], renewed=given_["renewed"],
        **given_["words"],
    )  # fmt: skip
    survives(station, HomeBedMapper(), row)
