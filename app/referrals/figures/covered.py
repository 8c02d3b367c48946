"""How far contracts and agreements reach: signed, delivered, renewed; partners with an agreement, what runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.referrals.contracts.asking import ContractLine, contract_lines
from app.referrals.contracts.lists import lists as contract_lists
from app.referrals.contracts.reading import standing_contracts
from app.referrals.figures.courses import Groups
from app.referrals.figures.lists import lists
from app.referrals.figures.span import Over
from app.referrals.partners.asking import standing_agreements, standing_partners
from app.referrals.partners.rows import AgreementRow, agreement_rows
from app.referrals.rules.figures import Behind, Figure, rated
from app.referrals.rules.validity import Validity
from app.residents.queries.who import Named, named_residents
from db.models import Partner

A_YEAR = timedelta(days=365)


def covered_figures(over: Over) -> Groups:
    """As of today, whatever the time asked for."""
    lines = [one for one in contract_lines(over.reader) if over.holds(one.resident)]
    return {**_contract_figures(over, lines), **_agreement_figures(over)}


def _contract_figures(over: Over, lines: list[ContractLine]) -> Groups:
    people, groups = lists().measure("人"), contract_lists().groups
    signed = sum(one.signed for one in lines)
    keys = [("key", "重点人群合计", [one for one in lines if one.groups])]
    keys += [
        (f"key:{code}", group.words, [one for one in lines if code in one.groups])
        for code, group in groups.items()
    ]
    running = [one for one in lines if one.signed and one.contract is not None]
    expected = sum(one.contract.expected for one in running if one.contract is not None)
    met = sum(one.contract.met for one in running if one.contract is not None)
    return {
        "signed": (rated("signed", "签约率", signed, len(lines), (people, [_line(one) for one in lines])),),
        "key": tuple(
            rated(
                code,
                words,
                sum(one.signed for one in mine),
                len(mine),
                (people, [_line(one) for one in mine]),
            )
            for code, words, mine in keys
            if mine
        ),
        "kept": (
            rated(
                "kept", "履约率", met, expected, (lists().measure("次服务"), [_kept(one) for one in running])
            ),
        ),
        "renewed": (_renewed(over),),
    }


def _line(one: ContractLine) -> Behind:
    stand = one.contract
    words = (
        "没有签约" if stand is None else f"{stand.state_words} · {stand.package} · {stand.days}".rstrip(" ·")
    )
    groups = "、".join(one.group_words)
    return Behind(
        "family_contract",
        stand.seen.rid if stand is not None else one.resident,
        one.resident,
        one.name,
        " · ".join(part for part in (one.bed or "未安排床位", groups) if part),
        words,
        bad=not one.signed,
    )


def _kept(one: ContractLine) -> Behind:
    stand = one.contract
    late = [] if stand is None else [each.words for each in stand.behind]
    done = "" if stand is None else f"应做 {stand.expected} 次，已做 {stand.met} 次"
    words = f"{done}{'；落后：' + '、'.join(late) if late else ''}"
    return replace(_line(one), words=words, bad=bool(late))


def _renewed(over: Over) -> Figure:
    today = over.reader.today
    rows = [one for one in standing_contracts(over.reader) if over.holds(one.resident)]
    gone = [one for one in rows if today - A_YEAR <= (one.ended_on or one.ends) < today]
    followed = {one.renewed_from for one in rows}
    who = named_residents(over.reader, {one.resident for one in gone}) if gone else {}
    told, met = [], 0
    for one in gone:
        renewed = one.rid in followed or (one.renews and one.ended_on is None)
        met += renewed
        words = "已续签" if renewed else f"未续签{'：' + one.ended_why if one.ended_why else ''}"
        name = who.get(one.resident, Named("", "")).name
        under = f"{one.number} · 到 {one.ended_on or one.ends}"
        told.append(Behind("family_contract", one.rid, one.resident, name, under, words, bad=not renewed))
    return rated("renewed", "续签率", met, len(gone), (lists().measure("份到期协议"), told))


def _agreement_figures(over: Over) -> Groups:
    today = over.reader.today
    partners = {
        one.rid: one for one in standing_partners(over.reader) if one.ended_on is None or one.ended_on > today
    }
    rows = [one for one in agreement_rows(standing_agreements(over.reader), today) if one.partner in partners]
    holding = [one for one in rows if one.stands.validity.holds]
    owed = [one for one in rows if one.stands.due]
    counted = [one for one in rows if one.stands.validity.holds or one.stands.due]
    soon = [one for one in owed if one.stands.validity is not Validity.OVER]
    over_ = [one for one in owed if one.stands.validity is Validity.OVER]
    papers = lists().measure("份协议")
    return {
        "agreed": (
            _partners("agreed", "有有效协议的机构", partners, {one.partner for one in holding}),
            _partners(
                "agreed:green",
                "有绿色通道协议的机构",
                partners,
                {one.partner for one in holding if one.green},
            ),
        ),
        "expiring": tuple(
            replace(
                rated(
                    code, words, len(mine), len(counted), (papers, [_paper(one, partners) for one in mine])
                ),
                bad=bool(mine),
            )
            for code, words, mine in (
                ("expiring:soon", "即将到期", soon),
                ("expiring:over", "过期未续", over_),
            )
        ),
    }


def _partners(code: str, words: str, partners: dict[UUID, Partner], met: set[UUID]) -> Figure:
    told = [
        Behind(
            "partner",
            one.rid,
            None,
            one.name,
            one.level,
            "有" if one.rid in met else "没有",
            bad=one.rid not in met,
        )
        for one in partners.values()
    ]
    return rated(code, words, len(met), len(partners), (lists().measure("家机构"), told))


def _paper(one: AgreementRow, partners: dict[UUID, Partner]) -> Behind:
    words = " · ".join(part for part in (one.words, one.stands.words, one.stands.days) if part)
    name = partners[one.partner].name
    return Behind("partner", one.partner, None, name, one.span, words, bad=True)
