"""What the reconciliation says in words: the two lines of a side, what the hospital left out, what is left to do."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import local
from app.medication.reconciling import ReconcileRow, Reconciliation
from app.medication.rules.listed import CHANGED, NO_LIST, STOPPED, UNWRITTEN
from app.medication.rules.reconcile import DROP, STOP

Lines = tuple[str, str, str]
"""First line, second line, ink of the first."""
ACTS = {True: ("采用", "更改", "不用"), False: ("保留", "更改", "停用")}
"""Words of the three decisions: of a medicine only the hospital wrote, and of an order of before."""
KEYS = {True: ("take", "change", "drop"), False: ("keep", "change", "stop")}


def name_lines(row: ReconcileRow) -> Lines:
    """The medicine; below it what speaks against it, or its strength."""
    if row.findings:
        return row.words, row.findings[0], "danger.text"
    under = row.strength if row.regular else f"{row.strength} 必要时".strip()
    return row.words, under, ""


def before_lines(row: ReconcileRow) -> Lines:
    return ("—", "", "text3") if row.before is None else (row.before.dose, row.before.when, "text")


def hospital_lines(row: ReconcileRow) -> Lines:
    """没写不等于停: not written is said loudly, and never looks like stopped."""
    if row.says == UNWRITTEN:
        return "出院清单未写", "没写不等于停", "danger.text"
    if row.says == NO_LIST or row.hospital is None:
        return "还没有清单", "", "text3"
    more = "，".join(part for part in (row.hospital.when, row.hospital.note) if part)
    if row.says == STOPPED:
        return "出院时停用", row.hospital.note, "orange.text"
    dose = row.hospital.dose or "没写剂量"
    return dose, more, "info.text" if row.says == CHANGED and not row.new else "text"


def after_lines(row: ReconcileRow, zone: str) -> Lines:
    """What is asked for now, and since when."""
    decided = row.decision
    if decided is None:
        return ("未决定", "不给，等决定" if row.held else "", "warn.text")
    since = f"{local(zone, decided.at):%m-%d %H:%M} 起"
    if decided.decision in (STOP, DROP) or row.after is None:
        return decided.words, f"{since}　{decided.why}".strip(), "text2"
    return row.after.dose, row.after.when, "text"


def who_line(row: ReconcileRow, zone: str) -> str:
    """Who decided, wrote it down, and until when a doctor signs."""
    one = row.decision
    if one is None:
        return ""
    said = f"{one.who}医师决定“{one.words}”" if one.who else f"{one.author}决定“{one.words}”"
    written = f"，{one.author}记录" if one.author not in (one.who, one.signed) else ""
    written += f"，{one.signed}医师签名" if one.signed not in ("", one.who) else ""
    sign = f"，待医师签（{local(zone, one.sign_by):%m-%d %H:%M} 前）" if one.sign_by is not None else ""
    why = f"：{one.why}" if one.why else ""
    return f"{said}{why}　{local(zone, one.at):%m-%d %H:%M}{written}{sign}"


def stay_words(sheet: Reconciliation, zone: str) -> str:
    """`11-14 09:00 住院 市第一人民医院 → 11-21 13:20 返院　肺炎`."""
    left, back = local(zone, sheet.left), local(zone, sheet.back)
    where = sheet.whither or sheet.hospital
    way = f"{left:%m-%d %H:%M} 住院 {where}".strip() + f" → {back:%m-%d %H:%M} 返院"
    return "　".join(part for part in (way, sheet.reason) if part)


def due_words(sheet: Reconciliation, now: datetime, zone: str) -> str:
    """`16:00 班次前完成 · 还有 1 小时 48 分`; late: how long ago it was due."""
    if sheet.due is None or not sheet.undecided:
        return ""
    at = local(zone, sheet.due)
    day = "" if at.date() == local(zone, now).date() else f"{at:%m-%d} "
    if sheet.due <= now:
        return f"{day}{at:%H:%M} 的药等决定，已过 {span(now, sheet.due)}"
    return f"{day}{at:%H:%M} 给药前完成 · 还有 {span(sheet.due, now)}"


def span(later: datetime, earlier: datetime) -> str:
    """`1 小时 48 分`, `2 天`."""
    minutes = int((later - earlier).total_seconds() // 60)
    if minutes >= 48 * 60:
        return f"{minutes // (24 * 60)} 天"
    return f"{minutes // 60} 小时 {minutes % 60} 分" if minutes >= 60 else f"{minutes} 分钟"


def left_words(sheet: Reconciliation) -> tuple[str, str]:
    """Why it is not finished, and what that means meanwhile; or that a doctor may sign, or did."""
    if sheet.undecided:
        names = "、".join(one.words for one in sheet.undecided[:3])
        more = f" 等 {len(sheet.undecided)} 种" if len(sheet.undecided) > 3 else ""
        held = sum(one.held for one in sheet.undecided)
        return (
            f"还不能完成：{names}{more}没有决定",
            f"决定之前，其中 {held} 种定时药按“待重整”停着不给；必要时用药给之前要写原因。",
        )
    if sheet.signed_at is not None:
        return f"已完成，{sheet.signed_by}医师签名", ""
    return "都已决定，请医师签名完成", "签名时，护士按医师话记下的决定和新医嘱一并签。"
