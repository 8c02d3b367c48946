"""Where ours and the platform's of a record in conflict differ, element by element, to be read and not decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.roles import Right
from app.core.unit import Reader
from app.fhir import Mapper, Part, Revision, localised
from app.referrals.rules.platform import SHOWN
from app.registry import RECORDS
from app.sync.pull import elements
from db.models import Outbox, Remote

ELEMENTS = {
    "name": "姓名",
    "gender": "性别",
    "birthDate": "出生日期",
    "telecom": "电话",
    "address": "住址",
    "maritalStatus": "婚姻状况",
    "contact": "联系人",
    "active": "在册",
    "deceasedBoolean": "已故",
    "managingOrganization": "所属机构",
    "status": "状态",
    "clinicalStatus": "是否仍有效",
    "verificationStatus": "是否已核实",
    "code": "内容",
    "category": "类别",
    "severity": "程度",
    "criticality": "严重性",
    "reaction": "反应",
    "onsetString": "起病",
    "onsetDateTime": "起病",
    "recordedDate": "记录时间",
    "note": "备注",
    "period": "起止",
    "bed": "床位",
    "partOf": "上级",
    "location": "床位",
    "authored": "评估时间",
    "item": "答案",
    "valueInteger": "总分",
    "valueCodeableConcept": "等级",
    "valueQuantity": "数值",
    "valueString": "结果",
    "component": "数值",
    "dataAbsentReason": "未测原因",
    "interpretation": "高低",
    "effectiveDateTime": "时间",
    "dateTime": "时间",
    "date": "时间",
    "bodySite": "部位",
    "method": "方法",
    "performer": "执行人",
    "author": "记录人",
    "recorder": "记录人",
    "class": "类别",
    "type": "类别",
    "reasonCode": "原因",
    "hospitalization": "去向",
    "relationship": "与老人关系",
    "generalPractitioner": "责任医生",
    "event": "类别",
    "seriousness": "伤害程度",
    "content": "内容",
    "policyRule": "内容",
    "provision": "起止",
    "payor": "承保方",
    "subscriberId": "证号",
    "qualification": "资格",
    "prediction": "风险",
    "about": "所说的评估",
    "sent": "时间",
    "sender": "说话人",
    "payload": "内容",
    "restriction": "延至",
    "statusReason": "原因",
    "authoredOn": "时间",
    "requester": "记录人",
    "title": "名称",
    "version": "版本",
    "dosageInstruction": "用法用量",
    "dosage": "剂量",
    "medicationReference": "药品",
    "medicationCodeableConcept": "药品",
    "ingredient": "成分",
    "form": "剂型",
    "effectivePeriod": "起止时间",
    "groupIdentifier": "处方号",
    "priorPrescription": "所代替的医嘱",
    "quantity": "数量",
    "mitigation": "处理",
    "request": "医嘱",
    "action": "药品",
}
HIDDEN = frozenset({"identifier", "meta", "extension", "text"})
"""Differences here are said, not shown: identity numbers stay off the screen, the rest is bookkeeping."""
_SKIPPED = frozenset({"meta", "text", "id", "resourceType"})
_NAMED = ("text", "display", "value", "reference", "code")
LONGEST = 200
CODES = {
    "male": "男",
    "female": "女",
    "other": "其他",
    "unknown": "未知",
    "active": "有效",
    "inactive": "无效",
    "finished": "已结束",
    "confirmed": "已确认",
    "unconfirmed": "未确认",
    "entered-in-error": "已作废",
    "completed": "已完成",
    "amended": "已更正",
    "corrected": "已更正",
    "final": "已确认",
    "in-progress": "外出中",
    "cancelled": "已取消",
    "planned": "待入住",
    "on-hold": "已延期",
    "rejected": "不做",
    "retired": "已停用",
    "stopped": "已停止",
    "not-done": "未给",
    "draft": "待核对",
    "preparation": "待核对",
    "preliminary": "待结果",
}
"""FHIR codes a person should not have to read in English."""
STANDINGS: dict[str, Mapping[str, str]] = {
    "Task": SHOWN,
    "CarePlan": {
        "draft": "待签", "active": "执行中", "on-hold": "已暂停", "completed": "已结案", "revoked": "已取消",
    },
    "Goal": {"active": "进行中", "completed": "已达成", "cancelled": "已放弃"},
    "ServiceRequest": {"active": "在做", "completed": "已停止", "revoked": "已取消"},
    "Procedure": {"completed": "已完成", "stopped": "部分完成", "not-done": "未训练"},
}  # fmt: skip
"""What codes of a status are called where they mean something else than elsewhere."""


@dataclass(frozen=True)
class Difference:
    """One element: what both last agreed on, ours, theirs. `base` is empty where they never agreed."""

    element: str
    base: str
    ours: str
    theirs: str


def differences(reader: Reader, kind: str, record: UUID) -> tuple[Difference, ...]:
    """Nothing for a person who may not read clinical records, and nothing where their side is not here."""
    if not reader.actor.may(Right.READ_RESIDENTS):
        return ()
    statement = select(Remote).where(Remote.kind == kind, Remote.record == record)
    remotes = [row for row in reader.session.scalars(statement) if row.theirs is not None]
    parts = {(one.type, one.rid): one for one in _ours(reader, kind, record)} if remotes else {}
    found: list[Difference] = []
    for row in remotes:
        part = parts.get((row.type, row.rid))
        if part is not None:
            found += _of_part(reader, part, row)
    return tuple(found)


def _ours(reader: Reader, kind: str, record: UUID) -> tuple[Part, ...]:
    """The revision in conflict as resources."""
    mapper: Mapper | None = getattr(RECORDS.get(kind), "mapper", None)
    statement = select(Outbox).where(Outbox.kind == kind, Outbox.record == record, Outbox.state == "conflict")
    row = reader.session.scalars(statement.order_by(Outbox.revision.desc())).first()
    if mapper is None or row is None:
        return ()
    asked = Revision(kind, record, row.revision, row.station)
    parts = mapper.parts(reader, [asked]).get(asked)
    return parts if isinstance(parts, tuple) else ()


def _of_part(reader: Reader, part: Part, row: Remote) -> list[Difference]:
    def rid_of(kind: str, server_id: str) -> UUID | None:
        statement = select(Remote.rid).where(Remote.type == kind, Remote.server_id == server_id)
        return reader.session.scalars(statement).first()

    base, theirs = localised(row.body, rid_of), localised(row.theirs, rid_of)
    found = []
    for element in sorted(part.owned - _SKIPPED):
        mine, other = part.body.get(element), theirs.get(element)
        if mine == other or element == "extension":
            continue
        if element in HIDDEN:
            found.append(Difference("证件与编号", "", "两边不同", "两边不同"))
            continue
        called = ELEMENTS.get(element) or elements.names([element])
        found.append(Difference(called, *(_told(part.type, one) for one in (base.get(element), mine, other))))
    return found


def _told(type_: str, value: Any) -> str:
    """A status by what it means of its type, anything else as it is."""
    known = STANDINGS.get(type_, {})
    return known[value] if isinstance(value, str) and value in known else plain(value)


def plain(value: Any) -> str:
    """A FHIR element as a person can compare it; — where it is empty."""
    words = _words(value)
    return (words if len(words) <= LONGEST else words[: LONGEST - 1] + "…") or "—"


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(filter(None, map(_words, value)))
    if not isinstance(value, dict):
        return "" if value is None else CODES.get(str(value), str(value))
    for key in _NAMED:
        if isinstance(value.get(key), str):
            return CODES.get(value[key], str(value[key]))
    kept = [_words(inner) for key, inner in value.items() if key not in ("system", "url", "use", "id")]
    return " ".join(filter(None, kept))
