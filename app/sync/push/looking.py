"""After an answer got lost: what is there is confirmed; only what was searched twice and not found is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson

from app.core.ids import NAMED
from app.fhir import Part, Ref, envelope_of
from app.fhir.attached import BINARY, carried
from app.sync.doubted import Doubt
from app.sync.patience import Lost, Stopped, Verdict, judged, refusal_words
from app.sync.push.answers import entries, found, known, receipt
from app.sync.push.bodies import ours_over, parcel, piece, same, text_of
from app.sync.push.delivery import Delivery
from app.sync.push.doubles import settled
from app.sync.push.identity import condition, search
from app.sync.push.others import ANOTHERS, is_anothers, is_of_another
from app.sync.push.rows import Item, Known, Parcel, Receipt

LOOKS = 2
SHARED = frozenset({"institution", "instrument", "drug"})
"""Kinds of which every station of an institution has the same records: created only if they are not there."""


async def look(delivery: Delivery, items: Sequence[Item], there: dict[Ref, Known]) -> None:
    """Search what is unknown. Found: confirmed, or known as an older revision that is then updated; not found for the
    second time: created with care. `there` is filled with what was found."""
    wanted = [
        (item, piece.part)
        for item in items
        for piece in item.pieces
        if piece.ref in item.left and piece.ref not in there
    ]
    at_hand = await search(delivery, [part.ref for _, part in wanted])
    pairs, missing, met = [], dict[int, Item](), dict[int, tuple[Item, str]]()
    for item, part in wanted:
        bodies = at_hand.get(part.ref)
        if not bodies:
            missing[item.row.id] = item
            continue
        body = await settled(delivery, part.ref, bodies)
        there[part.ref] = known(body)
        delivery.ids[part.ref] = there[part.ref].server_id
        for rid, id_ in carried(body):  # its files came there with it
            delivery.ids.setdefault(Ref(BINARY, rid), id_)
        if is_anothers(item.row.asked, part, body, delivery.id_of):
            met[item.row.id] = (item, ANOTHERS)
        elif stands := _stands(delivery, item, part, body):
            pairs.append(stands)
    await delivery.confirmed(pairs)
    await delivery.wait(met)
    for item in missing.values():
        item.careful = item.row.asked.kind in SHARED or (item.may_be_late and item.row.looked + 1 >= LOOKS)
    late = [item for item in missing.values() if item.may_be_late and not item.careful]
    await delivery.not_found(late)


def _stands(
    delivery: Delivery, item: Item, part: Part, body: dict[str, Any]
) -> tuple[Parcel, Receipt] | None:
    """The receipt for what was found, if it carries this revision or a newer one."""
    sent = Parcel(item, part, b"")
    said = found(sent, body)
    over = ours_over(part, body, delivery.id_of)
    carried, asked = envelope_of(body), item.row.asked
    if over is not None and same(over, body):
        return sent, said
    if carried is None or carried.revision < asked.revision:
        return None
    if is_of_another(asked, carried.station) and over is not None and carried.revision > asked.revision:
        said = replace(
            said, text=text_of(over)
        )  # what they changed since is theirs, and not what ours goes over
    # somebody wrote on it since: without a version here, pull takes it as news
    return sent, replace(said, version=None)


async def already_there(delivery: Delivery, parcels: Sequence[Parcel]) -> None:
    """After a server failed: what it wrote all the same is confirmed and not sent again."""
    at_hand = await search(delivery, [one.ref for one in parcels])
    pairs, others = [], []
    for one in parcels:
        if one.ref in at_hand:
            body = await settled(delivery, one.ref, at_hand[one.ref])
            if is_anothers(one.item.row.asked, one.part, body, delivery.id_of):
                others.append(one)
            else:
                pairs.append((one, found(one, body)))
    await delivery.confirmed(pairs)
    await delivery.unknown(others, ANOTHERS)


async def create_if_none(delivery: Delivery, sent: Parcel) -> None:
    """A batch of one POST with `ifNoneExist`: never two at a time, one real server makes twins of a race."""
    if not (sent.item.alive and sent.ref in sent.item.left) or delivery.halted:
        return
    request = {"method": "POST", "url": sent.type, "ifNoneExist": condition(delivery, sent.ref)}
    entry = {"resource": orjson.Fragment(sent.text), "request": request}
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [entry]}
    async with delivery.first("?"):
        if not await delivery.depart([sent]):
            return
        try:
            answer = await delivery.line.wire.send("POST", "", bundle)
        except Lost as lost:
            await delivery.unknown([sent], lost.words)
            return
        except Stopped as stopped:
            await delivery.unknown([sent], "")
            delivery.halt(stopped)
            raise
    said = entries(answer, [sent])[0] if answer.status < 300 else None
    status, outcome = (said.status, said.outcome) if said else (answer.status, answer.body)
    if said and status < 300 and said.server_id:
        asked, kept = sent.item.row.asked, receipt(sent, said)
        if status != 201 and asked.record.version == NAMED and is_of_another(asked, ""):
            await delivery.unknown([sent], ANOTHERS)  # another station's, perhaps: looked at before it counts
            return
        # what was there already is not what we sent: it is read before it is written again
        await delivery.confirmed([(sent, kept if status == 201 else replace(kept, version=None))])
        await delivery.line.do(Doubt((sent.ref,)))
    elif judged(status, outcome) is Verdict.POISON:
        await delivery.refused(sent, refusal_words(status, outcome))
    else:  # several match, or the server failed: look again
        await delivery.unknown([sent], "区平台没有说清楚，")


async def read(delivery: Delivery, sent: Parcel) -> dict[str, Any] | None:
    """The resource as it stands there now; None if it is not there any more."""
    if sent.known is None:
        raise ValueError("a create has nothing to read")
    answer = await delivery.line.wire.ask(f"{sent.type}/{sent.known.server_id}")
    if answer.status in (404, 410):
        return None
    if answer.status != 200 or answer.body is None or "id" not in answer.body:
        raise Stopped("busy", f"区平台读不出一份资料（{answer.status}），稍后会再试。", answer.wait)
    return answer.body


def again(delivery: Delivery, sent: Parcel, body: dict[str, Any]) -> Parcel:
    """The same update over what stands there now."""
    return parcel(sent.item, piece(sent.part), known(body), delivery.id_of)
