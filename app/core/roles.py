"""Roles, rights, and which role may do what. Rights use the role; signing rules use the profession."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person does at the station; a person may hold several."""

    NURSE = "nurse"
    HEAD_NURSE = "head_nurse"
    DOCTOR = "doctor"
    THERAPIST = "therapist"
    ASSESSOR = "assessor"
    CAREGIVER = "caregiver"
    PHARMACIST = "pharmacist"
    SOCIAL_WORKER = "social_worker"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.NURSE: "护士",
    Role.HEAD_NURSE: "护士长",
    Role.DOCTOR: "医生",
    Role.THERAPIST: "康复师",
    Role.ASSESSOR: "评估员",
    Role.CAREGIVER: "护理员",
    Role.PHARMACIST: "药师",
    Role.SOCIAL_WORKER: "社工",
    Role.MANAGER: "院长",
    Role.ADMINISTRATOR: "系统管理员",
}

PROFESSIONS = ("护士", "医师", "康复治疗师", "评估员", "护理员", "药师", "社工", "管理人员")
"""Professions (职业) as signing rules know them."""

CLINICAL_PROFESSIONS = frozenset({"护士", "医师", "康复治疗师"})
"""Medical or nursing background (医护专业背景): one of the two assessors of GB/T 42195-2022 needs it."""


class Right(StrEnum):
    """One thing a role may do. Its value is how a refusal names it."""

    MANAGE_STAFF = "管理人员与账号"
    CHANGE_SETTINGS = "修改设置"
    VERIFY_STATION = "核验数据"
    READ_RESIDENTS = "查看老人档案"
    EDIT_RESIDENTS = "新建和修改老人档案"
    IMPORT_RESIDENTS = "导入老人名册"
    MANAGE_PLACES = "管理床位"
    MANAGE_STAYS = "办理入住、外出与退住"
    DECIDE_LEVELS = "确认护理等级与照护阶段"
    DECIDE_NURSING_GRADE = "下达护理级别"
    RECORD_VITALS = "录入体征"
    SET_VITAL_LIMITS = "设定个人体征范围"
    RECORD_CARE = "记录照护执行"
    WRITE_NOTES = "书写护理记录"
    PLAN_CARE = "制定照护计划"
    REPORT_INCIDENTS = "上报不良事件"
    CLOSE_INCIDENTS = "审核不良事件"
    ASSESS = "做评估"
    ORDER_MEDICINES = "开立医嘱"
    TRANSCRIBE_ORDERS = "转抄医嘱"
    CHECK_ORDERS = "核对医嘱"
    GIVE_MEDICINES = "给药"
    KEEP_STOCK = "管理药品库存"
    MANAGE_DRUGS = "维护药品目录"
    PLAN_REHAB = "制定康复计划"
    TRAIN = "做康复训练"
    SCHEDULE_REHAB = "排康复训练"
    LEND_AIDS = "借还辅具"
    REFER = "办理转诊"
    APPROVE_REFERRALS = "审批转诊"
    RECONCILE = "用药重整"
    KEEP_PARTNERS = "维护协作机构与协议"
    HOLD_ROUNDS = "安排和记录巡诊"
    KEEP_CONTRACTS = "办理签约与家庭病床"
    CORRECT_RECORDS = "更正已签名的记录"
    PRINT_RECORDS = "打印照护记录"
    SYNC = "同步"
    BACK_UP = "备份"


_NURSING = frozenset({Role.NURSE, Role.HEAD_NURSE})
_CARE = _NURSING | {Role.DOCTOR, Role.THERAPIST, Role.ASSESSOR, Role.SOCIAL_WORKER}

