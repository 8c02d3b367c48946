"""What an evaluation 康复评定 says, what is wrong with it, and what has changed since the one before; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

FIRST, MIDDLE, FINAL = "first", "middle", "final"
STAGES = {FIRST: "初期评定", MIDDLE: "中期评定", FINAL: "末期评定"}
START, REVIEW, CLOSE = "start", "review", "close"
CAUSES = {START: "开始康复", REVIEW: "按期复评", CLOSE: "结束康复"}
"""Why it is made, beside the occasions of phases.toml, which ask for a middle one."""
TEXTS = {
    "functional": "功能诊断",
    "onset": "起病日期",
    "operated": "手术日期",
    "level": "损伤平面、分级",
    "history": "现病史和既往史",
    "consciousness": "意识和配合",
    "sensation": "感觉",
    "environment": "居住环境",
    "carer": "照护者能力",
    "wishes_resident": "老人的愿望",
    "wishes_family": "家属的愿望",
    "risks": "风险",
    "summary": "小结",
    "next": "下一步",
}
"""What is written in words, by key of the content, in the order of the form."""
LONGEST = 1000
OLDEST = timedelta(days=366)
"""How far back an evaluation may be dated: a slip of the year is likelier than one entered so late."""
KINDS = {"body": "身体", "activity": "活动", "participation": "参与", "environment": "环境"}
SIDES = {"left": "左", "right": "右"}


def kind_of(code: str) -> str:
    """What an ICF code is about: b and s the body, d1–d6 activity, d7–d9 participation, e the environment."""
    letter, chapter = code[:1], code[1:2]
    if letter in ("b", "s"):
        return "body"
    if letter == "e":
        return "environment"
    return "participation" if chapter in ("7", "8", "9") else "activity"


@dataclass(frozen=True)
class Problem:
    """One functional problem: its ICF code, its words, and what is said more of it."""

    code: str
    words: str
    note: str = ""

    @property
    def kind(self) -> str:
        return kind_of(self.code)


@dataclass(frozen=True)
class Motion:
    """How far a joint moves, in degrees: by itself and moved; None where it was not measured."""

    joint: str
    side: str
    active: float | None = None
    passive: float | None = None


@dataclass(frozen=True)
class Evaluated:
    """What one evaluation says. `texts` by the keys of TEXTS; `contraindications`: code → note of what is so, `denied`:
    codes that were asked and are not; `measures`: instrument → assessment; `vitals`: numbers by code."""

    stage: str
    cause: str
    phase: str
    evaluated_on: date | None
    diagnosis: str
    condition: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ranges: tuple[Motion, ...] = ()
    problems: tuple[Problem, ...] = ()
    contraindications: Mapping[str, str] = field(default_factory=dict)
    denied: tuple[str, ...] = ()
    measures: Mapping[str, UUID] = field(default_factory=dict)
    vitals: Mapping[str, float] = field(default_factory=dict)


Joints = Mapping[str, tuple[str, float]]


@dataclass(frozen=True)
class Known:
    """What the lists know: phases, occasions, contraindications that are asked (code → words), joints (code → words and
    the most degrees they usually have)."""

    phases: Collection[str]
    occasions: Collection[str]
    asked: Mapping[str, str]
    joints: Joints
    today: date


Wrong = tuple[str, str]
"""A field and the sentence beside it."""


def wrong_in(said: Evaluated, known: Known) -> Iterator[Wrong]:
    """What is missing or cannot be, in the order of the form."""
    yield from _head(said, known)
    yield from _found(said, known)
    for key, text in said.texts.items():
        if len(text) > LONGEST:
            yield key, f"{TEXTS.get(key, key)}最多 {LONGEST} 个字，现在 {len(text)} 个。"


def _head(said: Evaluated, known: Known) -> Iterator[Wrong]:
    if said.stage not in STAGES:
        yield "stage", "请选择初期、中期或末期评定。"
    if said.cause not in causes_of(said.stage, known.occasions):
        yield "cause", "请选择为什么评定。"
    if said.evaluated_on is None:
        yield "evaluated_on", "请填写评定日期。"
    elif said.evaluated_on > known.today:
        yield "evaluated_on", "评定日期不能晚于今天。"
    elif said.evaluated_on < known.today - OLDEST:
        yield "evaluated_on", "评定日期在一年以前，请核对。"
    if said.phase not in known.phases:
        yield "phase", "请选择病程阶段。"
    if not said.diagnosis.strip():
        yield "diagnosis", "请填写诊断。"


def _found(said: Evaluated, known: Known) -> Iterator[Wrong]:
    if not said.problems:
        yield "problems", "请至少写一个功能问题：输入汉字、拼音首字母或 ICF 编码。"
    codes = [one.code for one in said.problems]
    if twice := next((one for one in said.problems if codes.count(one.code) > 1), None):
        yield "problems", f"“{twice.words}”写了两次。"
    left = [
        words for code, words in known.asked.items() if code not in {*said.contraindications, *said.denied}
    ]
    if left:
        yield (
            "contraindications",
            f"还有 {len(left)} 项没有回答：{'、'.join(left[:3])}{'等' if len(left) > 3 else ''}。",
        )
    for one in said.ranges:
        if wrong := motion_wrong(one, known.joints):
            yield "ranges", wrong


def motion_wrong(one: Motion, joints: Joints) -> str:
    """What is wrong with the degrees of a joint, empty if nothing is."""
    if one.joint not in joints:
        return "没有这个关节活动。"
    words, most = joints[one.joint]
    name = f"{SIDES[one.side]}{words}" if one.side else words
    for value in (one.active, one.passive):
        if value is not None and not -90 <= value <= most + 45:
            return f"{name}：{value:g}° 超出可能的范围，请核对。"
    if one.active is not None and one.passive is not None and one.active > one.passive:
        return f"{name}：主动 {one.active:g}° 大于被动 {one.passive:g}°，请核对。"
    return ""


def causes_of(stage: str, occasions: Collection[str]) -> tuple[str, ...]:
    """Why an evaluation of this stage may be made."""
    return {FIRST: (START,), MIDDLE: (REVIEW, *occasions), FINAL: (CLOSE,)}.get(stage, ())


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than before, in words."""

    field: str
    words: str
    before: str
    now: str


