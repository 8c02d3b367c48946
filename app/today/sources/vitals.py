"""Vital signs that are not normal: the red ones by name, with what to do; yellow ones as a number."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.clock import local
from app.core.roles import Right
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way
from app.vitals.catalogue import sign_of
from app.vitals.rules.judging import DANGER

MOST = 12
RANK = 0


def tile(glance: Glance) -> Tile | None:
    if not glance.actor.may(Right.READ_RESIDENTS):
        return None
    rows = glance.abnormal
    people = {row.resident for row in rows}
    red = {row.resident for row in rows if row.judgement.tone == DANGER}
    note = f"{len(red)} 位达到危急值" if red else "24 小时内最近一次测量"
    way = Way("vitals-round")
    return Tile("vitals", "heart-pulse", "异常体征", str(len(people)), note, way, urgent=bool(red))


def todos(glance: Glance) -> Iterator[Todo]:
    if not glance.actor.may(Right.READ_RESIDENTS):
        return
    urgent = [row for row in glance.abnormal if row.judgement.tone == DANGER]
    for place, row in enumerate(urgent[:MOST]):
        at = local(glance.settings.zone, row.at)
        sign = sign_of(row.code)
        again = "已复测" if row.repeated else "待复测"
        way = Way("chart", {"resident": row.resident, "tab": "vitals", "back": "today"})
        words = f"{row.bed} · {row.text} {sign.unit}".strip(" ·")
        title = f"{row.name} {sign.words}"
        yield Todo(RANK + place, f"{at:%H:%M}", title, words, again, "danger", way, "heart-pulse")
