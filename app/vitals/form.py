"""The form of what a doctor sets for one person, as data: usual consciousness, SpO₂ scale, own limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.vitals.catalogue import sign_of
from app.vitals.profiles import Profile

LIMITS: tuple[tuple[str, str, str], ...] = (
    ("blood_pressure", "high", "收缩压不高于"),
    ("blood_pressure", "second_high", "舒张压不高于"),
    ("blood_pressure", "low", "收缩压不低于"),
    ("blood_pressure", "second_low", "舒张压不低于"),
    ("pulse", "low", "脉率不低于"),
    ("pulse", "high", "脉率不高于"),
    ("spo2", "low", "血氧不低于"),
    ("spo2", "red_low", "血氧危急：低于"),
    ("glucose", "low", "血糖不低于"),
    ("glucose", "high", "血糖不高于"),
    ("temperature", "high", "体温不高于"),
    ("respiration", "high", "呼吸不高于"),
)
"""Sign, end and label of every limit the form asks for; others that were set stay as they are."""
_CONSCIOUSNESS = (Choice("A", "平时清醒"), Choice("C", "平时即有意识混乱"))
_SCALES = (Choice("1", "量表 1（目标 ≥96）"), Choice("2", "量表 2（目标 88–92）"))


def profile_form() -> Form:
    """What is asked. Empty limits: the usual range holds."""
    usual = (
        Field("consciousness", "平时意识", Kind.CHOICE, required=True, choices=_CONSCIOUSNESS, wide=True),
        Field("spo2_scale", "NEWS2 血氧量表", Kind.CHOICE, required=True, choices=_SCALES, wide=True),
        Field("note", "依据", placeholder="如 慢阻肺，高碳酸性呼吸衰竭", max_length=100, wide=True),
    )
    return Form((Section("", usual), Section("个人范围（空着按通用范围）", tuple(map(_limit, LIMITS)))))


def profile_values(profile: Profile) -> dict[str, Value]:
    """The profile as the form shows it."""
    ends: dict[str, Value] = {}
    for code, end, _label in LIMITS:
        value = profile.limits.get(code, {}).get(end)
        ends[_key(code, end)] = "" if value is None else f"{value:g}"
    return {
        "consciousness": profile.consciousness,
        "spo2_scale": str(profile.spo2_scale),
        "note": profile.note,
        **ends,
    }


@dataclass(frozen=True)
class ProfileForm:
    """What a filled-in form says."""

    consciousness: str
    spo2_scale: int
    limits: Mapping[str, Mapping[str, float]]
    note: str


def read_profile(values: Mapping[str, Value], seen: Profile) -> ProfileForm:
    """What the form says; limits it does not ask for stay as they were seen."""
    limits = {code: dict(ends) for code, ends in seen.limits.items()}
    for code, end, _label in LIMITS:
        said = values.get(_key(code, end), "")
        ends = limits.setdefault(code, {})
        if said:
            ends[end] = float(str(said))
        else:
            ends.pop(end, None)
    return ProfileForm(
        str(values.get("consciousness", "A")),
        int(str(values.get("spo2_scale", "1"))),
        {code: ends for code, ends in limits.items() if ends},
        str(values.get("note", "")),
    )


def _limit(limit: tuple[str, str, str]) -> Field:
    code, end, label = limit
    sign = sign_of(code)
    hard = (sign.second_at(None) if end.startswith("second") else sign.limits).hard
    return Field(
        _key(code, end),
        label,
        Kind.NUMBER,
        unit=sign.unit,
        decimals=sign.decimals,
        low=hard.low if hard else None,
        high=hard.high if hard else None,
    )


def _key(code: str, end: str) -> str:
    """The first limit of a sign bears its code: a refusal of the sign stands there."""
    first = next(one for one in LIMITS if one[0] == code)
    return code if first[1] == end else f"{code}.{end}"
