"""What a referral takes from the chart, as form, sheets and screens get it: frozen values, every one in words too.

What nobody recorded is an empty tuple, None or the word `UNRECORDED`, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.referrals.filling.filled_offers import Attachable, Criterion
from app.referrals.filling.filled_people import (
    UNRECORDED,
    Allergies,
    AllergyLine,
    ContactLine,
    DiagnosisLine,
    Person,
    Sender,
)

__all__ = [
    "UNRECORDED", "Allergies", "AllergyLine", "Attachable", "Baseline", "ContactLine", "Criterion", "DiagnosisLine",
    "DoseLine", "Fact", "Filled", "Flag", "Medicine", "Person", "Reading", "Score", "Sender",
]  # fmt: skip


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
class Flag:
    """Why a medicine matters on the way: anticoagulant 抗凝, insulin 胰岛素, opioid 阿片, antiepileptic 抗癫痫,
    parkinson 抗帕金森, high_alert 高警示, time_critical 须按时."""

    code: str
    words: str


@dataclass(frozen=True)
class Medicine:
    """A running order, or one that is over and still works (`over`). `last_given`: the minute it was really given
    last; `last`: 11-13 18:00 已服 | 近 7 天未给药."""

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
    over: bool = False  # stopped or done; when stands in `frequency`: 已停（08:30）

    def is_(self, flag: str) -> bool:
        return any(one.code == flag for one in self.flags)


@dataclass(frozen=True)
class DoseLine:
    """What became of a dose in the last 24 hours; `rid` is the dose, or the order if it is `unrecorded`."""

    rid: UUID
    order: UUID
    words: str
    at: datetime
    what: str  # prn, once, refused, missed, held, not_given, partial, unrecorded
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
        known = [f"{title}：{words}" for title, words in said if words != UNRECORDED]
        return "；".join(known) or UNRECORDED


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
