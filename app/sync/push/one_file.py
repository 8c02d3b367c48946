"""One file on its way to the platform: placed, put, read back, and remembered only once it stands there whole."""

from __future__ import annotations

import hashlib
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from app.fhir import Ref, tagged
from app.fhir.attached import BINARY, File
from app.sync.binary import Loaded, Upload, load, put_json, put_raw
from app.sync.patience import Stopped, Verdict, judged, refusal_words
from app.sync.push.answers import single
from app.sync.push.creating import BUSY, TRIES, is_well
from app.sync.push.delivery import Delivery
from app.sync.push.filed import FileAtHand, FileThere, KeepManner, KeepTrail, Manner, Trail
from app.sync.push.identity import search
from app.sync.push.looking import LOOKS
from app.sync.wire import Answer

T = TypeVar("T")
_NO_SUCH_ID = (400, 404, 405, 409, 412, 422)
"""How servers say that they give ids themselves."""
FIRST = "等附件先上传。"
_ELSEWHERE = "附件不在本机，要等它从区平台取来。"
_LOOKING = "附件没等到回答，正在核对是否已收，不会重发。"


class Later(Exception):
    """Not now: `words` say why, `seconds` until it is tried again by itself (None: something must happen first)."""

    def __init__(self, words: str, seconds: float | None) -> None:
        super().__init__(words)
        self.words = words
        self.seconds = seconds


