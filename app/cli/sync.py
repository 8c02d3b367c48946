"""sync: one round with the district platform, or how things stand with it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.cli.command import Command, Result, signed_in
from app.core.clock import local
from app.core.errors import Refusal

if TYPE_CHECKING:
    from app.compose import Station
    from app.sync.round import Round
    from app.sync.standing import Standing

PATIENCE = 15.0
"""Seconds a single run waits for what is only to be looked at again, before it leaves it to the next."""
MOST_ROUNDS = 4


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--once", action="store_true", help="立即同步一次")
    which.add_argument("--status", action="store_true", help="只看状态，不连区平台")


def _work(options: argparse.Namespace) -> Result:
    from app.sync.acts import SyncNow
    from app.sync.standing import HowItStands

    with signed_in(options, writes=options.once) as (station, _came):
        if options.status:
            return _result(station, station.desk.ask_now(HowItStands()))
        station.desk.do_now(SyncNow())  # refused to whoever may not
        if station.access is None:
            raise Refusal("还没有设置区平台地址（设置→区平台，或环境变量 CARESTATION_PLATFORM）。")
        rounds = asyncio.run(_once(station))
        return _result(station, station.desk.ask_now(HowItStands()), rounds)


async def _once(station: Station) -> list[Round]:
    """A round, and the ones that settle what it left unknown."""
    from app.sync.round import Rounds

    rounds, access, done = Rounds(station.desk), station.access, list[Any]()
    while access is not None:
        done.append(await rounds.run(access))
        if done[-1].error or done[-1].due is None or len(done) == MOST_ROUNDS:
            break
        seconds = (done[-1].due - station.clock.now()).total_seconds()
        if seconds > PATIENCE:
            break
        await asyncio.sleep(max(0.0, seconds))
    return done


def _result(station: Station, standing: Standing, rounds: Sequence[Round] = ()) -> Result:
    """As it stands now; with rounds, what they came to, and done only if the last one was."""
    sent, received = sum(one.sent for one in rounds), sum(one.received for one in rounds)
    error = rounds[-1].error if rounds else standing.error
    stored = {
        "waiting": standing.waiting,
        "sent": sent,
        "received": received,
        "conflicts": standing.conflicts,
        "quarantined": standing.quarantined,
        "last_success": None if standing.last_success is None else standing.last_success.isoformat(),
        "error": error or None,
    }
    last = _shown(station, standing.last_success)
    words = [f"待上传 {standing.waiting}，冲突 {standing.conflicts}，搁置 {standing.quarantined}。"]
    words += [f"这次上传 {sent}，收到 {received}。"] if rounds else []
    words += [f"上次完整成功：{last}。"] + ([error] if error else [])
    return Result(stored, "\n".join(words), done=not (rounds and error))


def _shown(station: Station, at: datetime | None) -> str:
    return "还没有" if at is None else f"{local(station.settings.zone, at):%Y-%m-%d %H:%M}"


SYNC = Command("sync", "与区平台同步一次，或查看同步状态", _arguments, _work)
