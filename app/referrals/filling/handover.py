"""The five parts of the hand-over ISBAR, told from the facts of a chart and the criteria that are ticked. Pure."""

from __future__ import annotations

from datetime import timedelta

from app.referrals.criteria import book
from app.referrals.filling.filled import UNRECORDED, Filled
from app.referrals.filling.telling import Teller
from app.referrals.rules.fitting import fitted, joined, shortened

LONGEST = 800
BRING_BACK = "请带回出院小结、检查结果和出院带药单"


def identity(teller: Teller) -> str:
    """I: who speaks, from where, about whom."""
    filled = teller.filled
    sender, who = filled.sender, filled.resident
    speaker = f"{sender.institution}{sender.unit} {sender.by_name}{f'（{sender.by_title}）' if sender.by_title else ''}"
    phone = f"电话 {sender.phone}" if sender.phone else ""
    age = "" if who.age is None else f"{who.age} 岁"
    person = "，".join(part for part in (who.name, who.sex, age, who.bed, f"编号 {who.number}") if part)
    family = filled.decider
    relative = f"家属 {family.words}" if family is not None else "联系人未记录"
    return fitted([speaker + (f"，{phone}" if phone else ""), person, relative], "。", LONGEST)


def situation(teller: Teller) -> str:
    """S: what is wrong, since when, the signs."""
    return fitted(["；".join(teller.reasons()), teller.signs()], "。", LONGEST) or "生命体征未记录"


def background(teller: Teller) -> str:
    """B: diagnoses, allergies, medicines with their last dose, how the person usually is, isolation, wishes."""
    filled = teller.filled
    allergic = filled.allergies
    usual = filled.baseline.words
    running = any(not one.over for one in filled.medicines)
    parts = [
        teller.diagnoses(220) or "诊断未记录",
        f"过敏：{allergic.words}" if allergic.known == "some" else allergic.words,
        teller.medicines(260) or ("目前用药见用药清单" if running else "没有在用的药"),
        f"近期停用：{words}" if (words := teller.medicines(200, over=True)) else "",
        f"平时{shortened(usual, 120)}" if usual != UNRECORDED else "平时状态未记录",
        *(f"{shortened(one.words, 60)}" for one in filled.isolation),
        f"管路：{words}" if (words := _short(filled)) else "",
        *(f"抢救意愿：{shortened(one.words, 60)}" for one in filled.wishes),
    ]
    return fitted(parts, "；", LONGEST)


def _short(filled: Filled) -> str:
    return joined([one.short or one.words for one in filled.lines], "、", 80, "条管路")


def assessment(teller: Teller) -> str:
    """A: what is thought, and how it moved; of a score that says nothing of now (`hours` of its criterion) that
    nobody measured since."""
    thinks = [one.rstrip("？") for one in teller.thinks()]
    score = teller.filled.news2
    said = f"考虑{'、'.join(thinks)}" if thinks else ""
    moved = ""
    if score is not None:
        told = score.trend or f"{score.total} 分（{score.words}）"
        old = teller.filled.taken_at - score.at > timedelta(hours=book().by_code["news2"].hours)
        moved = f"{teller.moment(score.at)} NEWS2 {told}{'，之后未测' if old else ''}"
    return fitted([said, moved], "；", LONGEST) or "请填写评估"


def request(teller: Teller) -> str:
    """R: what is asked for, and what is to come back."""
    asked = dict.fromkeys(
        part for one in teller.ticked for part in one.asks_for.replace("，", "、").split("、") if part
    )
    said = f"请予{'、'.join(asked)}" if asked else "请予接诊、评估"
    return fitted([said, BRING_BACK], "；", LONGEST)
