"""What is stated of allergies and diagnoses, in words: severity, certainty, status, reasons of a change."""

from __future__ import annotations

from app.residents.rules.folding import squeeze

SEVERITIES = {"mild": "轻", "moderate": "中", "severe": "重"}
"""FHIR R4 reaction-event-severity; empty is 未知."""
CERTAINTIES = {"confirmed": "确诊", "probable": "可能", "unconfirmed": "未证实"}
STATUSES = {"active": "活动", "remission": "缓解", "resolved": "已愈"}
"""FHIR R4 condition-clinical, those the station writes."""
OTHER_STATUSES = {"inactive": "不活动", "recurrence": "复发", "relapse": "反复"}
"""Those that only the platform says."""

CORRECTION_REASONS = ("笔误", "补充", "时间更正", "结果回报", "其他")
RETRACTED = "误录"
"""How the reason of every retraction begins."""
UNDO_MINUTES = 10
"""How long whoever wrote an entry may take it back without further words."""
NONE_KNOWN = "无已知过敏"


def allergy_words(substance: str, reaction: str = "", severity: str = "", certainty: str = "") -> str:
    """`青霉素类（皮疹，重度，可能）`: what is confirmed, or of which nothing is said, is not said again."""
    weight = f"{SEVERITIES[severity]}度" if severity in SEVERITIES else ""
    doubt = CERTAINTIES.get(certainty, "") if certainty != "confirmed" else ""
    return _with(substance, reaction, weight, doubt)


def diagnosis_words(words: str, code: str = "", onset: str = "", status: str = "active") -> str:
    """`脑梗死（I63.9，2019-05，缓解）`; an active one says no status."""
    return _with(words, code, onset, "" if status == "active" else status_words(status))


def status_words(status: str) -> str:
    """活动, 缓解, 已愈, or what the platform says."""
    return STATUSES.get(status) or OTHER_STATUSES.get(status, status)


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces, width and case."""
    return squeeze(one).lower() == squeeze(other).lower()


def reason_wrong(reason: str) -> str | None:
    """What is wrong with the reason of a correction: one of five, 其他 with its words after a colon."""
    head, _, words = reason.partition("：")
    if head not in CORRECTION_REASONS:
        return f"请选择原因：{'、'.join(CORRECTION_REASONS)}"
    if head == "其他" and not words.strip():
        return "原因选“其他”时，请写明原因"
    return None


def _with(words: str, *details: str) -> str:
    said = "，".join(filter(None, details))
    return f"{words}（{said}）" if said else words
