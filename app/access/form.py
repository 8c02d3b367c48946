"""What is asked of people and accounts, as data: set-up, staff, passwords, PIN, recovery."""

from __future__ import annotations

from collections.abc import Callable

from app.access.rules import (
    institution_code_problem,
    name_problem,
    password_problem,
    pin_problem,
    platform_address_problem,
    staff_number_problem,
    station_number_problem,
)
from app.core.form import Choice, Field, Form, Kind, Section, fold
from app.core.roles import PROFESSIONS, Role
from app.core.settings import INSTITUTION_TYPES

Person = Callable[[], tuple[str, str]]
"""(number, name) of the person a password is for, as they stand in the form now."""
Typed = Callable[[], str]
STRONG_ENOUGH = "至少 8 位，字母和数字都要有"


def institution_form() -> Form:
    """Set-up, step 1: the institution and this station of it."""
    types = tuple(Choice(kind, kind) for kind in INSTITUTION_TYPES)
    fields = (
        Field("institution_name", "机构名称", required=True, max_length=60, wide=True),
        Field(
            "institution_code",
            "统一社会信用代码",
            required=True,
            hint="营业执照上的 18 位",
            check=institution_code_problem,
            wide=True,
        ),
        Field("institution_type", "机构类型", Kind.CHOICE, required=True, choices=types, wide=True),
        Field("station_number", "站点编号", required=True, hint="01 到 99", check=station_number_problem),
        Field("station_name", "站点名称", placeholder="如：2号楼护理站", max_length=30),
    )
    return Form((Section("", fields),))


def first_person_form(person: Person, typed: Typed, professions: tuple[str, ...]) -> Form:
    """Set-up, steps 2 and 3: one of the first two people, with their own password."""
    return Form((Section("", (*_who(professions), *_password(person, typed))),))


def staff_form(*, fresh: bool) -> Form:
    """设置→人员: a person; the number is asked once and stays."""
    number = (_number(),) if fresh else ()
    roles = tuple(Choice(role.value, role.words) for role in Role)
    fields = (
        *number,
        Field("name", "姓名", required=True, check=name_problem),
        Field("roles", "岗位", Kind.CHOICES, required=True, choices=roles),
        _profession(PROFESSIONS),
        Field("title", "职称", placeholder="如：主管护师", max_length=20),
        Field("certificate", "执业证书编号", max_length=30),
    )
    return Form((Section("", fields),))


def new_password_form(person: Person, typed: Typed, *, old: bool = False) -> Form:
    """A new password, typed twice; `old` asks for the present one first."""
    present = (Field("old", "现在的密码", Kind.PASSWORD, required=True, wide=True),) if old else ()
    return Form((Section("", (*present, *_password(person, typed, "新密码"))),))


def pin_form(typed: Typed) -> Form:
    """A new PIN, typed twice, with the password that proves who sets it."""
    fields = (
        Field("password", "现在的密码", Kind.PASSWORD, required=True, wide=True),
        Field("pin", "新 PIN", Kind.PASSWORD, required=True, hint="6 位数字", check=pin_problem),
        Field("pin_again", "确认 PIN", Kind.PASSWORD, required=True, check=_same(typed)),
    )
    return Form((Section("", fields),))


def recovery_form(person: Person, typed: Typed) -> Form:
    """The recovery code, whose password is lost, and the new one."""
    fields = (
        Field(
            "code", "恢复码", required=True, hint="8 组，每组 4 位", placeholder="建站时抄下或打印的那一张"
        ),
        _number(),
        *_password(person, typed, "新密码"),
    )
    return Form((Section("", fields),))


