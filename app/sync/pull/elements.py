"""Bodies compared element by element, and what a nurse calls an element."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from app.fhir import Part
from app.fhir.carrying import REVISION
from app.fhir.merging import ANYBODYS, MARKED

Body = dict[str, Any]
_NEVER = frozenset({"meta", "resourceType", "id", "text"})
_NAMES = {
    "name": "姓名", "gender": "性别", "birthDate": "出生日期", "telecom": "电话", "address": "地址",
    "maritalStatus": "婚姻状况", "identifier": "证件或编号", "extension": "其他登记项", "active": "是否在用",
    "qualification": "职业与证书", "status": "状态", "period": "起止日期", "code": "名称", "partOf": "上级位置",
    "mode": "位置种类", "physicalType": "位置种类", "clinicalStatus": "临床状态", "item": "评估内容",
    "verificationStatus": "确认状态", "criticality": "严重程度", "reaction": "反应", "recorder": "记录人",
    "authored": "评估时间", "author": "评估人", "subject": "老人", "patient": "老人", "questionnaire": "量表",
    "effectiveDateTime": "时间", "valueInteger": "总分", "valueCodeableConcept": "等级", "performer": "执行人",
    "managingOrganization": "所属机构", "onsetString": "起病", "deceasedBoolean": "是否在世",
    "valueQuantity": "数值", "component": "数值", "valueString": "结果", "dataAbsentReason": "未测原因",
    "bodySite": "部位", "class": "类别", "type": "类别", "hospitalization": "去向", "reasonCode": "原因",
    "relationship": "与老人关系", "generalPractitioner": "责任医生", "event": "类别", "seriousness": "伤害程度",
    "location": "地点", "content": "内容", "provision": "起止日期", "dateTime": "时间", "date": "时间",
    "payor": "承保方", "subscriberId": "证号", "policyRule": "内容", "interpretation": "高低",
    "prediction": "风险", "about": "所说的评估", "sent": "时间", "sender": "说话人", "payload": "内容",
    "category": "类别", "restriction": "延至", "statusReason": "原因", "authoredOn": "时间", "requester": "记录人",
    "for": "老人", "title": "名称", "version": "版本", "copyright": "版权", "url": "量表",
    "dosageInstruction": "用法用量", "dosage": "剂量", "medicationReference": "药品", "ingredient": "药品",
    "medicationCodeableConcept": "药品", "form": "剂型", "amount": "包装", "effectivePeriod": "起止时间",
    "groupIdentifier": "处方号", "priorPrescription": "所代替的医嘱", "quantity": "数量", "mitigation": "处理",
    "request": "医嘱", "authorizingPrescription": "医嘱", "action": "药品",
    "lifecycleStatus": "状态", "achievementStatus": "达成情况", "description": "内容", "target": "目标值与期限",
    "statusDate": "达成日期", "startDate": "开始日期", "expressedBy": "记录人", "goal": "目标",
    "activity": "项目与禁忌",
    "contributor": "签名", "supportingInfo": "评定", "created": "时间", "intent": "类别", "summary": "小结",
    "finding": "功能问题", "investigation": "量表", "assessor": "评定人", "occurrenceTiming": "频次与时间",
    "orderDetail": "剂量", "basedOn": "所属计划或项目", "locationCode": "地点", "performedPeriod": "起止时间",
    "performedDateTime": "时间", "outcome": "评价", "complication": "反应", "focus": "目标",
    "deceasedDateTime": "去世时间", "note": "备注", "owner": "所属机构", "deviceName": "站点名称",
    "businessStatus": "办理状态", "priority": "紧急程度", "performerType": "科室", "lastModified": "时间",
    "applies": "起止日期", "term": "内容", "authority": "机构", "practitioner": "医师", "contained": "医师",
    "organization": "机构", "specialty": "科室", "contact": "科室", "serviceProvider": "医院", "participant": "医师",
    "entry": "药品", "emptyReason": "清单", "source": "医师", "informationSource": "医师", "careManager": "医师",
    "encounter": "巡诊", "context": "回转",
}  # fmt: skip


def differing(part: Part, one: Body, other: Body) -> frozenset[str]:
    """The elements we answer for in which two bodies of a resource differ; who wrote the revision is none of them."""
    return frozenset(
        key
        for key in part.owned - _NEVER
        if _said(one.get(key), key, part.marks) != _said(other.get(key), key, part.marks)
    )


def names(elements: Iterable[str]) -> str:
    """Elements as a nurse calls them: 电话、地址."""
    return "、".join(dict.fromkeys(_NAMES.get(element, "其他资料") for element in sorted(elements)))


def without_meta(body: Body) -> Body:
    """A body without what the server writes itself."""
    return {key: value for key, value in body.items() if key not in ("meta", "text")}


def _said(value: Any, key: str, marks: frozenset[str]) -> Any:
    """What stands there under our marks; an empty list is as good as none."""
    mark = MARKED.get(key)
    if mark is None or not isinstance(value, list):
        return value or None
    known = marks | {None} if key in ANYBODYS else marks
    ours = [one for one in value if one.get(mark) in known and one.get(mark) != REVISION]
    return sorted(ours, key=_in_order) or None


def _in_order(one: Any) -> bytes:
    """What entries are sorted by: a server may put the keys of each in another order."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS)
