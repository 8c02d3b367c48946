"""Questions on partners: the list, one of them, the station's papers, who comes, what runs out, what is covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.partners.department import DepartmentRow, departments_of
from app.referrals.partners.forms import PartnerForm
from app.referrals.partners.lists import lists
from app.referrals.partners.rows import (
    AgreementRow,
    LicenceRow,
    VisitingRow,
    agreement_rows,
    licence_rows,
    visiting_row,
)
from app.referrals.revising import Seen
from app.referrals.rules.validity import Validity
from app.residents.search_text import pinyin_of, search_query
from db.models import Agreement, Licence, Partner, Referral, VisitingDoctor


@dataclass(frozen=True)
class PartnerLine:
    """A line of the list. `running`: agreements that hold, in short words; `due`: how many want care,
    `over` of them those that are over."""

    rid: UUID
    name: str
    kind: str
    level: str
    way: str
    phone: str
    running: tuple[str, ...]
    due: int
    over: int
    green: bool
    ended_on: date | None

    @property
    def ended(self) -> bool:
        return self.ended_on is not None


@dataclass(frozen=True)
class Partners(Question[tuple[PartnerLine, ...]]):
    """Those that are worked with first, the nearest first. `search`: name, pinyin, initials, a department."""

    search: str = ""


@dataclass(frozen=True)
class PartnerPage:
    """One partner whole. `sent`: how many referrals went there."""

    seen: Seen
    form: PartnerForm
    kind: str
    capabilities: tuple[str, ...]
    departments: tuple[DepartmentRow, ...]
    agreements: tuple[AgreementRow, ...]
    doctors: tuple[VisitingRow, ...]
    sent: int
    ended_on: date | None


@dataclass(frozen=True)
class PartnerById(Question[PartnerPage | None]):
    """None where it is not here, or was an error."""

    rid: UUID


@dataclass(frozen=True)
class Licences(Question[tuple[LicenceRow, ...]]):
    """The station's own papers."""


@dataclass(frozen=True)
class VisitingDoctors(Question[tuple[VisitingRow, ...]]):
    """Who comes; `all`: those who came once, too."""

    everybody: bool = False


@answers(Partners)
def partners(reader: Reader, question: Partners) -> tuple[PartnerLine, ...]:
    reader.require(Right.READ_RESIDENTS)
    kept = standing_partners(reader)
    agreed: dict[UUID, list[AgreementRow]] = {}
    for row in agreement_rows(standing_agreements(reader), reader.today):
        agreed.setdefault(row.partner, []).append(row)
    typed = search_query(question.search)
    found = [one for one in kept if not typed or _fits(one, typed)]
    lines = [_line(one, agreed.get(one.rid, [])) for one in found]
    far = float("inf")
    km = {one.rid: far if one.distance_km is None else one.distance_km for one in kept}
    return tuple(sorted(lines, key=lambda one: (one.ended, not one.green, km[one.rid], one.name)))


@answers(PartnerById)
def partner_by_id(reader: Reader, question: PartnerById) -> PartnerPage | None:
    reader.require(Right.READ_RESIDENTS)
    row = next((one for one in standing_partners(reader) if one.rid == question.rid), None)
    if row is None:
        return None
    known = lists().capabilities
    sent = reader.session.scalar(
        select(func.count()).select_from(Referral).where(
            Referral.partner == row.rid, Referral.current, Referral.state != "retracted", Referral.status != "draft"
        )
    )  # fmt: skip
    return PartnerPage(
        seen=Seen(row.rid, row.revision),
        form=_form(row),
        kind=lists().kinds.get(row.kind, row.kind),
        capabilities=tuple(known[code].words if code in known else code for code in row.capabilities),
        departments=departments_of(row),
        agreements=agreement_rows(standing_agreements(reader, row.rid), reader.today),
        doctors=_doctors(reader, row),
        sent=sent or 0,
        ended_on=row.ended_on,
    )


@answers(Licences)
def licences(reader: Reader, _question: Licences) -> tuple[LicenceRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    return licence_rows(standing_licences(reader), reader.today)


@answers(VisitingDoctors)
def visiting_doctors(reader: Reader, question: VisitingDoctors) -> tuple[VisitingRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    names = {one.rid: one.name for one in standing_partners(reader)}
    rows = [
        visiting_row(one, names.get(one.partner, "") if one.partner else "", reader.today)
        for one in _visiting(reader)
    ]
    return tuple(one for one in rows if one.comes or question.everybody)


def standing_partners(reader: Reader) -> list[Partner]:
    """Partners as they stand, those that ended among them."""
    statement = select(Partner).where(Partner.current, Partner.state != "retracted")
    return list(reader.session.scalars(statement.order_by(Partner.name)))


def standing_agreements(reader: Reader, partner: UUID | None = None) -> list[Agreement]:
    """Agreements as they stand, of one partner or of all."""
    statement = select(Agreement).where(Agreement.current, Agreement.state != "retracted")
    if partner is not None:
        statement = statement.where(Agreement.partner == partner)
    return list(reader.session.scalars(statement))


def standing_licences(reader: Reader) -> list[Licence]:
    """The station's papers as they stand."""
    return list(reader.session.scalars(select(Licence).where(Licence.current, Licence.state != "retracted")))


def _visiting(reader: Reader) -> list[VisitingDoctor]:
    statement = select(VisitingDoctor).where(VisitingDoctor.current, VisitingDoctor.state != "retracted")
    return list(reader.session.scalars(statement.order_by(VisitingDoctor.name)))


def _doctors(reader: Reader, partner: Partner) -> tuple[VisitingRow, ...]:
    rows = [
        visiting_row(one, partner.name, reader.today)
        for one in _visiting(reader)
        if one.partner == partner.rid
    ]
    return tuple(sorted(rows, key=lambda one: not one.comes))


def _fits(row: Partner, typed: str) -> bool:
    words = (row.name, *(one.words for one in departments_of(row)))
    said = [search_query(word) for word in words]
    sounds = pinyin_of(search_query(row.name)) if typed.isascii() else ()
    return any(typed in one for one in (*said, *sounds))


def _line(row: Partner, agreements: list[AgreementRow]) -> PartnerLine:
    holding = [one for one in agreements if one.stands.validity.holds]
    km = f"{row.distance_km:g} km" if row.distance_km is not None else ""
    minutes = f"约 {row.minutes} 分钟" if row.minutes is not None else ""
    short = lists().agreements
    return PartnerLine(
        rid=row.rid,
        name=row.name,
        kind=lists().kinds.get(row.kind, row.kind),
        level=row.level,
        way=" · ".join(part for part in (km, minutes) if part),
        phone=row.phone,
        running=tuple(
            dict.fromkeys(
                short[one.form.what].short if one.form.what in short else one.words for one in holding
            )
        ),
        due=0 if row.ended_on else sum(one.stands.due for one in agreements),
        over=0
        if row.ended_on
        else sum(one.stands.due and one.stands.validity is Validity.OVER for one in agreements),
        green=any(one.green for one in holding) and row.ended_on is None,
        ended_on=row.ended_on,
    )


def _form(row: Partner) -> PartnerForm:
    return PartnerForm(
        row.name,
        row.kind,
        row.code,
        row.level,
        row.address,
        row.phone,
        row.distance_km,
        row.minutes,
        tuple(row.capabilities),
        row.note,
    )
