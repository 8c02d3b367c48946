"""New revisions of what is there: batches of PUT with If-Match, each entry judged alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from app.sync.patience import Lost, Stopped, Verdict, judged, refusal_words, stopped_by
from app.sync.pull import elements
from app.sync.push.answers import Entry, entries, found, receipt
from app.sync.push.bodies import holds, untouched
from app.sync.push.creating import BUSY, is_well
from app.sync.push.delivery import Delivery
from app.sync.push.looking import again, read
from app.sync.push.others import is_written_over
from app.sync.push.rows import Parcel
from app.sync.wire import Answer

TRIES = 3


async def update(delivery: Delivery, parcels: Sequence[Parcel]) -> None:
    """Send updates. One whose version the server never told, or whose outcome is unknown, is read first."""
    ready = []
    for one in parcels:
        if delivery.halted:
            return
        if one.known and (one.known.version is None or one.item.row.state == "unknown"):
            fresh = await _over_theirs(delivery, one)
            ready += [fresh] if fresh else []
        else:
            ready.append(one)
    for tries in range(TRIES):
        ready = [one for one in ready if one.item.alive]
        left: list[Parcel] = []
        for start in range(0, len(ready), delivery.pace.puts):
            left += await _batch(delivery, ready[start : start + delivery.pace.puts])
        if not left:
            return
        ready = left
        await delivery.tempo.rest(tries)
    await _given_up(delivery, ready)


async def _over_theirs(delivery: Delivery, sent: Parcel) -> Parcel | None:
    """What stands there now: ours already (confirmed), the base we know (once more over it), or somebody's work."""
    body = await read(delivery, sent)
    if body is None:
        await delivery.gone(sent)
    elif holds(sent, body, delivery.id_of):
        await delivery.confirmed([(sent, found(sent, body))])
    elif _is_free(sent, body):
        return again(delivery, sent, body)
    else:
        await delivery.changed(sent, _words(sent, body), body)
    return None


def _is_free(sent: Parcel, body: dict[str, Any]) -> bool:
    """Whether ours may go over what stands there: the base we know, or what ours answers."""
    if sent.part.answers is not None and sent.part.answers(body):
        return True
    return untouched(sent, body) and not is_written_over(sent.item.row.asked, body)


async def _batch(delivery: Delivery, parcels: Sequence[Parcel]) -> list[Parcel]:
    """One batch; returns what is to be tried again."""
    gone = await delivery.depart([one for one in parcels if one.item.alive])
    if not gone or not (answer := await _post(delivery, gone)):
        return []
    if answer.status >= 300:
        return await _whole(delivery, gone, answer)
    left = []
    for sent, entry in zip(gone, entries(answer, gone), strict=True):
        if once := await _entry(delivery, sent, entry, answer):
            left.append(once)
    return left


async def _post(delivery: Delivery, parcels: Sequence[Parcel]) -> Answer | None:
    if delivery.halted:
        await delivery.back(parcels, None)
        return None
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [_put(one) for one in parcels]}
    try:
        async with delivery.pace.lane():
            return await delivery.line.wire.send("POST", "", bundle)
    except Lost as lost:
        await delivery.unknown(parcels, lost.words)
        return None
    except Stopped as stopped:
        delivery.halt(stopped)
        await (delivery.unknown(parcels, "") if stopped.unsure else delivery.back(parcels, None))
        raise


def _put(sent: Parcel) -> dict[str, object]:
    place = sent.known.server_id if sent.known else ""
    request = {"method": "PUT", "url": f"{sent.type}/{place}"}
    if sent.known and sent.known.version:
        request["ifMatch"] = f'W/"{sent.known.version}"'
    return {"resource": orjson.Fragment(sent.text), "request": request}


async def _whole(delivery: Delivery, parcels: list[Parcel], answer: Answer) -> list[Parcel]:
    """The batch itself was refused: smaller ones, until one record stands alone."""
    verdict = judged(answer.status, answer.body)
    if verdict in (Verdict.AGAIN, Verdict.FAILED):
        return parcels
    if len(parcels) == 1:
        await delivery.refused(parcels[0], refusal_words(answer.status, answer.body))
        return []
    delivery.pace.too_many_puts(len(parcels))
    middle = len(parcels) // 2
    return await _batch(delivery, parcels[:middle]) + await _batch(delivery, parcels[middle:])


async def _entry(delivery: Delivery, sent: Parcel, entry: Entry | None, answer: Answer) -> Parcel | None:
    """One entry's answer; returns the parcel if it is to be tried again."""
    if entry is None:
        await delivery.unknown([sent], "区平台的回答里没有这一条，")
        return None
    verdict = judged(entry.status, entry.outcome, update=True)
    match verdict:
        case Verdict.DONE:
            await delivery.confirmed([(sent, receipt(sent, entry))])
        case Verdict.CHANGED:
            return await _over_theirs(delivery, sent)
        case Verdict.GONE:
            await delivery.gone(sent)
        case Verdict.AGAIN | Verdict.FAILED:
            return sent
        case Verdict.LATER | Verdict.BARRED:
            await delivery.back([sent], None)
            if stopped := stopped_by(entry.status, answer.wait):
                delivery.halt(stopped)
        case _:
            await delivery.refused(sent, refusal_words(entry.status, entry.outcome))
    return None


async def _given_up(delivery: Delivery, parcels: Sequence[Parcel]) -> None:
    """Tried several times: the server is busy, or it fails at this very record."""
    well = await is_well(delivery)
    for one in parcels:
        body = await read(delivery, one) if well else None
        if body is not None and holds(one, body, delivery.id_of):
            await delivery.confirmed([(one, found(one, body))])
        elif well:
            await delivery.refused(one, "区平台处理这一条时总是出错，已先放在一边。")
        else:
            await delivery.back([one], BUSY, delivery.tempo.look(1))


def _words(sent: Parcel, theirs: dict[str, Any]) -> str:
    base = sent.known.body if sent.known else {}
    changed = elements.differing(sent.part, base, theirs)
    where = f"：{elements.names(changed)}" if changed else ""
    return f"区平台上这份资料已被别处改过{where}。两边都保留着，请核对。"