def changes_between(before: Evaluated, now: Evaluated) -> tuple[Change, ...]:
    """What is said otherwise: diagnosis, words, problems that came and went, contraindications, degrees."""
    found = [Change("diagnosis", "诊断", before.diagnosis, now.diagnosis)]
    found += [
        Change(key, words, before.texts.get(key, ""), now.texts.get(key, "")) for key, words in TEXTS.items()
    ]
    found.append(Change("problems", "功能问题", _names(before), _names(now)))
    found.append(
        Change("contraindications", "禁忌", _codes(before.contraindications), _codes(now.contraindications))
    )
    found += _motions(before, now)
    return tuple(one for one in found if one.before != one.now)


def _names(said: Evaluated) -> str:
    return "、".join(sorted(one.words for one in said.problems))


def _codes(said: Mapping[str, str]) -> str:
    return "、".join(sorted(said))


def _motions(before: Evaluated, now: Evaluated) -> Iterator[Change]:
    earlier = {(one.joint, one.side): one for one in before.ranges}
    for one in now.ranges:
        was = earlier.get((one.joint, one.side))
        if was is not None:
            yield Change(f"ranges.{one.joint}.{one.side}", "", degrees(was), degrees(one))


def degrees(one: Motion) -> str:
    """`主动 60° 被动 90°`."""
    said = (("主动", one.active), ("被动", one.passive))
    return " ".join(f"{words} {value:g}°" for words, value in said if value is not None)
