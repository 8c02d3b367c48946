"""Contracts as lines of a resident's timeline: signed, ended, and what was delivered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.happened import Happened
from app.core.unit import Reader
from app.referrals.contracts.lists import package_words
from db.models import ContractService, FamilyContract

SORT = "签约"


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    names = author_names(reader)
    rows = reader.session.scalars(
        select(FamilyContract).where(
            FamilyContract.resident == resident, FamilyContract.current, FamilyContract.state != "retracted"
        )
    )
    for row in rows:
        by = names.get(row.author, "")
        if since <= row.at < until:
            title = "续签家庭医生" if row.renewed_from else "家庭医生签约"
            words = f"{package_words(row.package)}，家庭医生 {row.doctor_name}，到 {row.ends:%Y-%m-%d}"
            yield Happened(row.at, "family_contract", row.rid, SORT, title, words, by, "info", "file-check")
        if row.status == "ended" and since <= row.recorded_at < until:
            yield Happened(
                row.recorded_at, "family_contract", row.rid, SORT, "解约", row.ended_why, by, "warn", "ban"
            )
    delivered = reader.session.scalars(
        select(ContractService).where(
            ContractService.resident == resident,
            ContractService.current,
            ContractService.state != "retracted",
            ContractService.at.between(since, until),
        )
    )
    for one in delivered:
        words = f"{one.words}：{one.result}" if one.result else one.words
        yield Happened(
            one.at, "contract_service", one.rid, SORT, "签约履约", words, one.provider, "ok", "check"
        )
