"""The four texts of the national sheet, told from the facts of a chart and the criteria that are ticked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import local
from app.referrals.filling.filled import UNRECORDED, Criterion, DiagnosisLine, Filled, Medicine, Reading
from app.referrals.rules.fitting import fitted, joined, shortened
from app.referrals.rules.trend import moment_words

NAME, SENTENCE, NOTE = 40, 160, 120
"""How many characters a name, a sentence, a note may take in a text."""
LIMITS = {"impression": 300, "history": 800, "past": 800, "course": 800}
SIGNS = (
    "temperature",
    "pulse",
    "heart_rate",
    "respiration",
    "blood_pressure",
    "spo2",
    "consciousness",
    "glucose",
    "pain",
)
"""The signs a text names, in this order."""
TOLD_RISKS = ("fall", "bed_fall", "wandering", "choking", "harm")
TOLD_FLAGS = (
    "anticoagulant",
    "antiplatelet",
    "insulin",
    "opioid",
    "antiepileptic",
    "parkinson",
    "corticosteroid",
)


@dataclass(frozen=True)
class Teller:
    """The facts, what is ticked, and how moments are written."""

    filled: Filled
    ticked: tuple[Criterion, ...]

    def moment(self, at: datetime) -> str:
        zone = self.filled.zone
        return moment_words(local(zone, at), local(zone, self.filled.taken_at))

    # pieces ---------------------------------------------------------------------------------------------------------

    def thinks(self) -> tuple[str, ...]:
        """What is thought, each with ？; what only says that it is bad, where there is nothing else."""
        named = [one.thinks for one in self.ticked if one.thinks and not one.alone]
        said = named or [one.thinks for one in self.ticked if one.thinks]
        return tuple(dict.fromkeys(f"{one}？" for one in said))

    def reasons(self) -> tuple[str, ...]:
        """Each ticked criterion as it is told: 13:10 起 意识 V 对声音有反应（新出现）; 血氧 88 %（吸氧 3 L/min）."""
        return tuple(self._reason(one) for one in self.ticked)

    def _reason(self, one: Criterion) -> str:
        since = self._since(one)
        if not one.value:
            return f"{since}{one.words}" + (f"（{one.symptom}）" if one.symptom else "")
        score = self.filled.news2
        if one.code == "news2" and score is not None and score.trend:
            return f"NEWS2 {score.trend}"
        bare = one.source == "不良事件" or one.value.startswith(one.title)
        what = one.value if bare else f"{one.title} {one.value}"
        more = "；".join(part for part in (one.told, one.symptom) if part)
        return f"{since}{what}" + (f"（{more}）" if more else "")

    def _since(self, one: Criterion) -> str:
        if one.since is None:
            return ""
        return f"{self.moment(one.since)} {'' if one.since == one.at else '起'}".rstrip() + " "

    def signs(self) -> str:
        """`13:46 测 T 38.9 ℃、P 112 次/分 …`, of the newest visit; older values with their own time."""
        shown = {one.code: one for one in self.filled.vitals}
        rows = [shown[code] for code in SIGNS if code in shown]
        if not rows:
            return ""
        newest = max(one.at for one in rows)
        now = "、".join(self._sign(one) for one in rows if one.at == newest)
        older = "、".join(
            f"{self._sign(one)}（{self.moment(one.at)}）"
            for one in rows
            if one.at != newest and self._recent(one)
        )
        return f"{self.moment(newest)} 测 {now}" + (f"；{older}" if older else "")

    def _recent(self, one: Reading) -> bool:
        return (self.filled.taken_at - one.at).days < 1

    def _sign(self, one: Reading) -> str:
        return f"{one.words}（{one.how}）" if one.how.startswith("吸氧") else one.words

    def diagnoses(self, most: int) -> str:
        return joined([diagnosis_words(one) for one in self.filled.diagnoses], "、", most, "项诊断")

    def medicines(self, most: int, *, over: bool = False) -> str:
        """Those that matter on the way, with the last dose: 华法林片 2.5 mg（抗凝），末次 11-13 18:00 已给药. `over`:
        those that were stopped and still work."""
        told = [
            one
            for one in self.filled.medicines
            if one.over == over and any(one.is_(flag) for flag in TOLD_FLAGS)
        ]
        return joined([medicine_words(one) for one in told], "；", most, "种药")


def diagnosis_words(one: DiagnosisLine) -> str:
    name = shortened(one.words, NAME)
    return f"{name}（{one.code}）" if one.code else name


def medicine_words(one: Medicine) -> str:
    flags = "、".join(flag.words for flag in one.flags if flag.code in TOLD_FLAGS)
    unsettled = "，待重整" if one.unsettled else ""
    after = f"，{one.after}" if one.after else ""
    over = f"{one.frequency}，" if one.over else ""
    return f"{shortened(one.words, NAME)} {one.dose}（{flags}）{over}末次 {one.last}{after}{unsettled}"


def impression(teller: Teller) -> str:
    """What is thought, each with ？, then the diagnoses that are active."""
    thinks = list(teller.thinks())
    known = [diagnosis_words(one) for one in teller.filled.diagnoses]
    return joined([*thinks, *known], "；", LIMITS["impression"], "项")


def history(teller: Teller) -> str:
    """Why now: what is ticked, the signs, what happened, what was noted, since when not well."""
    filled = teller.filled
    parts = ["；".join(teller.reasons())]
    if signs := teller.signs():
        parts.append(f"{signs}")
    if filled.last_seen_well:
        parts.append(f"最后一次神志如常 {filled.last_seen_well}")
    parts += [
        f"{teller.moment(one.at)} {one.words}" for one in filled.recent if one.kind == "incident" and one.at
    ]
    notes = [one for one in filled.recent if one.kind == "note" and one.at]
    notes.sort(key=lambda one: one.short != "special")
    parts += [f"{teller.moment(one.at)} {shortened(one.words, NOTE)}" for one in notes[:4] if one.at]
    return fitted(parts, "。", LIMITS["history"])


def past(teller: Teller) -> str:
    """Diagnoses, allergies, what is taken for long and matters, how the person usually is, what is in place."""
    filled = teller.filled
    over = joined([diagnosis_words(one) for one in filled.past_diagnoses], "、", SENTENCE, "项")
    parts = [
        teller.diagnoses(300) or "诊断未记录",
        f"既往：{over}" if over else "",
        f"过敏：{filled.allergies.words}" if filled.allergies.known == "some" else filled.allergies.words,
        f"在用：{words}" if (words := teller.medicines(260)) else "",
        f"近期停用：{words}" if (words := teller.medicines(200, over=True)) else "",
        f"平时：{shortened(filled.baseline.words, SENTENCE)}" if filled.baseline.words != UNRECORDED else "",
        *(_facts(title, rows) for title, rows in _in_place(filled)),
        _falls(teller),
    ]
    return fitted(parts, "。", LIMITS["past"])


def course(teller: Teller) -> str:
    """What was done here: oxygen, medicines given when needed or once, what notes and incidents say was done."""
    filled = teller.filled
    done: list[tuple[datetime, str]] = []
    oxygen = next((one for one in filled.vitals if one.how.startswith("吸氧")), None)
    if oxygen is not None:
        done.append((oxygen.at, f"{teller.moment(oxygen.at)} {oxygen.how}"))
    done += [(one.at, one.said) for one in filled.doses if one.what in ("prn", "once")]
    done += [
        (one.at, f"{teller.moment(one.at)} {shortened(one.short, NOTE)}")
        for one in filled.recent
        if one.kind in ("incident", "done") and one.short and one.at
    ]
    parts = [words for _at, words in sorted(done)]
    missed = [
        one.said
        for one in filled.doses
        if one.what in ("refused", "missed", "held", "not_given", "unrecorded")
    ]
    if filled.labs:
        parts.append(f"检验：{joined([shortened(one.words, 60) for one in filled.labs], '、', 240, '项')}")
    if missed:
        parts.append(f"24 小时内未用或未记录的药：{joined(missed, '、', SENTENCE, '次')}")
    return fitted(parts, "；", LIMITS["course"]) or "站内处理未记录"


def _in_place(filled: Filled) -> tuple[tuple[str, Iterable[str]], ...]:
    return (
        ("隔离", (one.words for one in filled.isolation)),
        ("管路", (one.words for one in filled.lines)),
        ("伤口", (one.words for one in filled.wounds)),
        ("饮食", (one.words for one in filled.diet)),
        ("约束", (one.words for one in filled.restraint)),
        ("抢救意愿", (one.words for one in filled.wishes)),
        ("风险", (one.words for one in filled.risks if one.red or one.short in TOLD_RISKS)),
    )


def _facts(title: str, rows: Iterable[str]) -> str:
    said = joined([shortened(one, NOTE) for one in rows], "、", SENTENCE, "项")
    return f"{title}：{said}" if said else ""


def _falls(teller: Teller) -> str:
    falls = [one for one in teller.filled.falls if one.at]
    if not falls:
        return ""
    days = "、".join(f"{local(teller.filled.zone, one.at):%m-%d}" for one in falls[:3] if one.at)
    return f"近 90 天跌倒 {len(falls)} 次（{days}）"
