"""Where a resident is in the course of a stay, in words and colours: the same in head, list, board and sheets."""

from __future__ import annotations

from datetime import date

from app.residents.queries import CourseRow, Lying, StayLine, StayRow
from app.residents.rules.stays import MODES, OUTCOMES, STATUSES
from ui.kit.paint import Mark
from ui.style import Tone


def day_words(day: date, today: date) -> str:
    """11-20, 2027-01-04 in another year."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def back_words(until: date | None, today: date) -> str:
    """今晚回, 11-20 回, 逾期未回; empty where nobody said."""
    if until is None:
        return "未定返回"
    if until < today:
        return "逾期未回"
    return "今晚回" if until == today else f"{day_words(until, today)} 回"


def coming_words(until: date | None, today: date) -> str:
    """11-20 入住, 今天入住, 预留已过期."""
    if until is None:
        return "入住日未定"
    if until < today:
        return f"{day_words(until, today)} 未到"
    return "今天入住" if until == today else f"{day_words(until, today)} 入住"


def lying_words(who: Lying, today: date) -> tuple[str, str]:
    """State and the line under it of who holds a bed: (请假, 今晚回), (住院, 留床12-05), (预留, 11-20 入住)."""
    if who.state == "reserved":
        return "预留", coming_words(who.until, today)
    if who.state == "leave":
        return "请假", back_words(who.until, today)
    if who.until is None:
        return "住院", f"第 {(today - who.since).days + 1 if who.since is not None else 1} 天"
    return "住院", f"留床{day_words(who.until, today)}" if who.until >= today else "留床到期"


def stay_marks(stay: StayLine, today: date) -> tuple[Mark, ...]:
    """The badges of a chart's head: away, in hospital, reserved, ended, and a mode that is not residence."""
    marks: list[Mark] = []
    if stay.where == "leave":
        marks.append(Mark(f"请假外出 · {back_words(stay.until, today)}", Tone.NEUTRAL, "log-out"))
    elif stay.where == "hospital":
        marks.append(Mark(f"住院第 {stay.days} 天", Tone.INFO, "building-2"))
    elif stay.status == "reserved":
        marks.append(Mark(f"预留 · {coming_words(stay.until, today)}", Tone.VIOLET, "calendar"))
    elif stay.status in {"enquiry", "withdrawn"}:
        marks.append(Mark(STATUSES[stay.status], Tone.NEUTRAL, "message-circle"))
    elif stay.status == "ended":
        how = OUTCOMES.get(stay.outcome, "")
        day = f" {day_words(stay.ends, today)}" if stay.ends else ""
        died = stay.outcome == "death"
        words = f"已去世{day}" if died else f"已退住{day}" + (f" · {how}" if how else "")
        marks.append(Mark(words, Tone.NEUTRAL, "log-out"))
    if stay.mode != "resident" and stay.status not in {"ended", "withdrawn"}:
        marks.append(Mark(MODES.get(stay.mode, stay.mode), Tone.NEUTRAL, "house"))
    marks += [
        Mark(words, tone) for words, tone in ((stay.nursing, Tone.VIOLET), (stay.stage, Tone.OK)) if words
    ]
    return tuple(marks)


def course_words(course: CourseRow, today: date) -> str:
    """The same as a sentence at the head of the sheet."""
    stay = course.stay
    if course.position.dead:
        return "已登记去世。"
    if stay is None:
        return "还没有入住记录。"
    bed = stay.bed or "没有床位"
    if stay.status == "in":
        return _in_words(course, stay, today)
    expected = coming_words(stay.expected, today)
    ends = f" {stay.ends.isoformat()}" if stay.ends else ""
    said = {
        "reserved": f"预留 {bed}，{expected}。",
        "enquiry": "咨询中" + (f"，{expected}。" if stay.expected else "。"),
    }
    return said.get(stay.status, f"{STATUSES[stay.status]}{ends}。")


def _in_words(course: CourseRow, stay: StayRow, today: date) -> str:
    away, bed = course.away, stay.bed or "没有床位"
    if away is None:
        since = f"，{stay.begins.isoformat()} 入住" if stay.begins else ""
        return f"在住：{MODES[stay.mode]}，{bed}{since}。"
    if away.code == "leave":
        where, back = "请假外出", back_words(away.planned_on, today)
    else:
        where, back = "住院", _kept_words(away.bed_kept, away.keep_until)
    return f"{where}：{away.whither}，{back}。{MODES[stay.mode]}，{bed}。"


def _kept_words(kept: bool, until: date | None) -> str:  # noqa: FBT001  # a column
    if not kept:
        return "床位不保留"
    return f"床位保留到 {until.isoformat()}" if until else "床位保留"
