"""What a referral takes from the chart, as form, sheets and screens get it: frozen values, every one in words too.

What nobody recorded is an empty tuple, None or the word `UNRECORDED`, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.referrals.rules.criteria import Window

UNRECORDED = "未记录"


@dataclass(frozen=True)
class Person:
    """Who is sent. `id_number` is masked, `id_full` is whole; `age` is None without a birth date."""

    rid: UUID
    name: str
    sex: str
    age: int | None
    birth_date: date | None
    number: str  # 编号
    archive_number: str  # 档案编号
    id_type: str
    id_number: str
    id_full: str
    insurance: tuple[str, ...]
    bed: str
    address: str
    phone: str
    care_level: str = ""
    nursing_grade: str = ""
    blood: str = ""
    here: bool = True
    photo: str = ""

    @property
    def age_words(self) -> str:
        return UNRECORDED if self.age is None else f"{self.age} 岁"


@dataclass(frozen=True)
class ContactLine:
    """A relative, in the order they are called. `decides`: guardian, or may decide on treatment."""

    name: str
    relation: str
    phone: str
    second_phone: str = ""
    guardian: bool = False
    powers: tuple[str, ...] = ()
    decides: bool = False
    first: bool = False

    @property
    def words(self) -> str:
        """王建国（子）138 0013 5520."""
        said = f"{self.name}（{self.relation}）" if self.relation else self.name
        return f"{said}{self.phone or '电话未记录'}"


@dataclass(frozen=True)
class Sender:
    """Who sends: the institution, the person at the desk, the doctor responsible (empty where nobody is)."""

    institution: str
    unit: str  # 医务室
    phone: str
    address: str
    by: UUID | None
    by_name: str
    by_title: str
    doctor: UUID | None
    doctor_name: str
    doctor_phone: str
    nurse_name: str = ""


@dataclass(frozen=True)
class Reading:
    """The latest value of one sign; `text` without the unit. `band`: low, high … as judged; `tone` of the colour."""

    code: str
    title: str
    text: str
    unit: str
    at: datetime
    value: float | None = None
    second: float | None = None
    tone: str = "neutral"
    judged: str = ""  # 偏高, 危急 …; empty: usual
    how: str = ""  # 吸氧 3 L/min, 空腹, …

    @property
    def words(self) -> str:
        return f"{self.title} {self.text}{f' {self.unit}' if self.unit else ''}"


@dataclass(frozen=True)
class Score:
    """The latest complete NEWS2 and what it was before. `trend`: 由 3 升到 16（6 小时）; empty with one score only."""

    total: int
    at: datetime
    risk: str
    words: str
    tone: str
    single: tuple[str, ...] = ()  # parameters with three points, in words
    before: int | None = None
    before_at: datetime | None = None
    trend: str = ""


@dataclass(frozen=True)
class DiagnosisLine:
    """A diagnosis that is active, the main one first."""

    rid: UUID
    words: str
    code: str = ""
    onset: str = ""

    @property
    def coded(self) -> str:
        """J18.9 肺炎."""
        return f"{self.code} {self.words}" if self.code else self.words


@dataclass(frozen=True)
class AllergyLine:
    """One allergy."""

    rid: UUID
    substance: str
    reaction: str = ""
    severity: str = ""

    @property
    def words(self) -> str:
        return f"{self.substance}（{self.reaction}）" if self.reaction else self.substance


@dataclass(frozen=True)
class Allergies:
    """`known`: some, none (somebody said so), unknown (nobody was asked). Unknown is never none."""

    known: str
    items: tuple[AllergyLine, ...] = ()

    @property
    def words(self) -> str:
        if self.known == "some":
            return "、".join(one.words for one in self.items)
        return "无已知过敏" if self.known == "none" else "过敏史未问清（不等于无过敏）"


@dataclass(frozen=True)
class Flag:
    """Why a medicine matters on the way: anticoagulant 抗凝, insulin 胰岛素, opioid 阿片, antiepileptic 抗癫痫,
    parkinson 抗帕金森, high_alert 高警示, time_critical 须按时."""

    code: str
    words: str


@dataclass(frozen=True)
class Medicine:
    """A running order. `last_given`: the minute it was really given last; `last`: 11-13 18:00 已服 | 近 7 天未给药."""

    order: UUID
    number: str
    words: str
    dose: str
    route: str
    frequency: str
    kind: str  # long, once, stat, prn, sos
    last: str
    last_given: datetime | None = None
    last_amount: str = ""
    after: str = ""  # what happened since: 11-14 08:00 拒服
    times: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    prn: bool = False
    paused: bool = False
    unsettled: bool = False  # 待重整
    unsigned: bool = False  # 待医师签
    own_supply: bool = False
    indication: str = ""

    def is_(self, flag: str) -> bool:
        return any(one.code == flag for one in self.flags)


@dataclass(frozen=True)
class DoseLine:
    """What became of one dose in the last 24 hours that a hospital should know."""

    rid: UUID
    order: UUID
    words: str
    at: datetime
    what: str  # prn, refused, missed, held, not_given
    said: str  # 13:20 布洛芬 0.2 g（发热）


@dataclass(frozen=True)
class Fact:
    """One thing that holds or happened. `kind`: tube, wound, isolation, diet, swallow, wish, restraint, wandering,
    fall, incident, oxygen, valuables, pressure …; `red`: must not be overlooked."""

    kind: str
    words: str
    at: datetime | None = None
    rid: UUID | None = None
    red: bool = False
    short: str = ""


@dataclass(frozen=True)
class Baseline:
    """How the person usually is; each in words, `UNRECORDED` where no assessment says so."""

    ability: str = UNRECORDED
    speech: str = UNRECORDED
    walking: str = UNRECORDED
    cognition: str = UNRECORDED
    consciousness: str = UNRECORDED
    swallow: str = UNRECORDED
    source: str = ""

    @property
    def words(self) -> str:
        said = (
            ("能力", self.ability),
            ("认知", self.cognition),
            ("行走", self.walking),
            ("交流", self.speech),
        )
        known = [f"{title}{words}" for title, words in said if words != UNRECORDED]
        return "，".join(known) or UNRECORDED


@dataclass(frozen=True)
class Criterion:
    """One reason to refer. `met`: the chart says so, offered ticked if `ticked`; the others a person ticks.

    `kind`: emergency, h48, elective. `since`: when its clock started, `until`: when the window closes (None where it
    has none or nobody knows since when); `asks`: what the person who ticks it says: since, symptom, or empty.
    """

    code: str
    words: str
    title: str  # the short one of a tile: NEWS2, 血氧, 意识
    value: str  # the big one of a tile: 16 分, 88 %; empty where nothing was measured
    detail: str  # ≥ 7 · 13:46
    kind: str
    red: bool
    cause: str
    met: bool = False
    ticked: bool = False
    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    clock: str = ""  # 溶栓时间窗 4.5 小时
    asks: str = ""
    record: UUID | None = None
    source: str = ""
    windows: tuple[Window, ...] = ()
    thinks: str = ""  # of 初步印象: 低氧血症（呼吸衰竭）
    alone: bool = False  # … said only where nothing else is thought
    asks_for: str = ""  # of the request: 血气、胸部 CT
    department: str = ""
    symptom: str = ""
    told: str = ""  # what a text adds to the value: 新出现, 吸氧 3 L/min

    def said(self, since: datetime | None = None, symptom: str = "") -> Criterion:
        """As the person who ticks it says it: since when, with which symptom."""
        return replace(self, ticked=True, since=since or self.since, symptom=symptom.strip())

    def kept(self) -> dict[str, Any]:
        """As `Referral.criteria` holds one that was ticked."""
        return {
            "code": self.code,
            "words": self.words,
            "value": self.value,
            "at": self.at.isoformat() if self.at else None,
            "red": self.red,
            "since": self.since.isoformat() if self.since else None,
            "symptom": self.symptom,
        }


@dataclass(frozen=True)
class Attachable:
    """Something of the chart that can go with the referral: a `sheet` of app.printing with its `params`, or a blob.

    `what`: assessment, vitals, mar, incident, photo, rehab_plan, consent … `offered`: ticked at first.
    """

    what: str
    rid: UUID | None
    words: str
    at: datetime | None = None
    sheet: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    blob: str = ""
    pages: int | None = None
    offered: bool = False

    def kept(self) -> dict[str, Any]:
        """As `Referral.attachments` holds one."""
        return {"what": self.what, "rid": str(self.rid) if self.rid else "", "words": self.words}


@dataclass(frozen=True)
class Filled:
    """The whole chart, as a referral takes it. `sources`: where the words of a text come from (history, I, S, …)."""

    resident: Person
    taken_at: datetime
    sender: Sender
    contacts: tuple[ContactLine, ...]
    vitals: tuple[Reading, ...]
    news2: Score | None
    diagnoses: tuple[DiagnosisLine, ...]
    past_diagnoses: tuple[DiagnosisLine, ...]
    allergies: Allergies
    medicines: tuple[Medicine, ...]
    doses: tuple[DoseLine, ...]
    lines: tuple[Fact, ...]  # 管路
    wounds: tuple[Fact, ...]  # 伤口、压力性损伤
    isolation: tuple[Fact, ...]
    diet: tuple[Fact, ...]  # 饮食性状、吞咽
    risks: tuple[Fact, ...]  # 跌倒、走失 …
    falls: tuple[Fact, ...]  # the last 90 days
    restraint: tuple[Fact, ...]
    wishes: tuple[Fact, ...]  # 抢救意愿
    recent: tuple[Fact, ...]  # notes, incidents, oxygen of the last 24 h, the newest first
    baseline: Baseline
    last_meal: str
    last_seen_well: str
    belongings: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    urgency: str  # emergency, h48, elective: proposed
    cause: str
    texts: Mapping[str, str]  # impression, history, past, course
    sbar: Mapping[str, str]  # I, S, B, A, R
    sources: Mapping[str, str]
    attachments: tuple[Attachable, ...]
    department: str = ""  # 科室 the causes ask for
    labs: tuple[Fact, ...] = ()  # results of the last seven days, those out of range first
    zone: str = "Asia/Shanghai"
    open_referral: UUID | None = None

    @property
    def decider(self) -> ContactLine | None:
        """Whose consent is asked for: who may decide, else who is called first."""
        first = self.contacts[0] if self.contacts else None
        return next((one for one in self.contacts if one.decides), first)
