"""Agreements, licences and doctors who come, as frozen rows that say how they stand on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from app.referrals.partners.forms import AgreementForm, LicenceForm, Terms, VisitingForm
from app.referrals.partners.lists import lists
from app.referrals.revising import Seen
from app.referrals.rules.validity import Term, Validity, days_words, renewed, used, validity, wants_care
from db.models import Agreement, Licence, VisitingDoctor

T = TypeVar("T", Agreement, Licence)


@dataclass(frozen=True)
class Stands:
    """How a paper stands: `used` 0–1 of its time; `renewed`: one goes on after it; `due`: somebody has to see to it."""

    validity: Validity
    days: str
    used: float | None
    renewed: bool
    due: bool
    ended_on: date | None = None
    ended_why: str = ""

    @property
    def words(self) -> str:
        """`已续签`, `即将到期`, `已终止` …"""
        if self.renewed and self.validity in (Validity.SOON, Validity.OVER):
            return "已续签"
        return self.validity.words


@dataclass(frozen=True)
class AgreementRow:
    """One agreement. `form` as it can be corrected."""

    seen: Seen
    partner: UUID
    words: str
    form: AgreementForm
    stands: Stands
    green: bool

    @property
    def span(self) -> str:
        """`2026-01-01 至 2027-06-30`."""
        return span_words(self.form.begins, self.form.ends)

    @property
    def terms(self) -> str:
        """`预留 2 张床 · 先救治后缴费 · 每 14 天巡诊`."""
        said = self.form.terms
        parts = (
            f"预留 {said.beds} 张床" if said.beds else "",
            "先救治后缴费" if said.pay_later else "",
            f"每 {said.visit_days} 天巡诊" if said.visit_days else "",
            said.text,
        )
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class LicenceRow:
    """One paper of the station."""

    seen: Seen
    words: str
    form: LicenceForm
    stands: Stands

    @property
    def span(self) -> str:
        return span_words(self.form.issued, self.form.expires)


@dataclass(frozen=True)
class VisitingRow:
    """One doctor who comes."""

    seen: Seen
    partner: UUID | None
    partner_name: str
    form: VisitingForm
    comes: bool

    @property
    def words(self) -> str:
        """`刘志远 副主任医师 神经内科`."""
        return " ".join(part for part in (self.form.name, self.form.title, self.form.department) if part)


def span_words(begins: date | None, ends: date | None) -> str:
    """From when to when, in words."""
    return f"{begins or ''} 至 {ends}" if ends else f"{begins or ''} 起，长期有效"


def agreement_rows(rows: Iterable[Agreement], day: date) -> tuple[AgreementRow, ...]:
    """Those of one or many partners; what wants care first, then what holds, what is over last."""
    made = [
        AgreementRow(
            seen=Seen(one.rid, one.revision),
            partner=one.partner,
            words=one.words,
            form=_agreement_form(one),
            stands=stands,
            green=one.what in lists().green,
        )
        for one, stands in _standing(rows, lambda one: (one.partner, one.what), day)
    ]
    return tuple(sorted(made, key=lambda one: (_rank(one.stands), one.form.ends or date.max, one.words)))


def licence_rows(rows: Iterable[Licence], day: date) -> tuple[LicenceRow, ...]:
    """What wants care first, then what holds, what is over last."""
    made = [
        LicenceRow(Seen(one.rid, one.revision), licence_words(one.what), _licence_form(one), stands)
        for one, stands in _standing(rows, lambda one: one.what, day)
    ]
    return tuple(sorted(made, key=lambda one: (_rank(one.stands), one.form.expires or date.max, one.words)))


def visiting_row(row: VisitingDoctor, partner_name: str, day: date) -> VisitingRow:
    form = VisitingForm(
        row.name,
        row.begins,
        row.ends,
        row.department,
        row.title,
        row.certificate,
        row.phone,
        row.staff,
        row.note,
    )
    comes = row.begins <= day and (row.ends is None or row.ends >= day)
    return VisitingRow(Seen(row.rid, row.revision), row.partner, partner_name, form, comes)


def licence_words(what: str) -> str:
    """A kind of licence in words; one that the list knows no more by its code."""
    kind = lists().licences.get(what)
    return what if kind is None else kind.words


def term_of(row: Agreement | Licence) -> Term:
    """From when to when it holds."""
    if isinstance(row, Agreement):
        return Term(row.begins, row.ends, row.ended_on, row.remind_days)
    return Term(row.issued, row.expires, row.ended_on, row.remind_days)


def _standing(rows: Iterable[T], kin: Callable[[T], Any], day: date) -> list[tuple[T, Stands]]:
    listed = list(rows)
    return [
        (
            one,
            _stands(
                term_of(one),
                [term_of(other) for other in listed if other is not one and kin(other) == kin(one)],
                day,
                one.ended_why if isinstance(one, Agreement) else "",
            ),
        )
        for one in listed
    ]


def _stands(term: Term, others: list[Term], day: date, why: str) -> Stands:
    return Stands(
        validity=validity(term, day),
        days=days_words(term, day),
        used=used(term, day),
        renewed=renewed(term, others),
        due=wants_care(term, others, day),
        ended_on=term.ended,
        ended_why=why,
    )


def _rank(stands: Stands) -> int:
    if stands.due:
        return 0 if stands.validity is Validity.OVER else 1
    return 2 if stands.validity.holds else 3 if stands.validity is Validity.COMING else 4


def _agreement_form(row: Agreement) -> AgreementForm:
    said = row.terms
    terms = Terms(
        int(said.get("beds") or 0),
        bool(said.get("pay_later")),
        int(said.get("visit_days") or 0),
        str(said.get("text") or ""),
    )
    return AgreementForm(row.what, row.begins, row.ends, row.number, terms, row.remind_days, row.paper)


def _licence_form(row: Licence) -> LicenceForm:
    return LicenceForm(
        row.what,
        row.number,
        row.authority,
        row.issued,
        row.expires,
        row.holder,
        tuple(row.scope),
        row.remind_days,
        row.paper,
        row.note,
    )
