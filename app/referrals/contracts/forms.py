"""What a person says of a contract, checked; given back as columns, or refused beside the field."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.strokes import check_drawn, strokes_of
from app.core.unit import Unit
from app.referrals.contracts.lists import Fee, Owed, lists
from app.referrals.partners.forms import phone
from app.referrals.rules.contracts import last_day
from app.referrals.writing.forms import partner_of
from app.residents.stays.forms import words

MOST_A_YEAR = 366
NOTHING = Fee()
MOST_TEAM, MOST_SERVICES = 8, 30
_DEAREST = 100_000


@dataclass(frozen=True)
class Member:
    """One of the team."""

    role: str
    name: str
    phone: str = ""


@dataclass(frozen=True)
class Signer:
    """Who signed for the resident; `drawn` as `app.core.strokes` keeps it, `on_paper`: on the paper contract."""

    name: str
    relation: str
    drawn: dict[str, Any] = field(default_factory=dict)
    on_paper: bool = False


@dataclass(frozen=True)
class ContractForm:
    """`package`: a code of contracts.toml. `services`: what is owed; empty: as the package has it. `partner` or its
    name: whose team it is; empty: our own."""

    doctor_name: str
    begins: date | None
    ends: date | None
    signer: Signer
    package: str = "basic"
    services: tuple[Owed, ...] = ()
    doctor_phone: str = ""
    partner: UUID | None = None
    partner_words: str = ""
    team: tuple[Member, ...] = ()
    fee: Fee = NOTHING
    groups: tuple[str, ...] = ()
    renews: bool = False


def check_contract(unit: Unit, form: ContractForm) -> dict[str, Any]:
    """The columns; refuses a term longer than is agreed at most, no doctor, no signer, a service twice."""
    known = lists()
    if form.package not in known.packages:
        raise Refusal("请选择服务包。", field="package")
    if any(code not in known.groups for code in form.groups):
        raise Refusal("没有这个重点人群，请重新选择。", field="groups")
    begins, ends = _term(form)
    return {
        "package": form.package,
        "begins": begins,
        "ends": ends,
        "doctor_name": words(form.doctor_name, "doctor_name", "家庭医生", required=True, longest=40),
        "doctor_phone": phone(form.doctor_phone),
        **_partner(unit, form),
        "team": {"all": [asdict(one) for one in _team(form.team)]},
        "services": {"all": [asdict(one) for one in _services(form)]},
        "fee": _fee(form.fee),
        "groups": [code for code in known.groups if code in form.groups],
        "renews": form.renews,
        "signer": _signer(form.signer),
    }


def services_of(row: Any) -> tuple[Owed, ...]:
    """What a contract owes, as it is kept."""
    return tuple(
        Owed(one["code"], one["words"], int(one.get("per_year", 0))) for one in row.services.get("all", ())
    )


def _term(form: ContractForm) -> tuple[date, date]:
    if form.begins is None:
        raise Refusal("请填写签约日期。", field="begins")
    ends = form.ends or last_day(form.begins, lists().years)
    if ends < form.begins:
        raise Refusal("到期日期早于签约日期，请核对。", field="ends")
    most = lists().most_years
    if ends > last_day(form.begins, most):
        raise Refusal(f"签约最长 {most} 年，请核对到期日期。", field="ends")
    return form.begins, ends


def _partner(unit: Unit, form: ContractForm) -> dict[str, Any]:
    if form.partner is None:
        return {
            "partner": None,
            "partner_words": words(form.partner_words, "partner", "签约机构", longest=60),
        }
    row = partner_of(unit, form.partner)
    return {"partner": row.rid, "partner_words": row.name}


def _team(team: tuple[Member, ...]) -> list[Member]:
    if len(team) > MOST_TEAM:
        raise Refusal(f"团队最多 {MOST_TEAM} 人。", field="team")
    made = []
    for one in team:
        name = words(one.name, "team", "团队成员", required=True, longest=40)
        try:
            number = phone(one.phone)
        except Refusal as refusal:
            raise Refusal(f"{name}：{refusal.text}", field="team") from None
        made.append(Member(words(one.role, "team", "团队角色", required=True, longest=20), name, number))
    return made


def _services(form: ContractForm) -> list[Owed]:
    said = form.services or lists().packages[form.package].services
    if len(said) > MOST_SERVICES:
        raise Refusal(f"服务项目最多 {MOST_SERVICES} 项。", field="services")
    made: list[Owed] = []
    for one in said:
        name = words(one.words, "services", "服务项目", required=True, longest=40)
        if not 0 <= one.per_year <= MOST_A_YEAR:
            raise Refusal(f"{name}每年次数应在 0 到 {MOST_A_YEAR} 之间。", field="services")
        if any(other.code == one.code or other.words == name for other in made):
            raise Refusal(f"{name}写了两次。", field="services")
        made.append(Owed(one.code, name, one.per_year))
    return made


def _fee(fee: Fee) -> dict[str, float]:
    for said, name, title in (
        (fee.own, "fee_own", "自付金额"),
        (fee.insurance, "fee_insurance", "医保金额"),
        (fee.public, "fee_public", "公卫金额"),
    ):
        if not 0 <= said <= _DEAREST:
            raise Refusal(f"{title}应在 0 到 {_DEAREST} 元之间，请核对。", field=name)
    return asdict(fee)


def _signer(said: Signer) -> dict[str, Any]:
    name = words(said.name, "signer", "签约人", required=True, longest=40)
    relation = words(said.relation, "relation", "与老人的关系", required=True, longest=20)
    if said.drawn:
        check_drawn(strokes_of(said.drawn))
    if not (said.drawn or said.on_paper):
        raise Refusal("请签约人在屏幕上签名，或注明已在纸质协议上签名。", field="on_paper")
    return {"name": name, "relation": relation, "drawn": said.drawn, "on_paper": said.on_paper}
