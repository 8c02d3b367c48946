"""Questions on contracts: everybody in the house with or without one, one resident's, rates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.due.people import Lodger, lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.contracts.forms import ContractForm, Member, Signer, services_of
from app.referrals.contracts.lists import Fee, groups_of, lists
from app.referrals.contracts.reading import ContractStand, delivered, newest, standing_contracts, stands
from app.referrals.revising import Seen
from app.residents.queries.latest import join_latest, latest
from app.residents.rules import age_on
from db.models import ContractService, Diagnosis, FamilyContract, Resident, ResidentSearch

ALL, NONE, BEHIND, DUE, KEY = "all", "none", "behind", "due", "key"


@dataclass(frozen=True)
class ContractLine:
    """A resident in the house. `groups`: codes the chart says; `contract` None: never signed."""

    resident: UUID
    number: str
    name: str
    sex: str
    bed: str
    groups: tuple[str, ...]
    contract: ContractStand | None

    @property
    def signed(self) -> bool:
        return self.contract is not None and self.contract.running

    @property
    def group_words(self) -> tuple[str, ...]:
        known = lists().groups
        return tuple(known[code].words if code in known else code for code in self.groups)


@dataclass(frozen=True)
class ContractBoard:
    """The lines of one view, and how many each view has."""

    lines: tuple[ContractLine, ...]
    counts: dict[str, int]


@dataclass(frozen=True)
class Contracts(Question[ContractBoard]):
    """`view`: all, none (not signed), behind (services late), due (to be renewed), key (重点人群 not signed).
    `words`: as the search of residents."""

    view: str = ALL
    words: str = ""


@dataclass(frozen=True)
class ServiceRow:
    """One service that was delivered."""

    seen: Seen
    code: str
    words: str
    at: datetime
    provider: str
    result: str
    drawn: dict[str, Any]
    by: str


@dataclass(frozen=True)
class ContractPage:
    """A resident's contract whole, what was delivered of it (newest first), and those before it."""

    resident: UUID
    name: str
    bed: str
    groups: tuple[str, ...]
    stand: ContractStand | None
    form: ContractForm | None
    delivered: tuple[ServiceRow, ...]
    others: tuple[ContractStand, ...]


@dataclass(frozen=True)
class ContractOf(Question[ContractPage | None]):
    """Of a resident; `contract`: another than the one that counts. None where there is no such resident."""

    resident: UUID
    contract: UUID | None = None


@dataclass(frozen=True)
class ContractRates:
    """Of the residents in the house: signed, of the key groups and of those signed, services met of those expected by
    now; of contracts that ran out in a year before the day, how many were renewed."""

    residents: int
    signed: int
    key: int
    key_signed: int
    expected: int
    met: int
    ran_out: int
    renewed: int


@dataclass(frozen=True)
class ContractCoverage(Question[ContractRates]):
    """For the figures; as of today."""


@dataclass(frozen=True)
class CountContractWork(Question[int]):
    """Contracts to be renewed, and those with services behind."""


@answers(Contracts)
def contracts(reader: Reader, question: Contracts) -> ContractBoard:
    reader.require(Right.READ_RESIDENTS)
    lines = contract_lines(reader, question.words)
    fits = {
        ALL: lines,
        NONE: [one for one in lines if not one.signed],
        BEHIND: [one for one in lines if one.signed and one.contract is not None and one.contract.behind],
        DUE: [one for one in lines if one.contract is not None and one.contract.due],
        KEY: [one for one in lines if one.groups and not one.signed],
    }
    return ContractBoard(
        tuple(fits.get(question.view, lines)), {key: len(rows) for key, rows in fits.items()}
    )


@answers(ContractOf)
def contract_of(reader: Reader, question: ContractOf) -> ContractPage | None:
    reader.require(Right.READ_RESIDENTS)
    resident = reader.session.get(Resident, question.resident)
    if resident is None:
        return None
    here = next(iter(lodgers(reader, question.resident)), None)
    rows = standing_contracts(reader, question.resident)
    known = stands(reader, rows, delivered(reader, question.resident))
    chosen = next((one for one in known if one.seen.rid == question.contract), None) or newest(known)
    row = next((one for one in rows if chosen is not None and one.rid == chosen.seen.rid), None)
    line = _groups(reader, question.resident)
    return ContractPage(
        resident=resident.rid,
        name=resident.name,
        bed=here.bed if here is not None else "",
        groups=line.get(resident.rid, ()),
        stand=chosen,
        form=None if row is None else form_of(row),
        delivered=() if row is None else _delivered_rows(reader, row.rid),
        others=tuple(one for one in known if chosen is None or one.seen.rid != chosen.seen.rid),
    )


