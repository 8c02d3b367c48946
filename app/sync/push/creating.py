"""New resources: transactions of plain POSTs. A refused one is halved until one record stands alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from app.fhir.identity import UNIDENTIFIED
from app.sync.patience import Lost, Stopped, Verdict, judged, refusal_words, stopped_by
from app.sync.push.answers import entries, receipt
from app.sync.push.bodies import tagged_too
from app.sync.push.delivery import Delivery
from app.sync.push.identity import introduce
from app.sync.push.looking import already_there, create_if_none
from app.sync.push.pace import MOST_BYTES
from app.sync.push.rows import Parcel
from app.sync.wire import Answer

TRIES = 3
BUSY = "区平台正忙，稍后再传。"


async def create(delivery: Delivery, parcels: Sequence[Parcel]) -> None:
    """Send new resources whose references are all there. Raises Stopped when no request makes sense any more."""
    for careful in [one for one in parcels if one.item.careful]:
        await create_if_none(delivery, _findable(delivery, careful))
    for kind in {one.type for one in parcels} - delivery.keys.keys() - UNIDENTIFIED:
        await _first(delivery, kind, parcels)
    rest = [_findable(delivery, one) for one in parcels if _is_due(one) and not one.item.careful]
    for bundle in _bundles(delivery, rest):
        await _transaction(delivery, bundle)


async def _first(delivery: Delivery, kind: str, parcels: Sequence[Parcel]) -> None:
    """The first of a type goes alone: how it is found again decides how a lost answer is looked after."""
    async with delivery.first(kind):
        for parcel in parcels:
            if kind in delivery.keys:
                return
            if parcel.type == kind and _is_due(parcel) and not parcel.item.careful:
                await _transaction(delivery, [_findable(delivery, parcel)])
                if parcel.ref in delivery.ids:
                    await introduce(delivery, parcel.ref)


def _is_due(parcel: Parcel) -> bool:
    return parcel.item.alive and parcel.ref in parcel.item.left


def _findable(delivery: Delivery, parcel: Parcel) -> Parcel:
    if parcel.type in UNIDENTIFIED or delivery.keys.get(parcel.type) == "identifier":
        return parcel
    return tagged_too(delivery.line.house, parcel)


def _bundles(delivery: Delivery, parcels: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    bundle: list[Parcel] = []
    size = 0
    for parcel in parcels:
        if bundle and (len(bundle) >= delivery.pace.size or size + len(parcel.text) > MOST_BYTES):
            yield bundle
            bundle, size = [], 0
        bundle.append(parcel)
        size += len(parcel.text) + 80
    if bundle:
        yield bundle


async def _transaction(delivery: Delivery, parcels: Sequence[Parcel], tries: int = TRIES) -> None:
    """One transaction, tried again or halved until every record of it has come to its end."""
    for number in range(tries):
        parcels = await delivery.depart(await delivery.willing([one for one in parcels if _is_due(one)]))
        if not parcels or not (answer := await _post(delivery, parcels)):
            return
        verdict = judged(answer.status, answer.body)
        if verdict is Verdict.DONE:
            await _received(delivery, parcels, answer)
            return
        if verdict is Verdict.AGAIN:
            delivery.pace.collided()
        elif verdict is Verdict.FAILED:
            await already_there(delivery, parcels)  # some servers fail after they have written
        if number + 1 == tries or verdict not in (Verdict.AGAIN, Verdict.FAILED):
            await _apart(delivery, [one for one in parcels if _is_due(one)], answer, verdict)
            return
        await delivery.tempo.rest(number)


async def _apart(delivery: Delivery, parcels: Sequence[Parcel], answer: Answer, verdict: Verdict) -> None:
    """What was refused as a whole, in halves; alone, it is the record itself or the server."""
    if len(parcels) > 1:
        if verdict is Verdict.LARGE:
            delivery.pace.too_large(len(parcels))
        middle = len(parcels) // 2
        await _transaction(delivery, parcels[:middle], 1)
        await _transaction(delivery, parcels[middle:], 1)
        return
    for alone in parcels:
        if verdict is Verdict.AGAIN:
            await delivery.back([alone], BUSY, delivery.tempo.look(1))
        elif verdict is Verdict.FAILED and not await is_well(delivery):
            await delivery.back([alone], None)
            raise Stopped("busy", f"区平台出错了（{answer.status}），稍后会再试。", answer.wait)
        else:
            await delivery.refused(alone, refusal_words(answer.status, answer.body))


async def _post(delivery: Delivery, parcels: Sequence[Parcel]) -> Answer | None:
    """Send one transaction; None when its outcome is unknown, or nothing may be sent any more."""
    if delivery.halted:
        await delivery.back(parcels, None)
        return None
    posts = [
        b'{"resource":%b,"request":{"method":"POST","url":"%b"}}' % (one.text, one.type.encode())
        for one in parcels
    ]
    bundle = b'{"resourceType":"Bundle","type":"transaction","entry":[' + b",".join(posts) + b"]}"
    begun = time.perf_counter()
    try:
        async with delivery.pace.lane():
            begun = time.perf_counter()
            answer = await delivery.line.wire.send("POST", "", bundle)
    except Lost as lost:
        delivery.pace.lost()
        await delivery.unknown(parcels, lost.words)
        return None
    except Stopped as stopped:
        delivery.halt(stopped)
        await (delivery.unknown(parcels, "") if stopped.unsure else delivery.back(parcels, None))
        raise
    if answer.status < 300:
        delivery.pace.took(len(parcels), time.perf_counter() - begun)
    return answer


async def _received(delivery: Delivery, parcels: Sequence[Parcel], answer: Answer) -> None:
    """Each entry of a transaction that was taken. One that is not spoken of is looked for."""
    taken, silent = [], []
    for sent, entry in zip(parcels, entries(answer, parcels), strict=True):
        if entry is None or (entry.status < 300 and not entry.server_id):
            silent.append(sent)
        elif entry.status < 300:
            taken.append((sent, receipt(sent, entry)))
        elif judged(entry.status, entry.outcome) is Verdict.POISON:
            await delivery.refused(sent, refusal_words(entry.status, entry.outcome))
        else:
            await delivery.back([sent], BUSY, delivery.tempo.look(1))
            if stopped := stopped_by(entry.status, answer.wait):
                delivery.halt(stopped)
    await delivery.confirmed(taken)
    if silent:
        await delivery.unknown(silent, "区平台的回答里没有这一条，")


async def is_well(delivery: Delivery) -> bool:
    """Whether the server answers a plain reading: then what it fails at is the record."""
    answer = await delivery.line.wire.ask("metadata")
    return answer.status == 200
