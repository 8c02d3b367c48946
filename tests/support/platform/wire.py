"""HTTP/1.1 on asyncio streams: reads requests, lets faults happen, sends answers whole or as a fault wants them."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import unquote

import h11

from tests.support.platform.exchange import Answer, Refused, Request
from tests.support.platform.faults import Fault
from tests.support.platform.writes import http_date

BASE = "/fhir"
BLOCK = 1 << 16
NO_LINGER = struct.pack("ii", 1, 0)  # closing sends RST

Respond = Callable[[Request, Fault], Awaitable[Answer]]


class Connection:
    """One client's connection, request after request until one side has had enough."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=BLOCK)

    async def serve(
        self, respond: Respond, take: Callable[[Request], Fault], now: Callable[[], datetime]
    ) -> None:
        """Answer until the connection ends; `take` says what goes wrong with a request."""
        try:
            while request := await self._request(now):
                fault = take(request)
                answer = await self._handled(request, fault, respond)
                answer.headers.setdefault("date", http_date(now()))
                if not await self._send(request, answer, fault):
                    return
                self._http.start_next_cycle()
        except (ConnectionError, h11.LocalProtocolError, asyncio.IncompleteReadError):
            return  # the client is gone
        except h11.RemoteProtocolError as error:
            await self._not_http(str(error))
        finally:
            self._writer.transport.abort()

    def abort(self) -> None:
        """End it at once."""
        self._writer.transport.abort()

    async def _handled(self, request: Request, fault: Fault, respond: Respond) -> Answer:
        if fault.waits_first:
            await fault.wait()
        answer = Answer(204)
        for _ in range(fault.handled):
            answer = await respond(request, fault)
        if not fault.waits_first:
            await fault.wait()
        if fault.says:
            answer = Answer(fault.says.status, fault.says.body, dict(fault.says.headers))
        return answer

    async def _send(self, request: Request, answer: Answer, fault: Fault) -> bool:
        """Whether the connection goes on."""
        if fault.wire == "reset":
            self._reset()
        if fault.wire in {"silence", "reset"} or answer.is_lost:
            return False
        body, length = answer.body, len(answer.body)
        if fault.wire in {"half", "cut"}:
            body = body[: len(body) // 2]
            length = len(body) if fault.wire == "half" else length
        headers = [(name, value) for name, value in answer.headers.items() if value]
        if answer.status != 304:
            headers.append(("content-length", str(length)))
        phrase = HTTPStatus(answer.status).phrase
        data = self._http.send(h11.Response(status_code=answer.status, headers=headers, reason=phrase)) or b""
        if request.method != "HEAD":
            data += self._http.send(h11.Data(data=body)) or b""
        if fault.wire == "cut":
            self._writer.write(data)
            await self._writer.drain()
            self._writer.close()
            await self._writer.wait_closed()
            return False
        data += self._http.send(h11.EndOfMessage()) or b""
        self._writer.write(data * 2 if fault.wire == "doubled" else data)
        await self._writer.drain()
        if self._http.our_state is h11.MUST_CLOSE:
            self._writer.close()
            await self._writer.wait_closed()
            return False
        return True

    def _reset(self) -> None:
        held = self._writer.get_extra_info("socket")
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)

    async def _request(self, now: Callable[[], datetime]) -> Request | None:
        """The next request with its whole body; None when the client has gone."""
        head: h11.Request | None = None
        body = bytearray()
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                if self._http.they_are_waiting_for_100_continue:
                    go_on = h11.InformationalResponse(status_code=100, headers=[], reason="Continue")
                    self._writer.write(self._http.send(go_on) or b"")
                self._http.receive_data(await self._reader.read(BLOCK))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage) and head:
                return _read(head, bytes(body), now())
            else:
                return None

    async def _not_http(self, words: str) -> None:
        if self._http.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            return
        answer = Refused(400, "structure", f"This is no HTTP: {words}").answer
        answer.headers["connection"] = "close"
        head = h11.Response(status_code=400, headers=list(answer.headers.items()), reason="Bad Request")
        data = (self._http.send(head) or b"") + (self._http.send(h11.Data(data=answer.body)) or b"")
        self._writer.write(data)
        self._writer.close()


def _read(head: h11.Request, body: bytes, when: datetime) -> Request:
    target = head.target.decode("ascii")
    path, _, query = target.partition("?")
    path = unquote(path)
    below = path.removeprefix(BASE).strip("/") if path == BASE or path.startswith(f"{BASE}/") else path
    headers = {name.decode("ascii"): value.decode("latin-1") for name, value in head.headers}
    return Request(head.method.decode("ascii"), below, query, headers, body, when)
