"""How entries are said on the screens of the journals: when, whose, in which colour."""

from __future__ import annotations

from datetime import date, datetime

from app.core.clock import date_in, local
from app.journals.queries import EntryRow
from app.residents.forms import SEXES
from ui.kit.chart import Who
from ui.kit.paint import Mark
from ui.kit.view import Bench
from ui.style import Tone


def today(bench: Bench) -> date:
    """The institution's date."""
    return date_in(bench.station.settings.zone, bench.desk.clock.now())


def wall(bench: Bench) -> datetime:
    """Now, by the institution's clock."""
    return local(bench.station.settings.zone, bench.desk.clock.now())


def when(bench: Bench, moment: datetime) -> str:
    """11-24 08:30, with the year where it is another one."""
    told = local(bench.station.settings.zone, moment)
    return f"{told:%m-%d %H:%M}" if told.year == today(bench).year else f"{told:%Y-%m-%d %H:%M}"


def person_words(who: Who) -> str:
    """欧阳淑华　女 · 84 岁　2号楼 312-1."""
    sex = SEXES[who.sex] if who.sex in {"1", "2"} else "—"
    age = "年龄不详" if who.age is None else f"{who.age} 岁"
    return f"{who.name}　{sex} · {age}　{who.bed or '未安排床位'}"


def marks(row: EntryRow) -> tuple[Mark, ...]:
    """补录, 已更正, 已作废."""
    found = []
    if row.retracted:
        found.append(Mark("已作废", Tone.NEUTRAL))
    if row.late:
        found.append(Mark("补录", Tone.WARN))
    if row.corrected:
        found.append(Mark("已更正", Tone.INFO))
    return tuple(found)


def held(row: EntryRow) -> str:
    """Since when it holds, until when it held."""
    since = f"{row.begins.isoformat()} 起" if row.begins else ""
    return f"{row.begins or ''} 至 {row.ends.isoformat()}" if row.ends else since


def due_words(row: EntryRow, words: str, day: date) -> tuple[str, Tone | None]:
    """更换管路 11-29, with how long it is overdue."""
    if row.due_on is None or row.ends is not None or not words:
        return "", None
    left = (row.due_on - day).days
    if left < 0:
        return f"{words}已过 {-left} 天", Tone.ORANGE
    if left == 0:
        return f"今天{words}", Tone.WARN
    return f"{words} {row.due_on.isoformat()}", Tone.WARN if left <= 7 else None