@answers(ContractCoverage)
def contract_coverage(reader: Reader, _question: ContractCoverage) -> ContractRates:
    reader.require(Right.READ_RESIDENTS)
    lines = contract_lines(reader)
    running = [one.contract for one in lines if one.signed and one.contract is not None]
    key = [one for one in lines if one.groups]
    rows = standing_contracts(reader)
    since = reader.today - timedelta(days=365)
    over = [one for one in rows if since <= (one.ended_on or one.ends) < reader.today]
    followed = {one.renewed_from for one in rows}
    return ContractRates(
        residents=len(lines),
        signed=len(running),
        key=len(key),
        key_signed=sum(one.signed for one in key),
        expected=sum(one.expected for one in running),
        met=sum(one.met for one in running),
        ran_out=len(over),
        renewed=sum(one.rid in followed or (one.renews and one.ended_on is None) for one in over),
    )


@answers(CountContractWork)
def count_contract_work(reader: Reader, _question: CountContractWork) -> int:
    reader.require(Right.READ_RESIDENTS)
    due, behind = waiting(reader)
    return len(due | behind)


def waiting(reader: Reader) -> tuple[set[UUID], set[UUID]]:
    """Residents in the house whose contract is to be renewed, and whose services are behind: without their groups,
    which only a list shows."""
    here = set(reader.session.scalars(select(ResidentSearch.rid).where(ResidentSearch.status == "in")))
    rows = [one for one in standing_contracts(reader) if one.resident in here]
    mine: dict[UUID, list[ContractStand]] = defaultdict(list)
    for one in stands(reader, rows, delivered(reader)):
        mine[one.resident].append(one)
    counting = [found for known in mine.values() if (found := newest(known)) is not None]
    due = {one.resident for one in counting if one.due}
    return due, {one.resident for one in counting if one.running and one.behind}


def contract_lines(reader: Reader, words: str = "") -> list[ContractLine]:
    """Everybody in the house by bed, with the contract that counts."""
    people = lodgers(reader, words=words)
    groups = _groups(reader)
    mine: dict[UUID, list[ContractStand]] = defaultdict(list)
    for one in stands(reader, standing_contracts(reader), delivered(reader)):
        mine[one.resident].append(one)
    return [_line(one, groups.get(one.resident, ()), mine.get(one.resident, [])) for one in people]


def form_of(row: FamilyContract) -> ContractForm:
    """A contract as it can be corrected."""
    signer = row.signer
    return ContractForm(
        doctor_name=row.doctor_name,
        begins=row.begins,
        ends=row.ends,
        signer=Signer(
            signer.get("name", ""),
            signer.get("relation", ""),
            signer.get("drawn") or {},
            bool(signer.get("on_paper")),
        ),
        package=row.package,
        services=services_of(row),
        doctor_phone=row.doctor_phone,
        partner=row.partner,
        partner_words=row.partner_words,
        team=tuple(
            Member(one.get("role", ""), one.get("name", ""), one.get("phone", ""))
            for one in row.team.get("all", ())
        ),
        fee=Fee(**{key: row.fee.get(key, 0) for key in ("own", "insurance", "public")}),
        groups=tuple(row.groups),
        renews=row.renews,
    )


def _line(one: Lodger, groups: tuple[str, ...], known: list[ContractStand]) -> ContractLine:
    return ContractLine(one.resident, one.number, one.name, one.sex, one.bed, groups, newest(known))


def _groups(reader: Reader, resident: UUID | None = None) -> dict[UUID, tuple[str, ...]]:
    """The groups each belongs to by age, active diagnoses and ability level."""
    codes: dict[UUID, list[str]] = defaultdict(list)
    asked = select(Diagnosis.resident, Diagnosis.code).where(
        Diagnosis.current, Diagnosis.state != "retracted", Diagnosis.status == "active", Diagnosis.code != ""
    )
    people = (
        select(Resident.rid, Resident.birth_date, latest.level)
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(latest, join_latest())
    )
    if resident is not None:
        asked = asked.where(Diagnosis.resident == resident)
        people = people.where(Resident.rid == resident)
    else:
        people = people.where(ResidentSearch.status == "in")
    for whose, code in reader.session.execute(asked):
        codes[whose].append(code)
    return {
        rid: groups_of(None if born is None else age_on(born, reader.today), codes.get(rid, ()), level)
        for rid, born, level in reader.session.execute(people)
    }


def _delivered_rows(reader: Reader, contract: UUID) -> tuple[ServiceRow, ...]:
    names = author_names(reader)
    rows = reader.session.scalars(
        select(ContractService)
        .where(
            ContractService.contract == contract,
            ContractService.current,
            ContractService.state != "retracted",
        )
        .order_by(ContractService.at.desc(), ContractService.recorded_at.desc())
    )
    return tuple(
        ServiceRow(
            Seen(one.rid, one.revision), one.code, one.words, one.at, one.provider, one.result, one.drawn,
            names.get(one.author, "别的站点"),
        )
        for one in rows
    )  # fmt: skip