def settings_form() -> Form:
    """设置→机构: what the administrator may change."""
    raises = (Choice("once", "只升一级"), Choice("each", "每项各升一级"))
    fields = (
        Field(
            "lock_after_minutes",
            "多久没人操作就锁定",
            Kind.NUMBER,
            required=True,
            unit="分钟",
            low=1,
            high=60,
        ),
        Field(
            "stack_level_raises",
            "能力等级有几项升级理由时",
            Kind.CHOICE,
            required=True,
            choices=raises,
            hint="GB/T 42195-2022 C.4",
            wide=True,
        ),
    )
    told = (
        Field("address", "机构地址", placeholder="区、路、门牌号", max_length=80, wide=True),
        Field("phone", "站点电话", Kind.PHONE, hint="昼夜有人接；印在转诊单上"),
        Field("ambulance_lift", "担架电梯", placeholder="如：2号楼东侧 3 号梯", max_length=80),
        Field(
            "ambulance_meeting",
            "救护车接应地点",
            placeholder="如：南门岗亭，门卫引路",
            max_length=80,
            wide=True,
        ),
    )
    return Form((Section("", fields), Section("呼叫 120 和转诊时用", told)))


def platform_form() -> Form:
    """设置→区平台: where it is and how often."""
    ways = (Choice("none", "不需要"), Choice("client_credentials", "客户端编号和密钥"))
    fields = (
        Field(
            "platform_address",
            "区平台地址",
            hint="FHIR R4，由区平台给出；空着就不上传",
            placeholder="https://fhir.example.cn/r4",
            check=lambda text: platform_address_problem(fold(text)),
            max_length=300,
            wide=True,
        ),
        Field("platform_auth", "认证", Kind.CHOICE, required=True, choices=ways),
        Field(
            "sync_every_minutes", "每隔多久同步", Kind.NUMBER, required=True, unit="分钟", low=1, high=1440
        ),
    )
    return Form((Section("", fields),))


def platform_client_form() -> Form:
    """设置→区平台: as whom this station speaks to it (OAuth2 client_credentials)."""
    fields = (
        Field("platform_client", "客户端编号", required=True, max_length=200),
        Field("platform_secret", "密钥", Kind.PASSWORD, max_length=500),
        Field(
            "platform_token_address",
            "令牌地址",
            hint="空着就向区平台查",
            check=lambda text: platform_address_problem(fold(text)),
            max_length=300,
        ),
        Field("platform_scope", "权限范围", placeholder="如：system/*.cruds", max_length=500),
    )
    return Form((Section("", fields),))


def platform_trust_form(check: Callable[[str], str | None]) -> Form:
    """设置→区平台: the one authority trusted for it."""
    fields = (
        Field(
            "platform_certificate",
            "信任的证书（PEM）",
            Kind.LINES,
            hint="区平台用公共证书时空着",
            placeholder="-----BEGIN CERTIFICATE-----",
            check=check,
        ),
    )
    return Form((Section("", fields),))


def _number() -> Field:
    return Field("number", "工号", required=True, hint="1–12 位数字或字母", check=staff_number_problem)


def _who(professions: tuple[str, ...]) -> tuple[Field, ...]:
    return (
        _number(),
        Field("name", "姓名", required=True, check=name_problem),
        *((_profession(professions),) if len(professions) > 1 else ()),
        Field("title", "职称", placeholder="可以以后再填", max_length=20, wide=True),
    )


def _profession(professions: tuple[str, ...]) -> Field:
    choices = tuple(Choice(one, one) for one in professions)
    return Field("profession", "职业", Kind.CHOICE, required=True, choices=choices, wide=True)


def _password(person: Person, typed: Typed, label: str = "密码") -> tuple[Field, Field]:
    def strong(password: str) -> str | None:
        return password_problem(password, *person())

    return (
        Field("password", label, Kind.PASSWORD, required=True, hint=STRONG_ENOUGH, check=strong),
        Field("again", "确认密码", Kind.PASSWORD, required=True, check=_same(typed)),
    )


def _same(typed: Typed) -> Callable[[str], str | None]:
    return lambda again: None if again == typed() else "两次输入不一样。"
