"""Medication of the shift that goes on: doses that wait, what was raised about those given, what waits beside them."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.clock import local
from app.core.roles import Right
from app.medication.prescriptions.ending import called, ending
from app.medication.prescriptions.rows import PrescriptionRow, rows_of
from app.medication.queries.due_count import CountDueDoses, count_due_doses
from app.medication.queries.order_counts import CountOrderWork, count_order_work
from app.medication.stock.queries.alarms import CountStockAlarms, count_stock_alarms
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way

RANK, RANK_ORDERS, RANK_ENDING = 120, 140, 330
MOST = 6
"""So many by name; their worklist has them all."""


def tile(glance: Glance) -> Tile | None:
    """Doses of the shift that wait; urgent when something about doses that were given wants a person."""
    if not glance.actor.may(Right.GIVE_MEDICINES):
        return None
    waiting = count_due_doses(glance, CountDueDoses())
    asks = sum(row.urgent for row in glance.follows)
    note = f"{asks} 件用药要核实或处理" if asks else "本班现在该给的" if waiting else "现在没有要给的药"
    return Tile("medication", "pill", "待给药", str(waiting), note, Way("medication"), urgent=bool(asks))


def todos(glance: Glance) -> Iterator[Todo]:
    """As far as this person may act on it: doses, orders, the cupboard, prescriptions that end."""
    actor = glance.actor
    if actor.may(Right.GIVE_MEDICINES) or actor.may(Right.ORDER_MEDICINES):
        yield from _follows(glance)
        yield from _ending(glance)
    yield from _orders(glance)
    if actor.may(Right.KEEP_STOCK) and (count := count_stock_alarms(glance, CountStockAlarms())):
        words = "账面为负、过期、开封超期或不够今天用"
        yield _number(
            RANK_ORDERS + 2, f"{count} 种", ("药柜要处理", words, "药柜"), "orange", Way("cupboard")
        )


def _follows(glance: Glance) -> Iterator[Todo]:
    """Possible double doses, repeated refusals, effects and signatures that are overdue."""
    rows = [row for row in glance.follows if row.urgent]
    for place, row in enumerate(rows[:MOST]):
        at = local(glance.settings.zone, row.due)
        tone = "danger" if row.matter else "orange"
        about = " · ".join(part for part in (row.bed, row.medicine) if part)
        way = Way("after-doses", {"view": "matters" if row.matter else row.what})
        yield Todo(
            RANK + place, f"{at:%m-%d %H:%M}", f"{row.name} {row.title}", about, row.title, tone, way, "pill"
        )


def _orders(glance: Glance) -> Iterator[Todo]:
    """Orders nobody checked, and those no doctor signed: to a nurse once it is late, to a doctor at once."""
    checks, signs = glance.actor.may(Right.CHECK_ORDERS), glance.actor.may(Right.ORDER_MEDICINES)
    if not (checks or signs):
        return
    counts = count_order_work(glance, CountOrderWork())
    if checks and counts.to_check:
        said = ("医嘱待核对", "由另一位护士核对后才执行", "待核对")
        yield _number(RANK_ORDERS, f"{counts.to_check} 条", said, "warn", Way("orders", {"view": "check"}))
    if counts.to_sign and (signs or counts.late):
        said = (
            "医嘱待医师签名",
            f"{counts.late} 条已过签名时限" if counts.late else "都在时限内",
            "待医师签",
        )
        tone = "danger" if counts.late else "warn"
        yield _number(RANK_ORDERS + 1, f"{counts.to_sign} 条", said, tone, Way("orders", {"view": "sign"}))


def _ending(glance: Glance) -> Iterator[Todo]:
    """Prescriptions that end within the week by name, the soonest first."""
    rids = ending(glance)
    if not rids:
        return
    for place, row in enumerate(rows_of(glance, called(glance, rids[:MOST]))):
        yield _end(RANK_ENDING + place, row)
    if more := len(rids[MOST:]):
        said, way = (
            ("处方快到期", "七天内到期，还没有续开", "处方到期"),
            Way("prescriptions", {"view": "ending"}),
        )
        yield _number(RANK_ENDING + MOST, f"另有 {more} 张", said, "neutral", way)


def _end(rank: int, row: PrescriptionRow) -> Todo:
    left = row.left or 0
    when = f"过期 {-left} 天" if left < 0 else "今天到期" if not left else f"{row.ends:%m-%d} 到期"
    tone = "danger" if left < 0 else "warn" if left < 2 else "neutral"
    way = Way("prescriptions", {"view": "ending", "resident": None, "pick": row.seen.rid})
    return Todo(rank, when, f"{row.name} {row.title}", row.medicines, "处方到期", tone, way, "pill")


def _number(rank: int, when: str, said: tuple[str, str, str], tone: str, way: Way) -> Todo:
    title, words, badge = said
    return Todo(rank, when, title, words, badge, tone, way, "pill")