class Aside(Exception):
    """Not as it is: a person looks at it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class OneFile:
    """A file and what is known of its way there. `about`: `Patient/<id>`, or empty."""

    def __init__(self, delivery: Delivery, file: File, about: str) -> None:
        self._delivery = delivery
        self._line = delivery.line
        self._file = file
        self._about = about
        self._content = b""
        self._trail = Trail()
        self._manner = Manner()

    async def send(self, resident: UUID, title: str) -> str:
        """The id under which it stands there, whole. Raises Later, Aside, Lost, Stopped."""
        at_hand = await self._line.ask(FileAtHand(self._file))
        if at_hand.content is None:
            raise Later(_ELSEWHERE, None)
        self._content, self._trail, self._manner = at_hand.content, at_hand.trail, at_hand.manner
        server_id = await self._sent_before() or await self._put_whole()
        await self._line.do(FileThere(self._file, server_id, resident, title))
        return server_id

    async def _sent_before(self) -> str:
        """The id, if an earlier request has put it there after all."""
        if not self._trail.sent:
            return ""
        server_id = self._trail.shell or str(self._file.rid)
        return server_id if self._is_same(await self._yielding(load(self._line.wire, server_id))) else ""

    async def _put_whole(self) -> str:
        answer, loaded = None, None
        for tries in range(TRIES):
            server_id = await self._place()
            answer = await self._put(server_id)
            if answer.status in _NO_SUCH_ID and self._manner.own_ids is None:
                self._manner = replace(self._manner, own_ids=False)
                server_id = await self._place()
                answer = await self._put(server_id)
            verdict = judged(answer.status, answer.body)
            if verdict is Verdict.LARGE:
                size = len(self._content) / 1_000_000
                raise Aside(f"附件太大（{size:.1f} MB），区平台不收。")
            if verdict is Verdict.POISON:
                raise Aside(f"附件：{refusal_words(answer.status, answer.body)}")
            loaded = await self._yielding(load(self._line.wire, server_id))
            if self._is_same(loaded):
                await self._learned(server_id)
                return server_id
            await self._delivery.tempo.rest(tries)
        raise await self._given_up(answer, loaded)

    async def _given_up(self, answer: Answer | None, loaded: Loaded | None) -> Later | Aside:
        """After several tries: the server, or this file."""
        if answer is None or not await is_well(self._delivery):
            return Later(BUSY, self._delivery.tempo.look(2))
        if answer.status >= 300:
            return Aside(f"附件：{refusal_words(answer.status, answer.body)}")
        if loaded is None or loaded.content is None:
            status = loaded.status if loaded else 0
            return Aside(f"附件送到了，但从区平台读不回来（{status}），不能确认。请联系区平台。")
        sizes = f"本站 {len(self._content)} 字节，区平台 {len(loaded.content)} 字节"
        return Aside(f"区平台存下的附件和本站的不一样（{sizes}），不能算已收。请联系区平台。")

    async def _put(self, server_id: str) -> Answer:
        """The content, raw, or as JSON where that is not taken."""
        meta = tagged(self._line.house, BINARY, self._file.rid)
        upload = Upload(server_id, self._content, self._file.media, self._about, meta)
        if not self._trail.sent:
            await self._note(replace(self._trail, sent=True))
        knows_raw = True
        if self._manner.raw is not False:
            answer = await self._yielding(put_raw(self._line.wire, upload))
            knows_raw = answer.status != 415
            if answer.status < 300:
                self._manner = replace(self._manner, raw=True)
            if knows_raw and (self._manner.raw or answer.status not in (400, 406)):
                return answer
        answer = await self._yielding(put_json(self._line.wire, upload))
        if answer.status < 300 or not knows_raw:
            self._manner = replace(self._manner, raw=False)
        return answer

    async def _yielding(self, work: Coroutine[Any, Any, T]) -> T:
        """A pull that waits goes before a slow file: it is noted that it may be there, and it is put under the same
        id again. Asking for an id is never cut short: where files cannot be searched, another one would be asked for.
        """
        done = await self._delivery.pace.giving_way(work)
        if done is None:
            raise Later(FIRST, self._delivery.tempo.look(2))
        return done

    async def _place(self) -> str:
        """The id it is put under: one of our making, or the one of an empty Binary that this server gave."""
        if self._trail.shell:
            return self._trail.shell
        if self._manner.own_ids is not False:
            return str(self._file.rid)
        if self._trail.asked and (found := await self._found()):
            await self._note(replace(self._trail, shell=found))
            return found
        await self._note(replace(self._trail, sent=False, asked=True, looked=0))
        meta = tagged(self._line.house, BINARY, self._file.rid)
        body = Upload("", b"", self._file.media, self._about, meta).body
        answer = await self._line.wire.send("POST", BINARY, body)
        if judged(answer.status, answer.body) is Verdict.POISON:
            await self._note(Trail())
            raise Aside(f"附件：{refusal_words(answer.status, answer.body)}")
        given = single(answer).server_id if answer.status < 300 else ""
        if not given:
            raise Later(_LOOKING, self._delivery.tempo.look(0))
        await self._note(replace(self._trail, shell=given))
        return given

    async def _found(self) -> str:
        """The empty Binary whose answer got lost, by its tag; empty after it was looked for twice.

        Then another one is asked for. Where files cannot be searched (404, 403) nobody can know whether the first is
        there: it may stay behind, empty, named by nothing. That is chosen over a document that never goes: it is at
        most one for each answer that gets lost, and holds nothing of anybody.
        """
        ref = Ref(BINARY, self._file.rid)
        try:
            bodies = (await search(self._delivery, [ref])).get(ref, [])
        except Stopped as stopped:
            if stopped.phase != "forbidden":
                raise
            bodies = []  # a server that does not let its files be searched
        if bodies:
            return min(str(body["id"]) for body in bodies)
        looked = self._trail.looked + 1
        if looked < LOOKS:
            await self._note(replace(self._trail, looked=looked))
            raise Later(_LOOKING, self._delivery.tempo.look(looked))
        return ""

    async def _learned(self, server_id: str) -> None:
        own = self._manner.own_ids if self._trail.shell else server_id == str(self._file.rid)
        await self._line.do(KeepManner(replace(self._manner, own_ids=own)))

    async def _note(self, trail: Trail) -> None:
        self._trail = trail
        await self._line.do(KeepTrail(self._file.rid, trail))

    def _is_same(self, loaded: Loaded) -> bool:
        return loaded.content is not None and hashlib.sha256(loaded.content).hexdigest() == self._file.sha256