GRANTS: dict[Right, frozenset[Role]] = {
    Right.MANAGE_STAFF: frozenset({Role.ADMINISTRATOR}),
    Right.CHANGE_SETTINGS: frozenset({Role.ADMINISTRATOR}),
    Right.VERIFY_STATION: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.HEAD_NURSE}),
    Right.READ_RESIDENTS: _CARE | {Role.CAREGIVER, Role.PHARMACIST, Role.MANAGER},
    Right.EDIT_RESIDENTS: _NURSING | {Role.DOCTOR, Role.SOCIAL_WORKER},
    Right.IMPORT_RESIDENTS: _NURSING | {Role.MANAGER},
    Right.MANAGE_PLACES: frozenset({Role.HEAD_NURSE, Role.MANAGER, Role.ADMINISTRATOR}),
    Right.MANAGE_STAYS: _NURSING | {Role.SOCIAL_WORKER},
    Right.DECIDE_LEVELS: frozenset({Role.HEAD_NURSE, Role.DOCTOR, Role.MANAGER}),
    Right.DECIDE_NURSING_GRADE: frozenset({Role.DOCTOR}),
    Right.RECORD_VITALS: _NURSING | {Role.DOCTOR, Role.THERAPIST, Role.CAREGIVER},
    Right.SET_VITAL_LIMITS: frozenset({Role.DOCTOR}),
    Right.RECORD_CARE: _CARE | {Role.CAREGIVER},
    Right.WRITE_NOTES: _NURSING | {Role.DOCTOR, Role.THERAPIST, Role.SOCIAL_WORKER},
    Right.PLAN_CARE: _NURSING | {Role.DOCTOR},
    Right.REPORT_INCIDENTS: _CARE | {Role.CAREGIVER, Role.PHARMACIST, Role.MANAGER},
    Right.CLOSE_INCIDENTS: frozenset({Role.HEAD_NURSE, Role.MANAGER}),
    Right.ASSESS: _NURSING | {Role.DOCTOR, Role.THERAPIST, Role.ASSESSOR},
    Right.ORDER_MEDICINES: frozenset({Role.DOCTOR}),
    Right.TRANSCRIBE_ORDERS: _NURSING,
    Right.CHECK_ORDERS: _NURSING | {Role.PHARMACIST},
    Right.GIVE_MEDICINES: _NURSING,
    Right.KEEP_STOCK: _NURSING | {Role.PHARMACIST},
    Right.MANAGE_DRUGS: frozenset({Role.HEAD_NURSE, Role.DOCTOR, Role.PHARMACIST}),
    Right.PLAN_REHAB: frozenset({Role.THERAPIST, Role.DOCTOR}),
    Right.TRAIN: frozenset({Role.THERAPIST, Role.DOCTOR}),
    Right.SCHEDULE_REHAB: frozenset({Role.THERAPIST, Role.DOCTOR, Role.HEAD_NURSE}),
    Right.LEND_AIDS: _NURSING | {Role.THERAPIST, Role.DOCTOR},
    Right.REFER: _NURSING | {Role.DOCTOR},
    Right.APPROVE_REFERRALS: frozenset({Role.DOCTOR, Role.MANAGER}),
    Right.RECONCILE: _NURSING | {Role.DOCTOR},
    Right.KEEP_PARTNERS: frozenset({Role.HEAD_NURSE, Role.DOCTOR, Role.MANAGER}),
    Right.HOLD_ROUNDS: _NURSING | {Role.DOCTOR},
    Right.KEEP_CONTRACTS: _NURSING | {Role.DOCTOR, Role.SOCIAL_WORKER, Role.MANAGER},
    Right.CORRECT_RECORDS: frozenset({Role.HEAD_NURSE}),
    Right.PRINT_RECORDS: _CARE | {Role.PHARMACIST, Role.MANAGER},
    Right.SYNC: _NURSING | {Role.DOCTOR, Role.MANAGER, Role.ADMINISTRATOR},
    Right.BACK_UP: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.HEAD_NURSE}),
}


@dataclass(frozen=True)
class Actor:
    """The person an act is done by: taken at the key press, kept with the record for good."""

    rid: UUID
    number: str
    name: str
    roles: frozenset[Role]
    profession: str
    title: str = ""
    certificate: str = ""

    def may(self, right: Right) -> bool:
        return bool(self.roles & GRANTS[right])

    @property
    def role(self) -> Role:
        """The role named beside the author: the first of the person's roles in the order of `Role`."""
        return next(role for role in Role if role in self.roles)

    @property
    def role_code(self) -> str:
        """The role as it is kept with a record; `station` for what no person did."""
        return self.role.value if self.roles else "station"

    @property
    def role_words(self) -> str:
        return "、".join(role.words for role in Role if role in self.roles)


PLATFORM = Actor(UUID(int=1), "", "区平台", frozenset(), "")
"""Who is named for what the district platform brought, where it does not say who wrote it."""
