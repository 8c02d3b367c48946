"""The form of a referral as it stands: the chart it was taken from, what was changed by hand, every card in step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer

from app.core.clock import date_in, local
from app.referrals.drafted import ReferralDraft
from app.referrals.filling import Filled, tell
from app.referrals.queries.one import ReferralRow
from app.referrals.queries.partner_choice import PartnersToRefer
from app.referrals.rules.states import Status
from app.referrals.taken_up import differing
from app.referrals.writing import ReferralForm
from ui.forms.form_draft import FormDraft
from ui.kit.reading_order import read_in_order
from ui.kit.view import Bench, Crumb, View
from ui.referrals.form_clock import wall
from ui.referrals.form_layout import laid_out
from ui.referrals.form_missing import missing, parts_of
from ui.referrals.form_printing import LivePack
from ui.referrals.form_texts import show_row, too_long

FORM = "referral"
"""How drafts of this form are filed, by resident."""
UNSENT = frozenset({Status.DRAFT, Status.REJECTED, Status.PENDING})
"""States in which nobody outside has it yet."""
_MINUTE = 30_000


class FormScreen(View):
    """What stands in the form; `FormWork` opens, keeps and sends it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "新建上转")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("新建上转"))
        self.filled: Filled | None = None
        self.row: ReferralRow | None = None
        """The record that is gone on with; None while it is a new one."""
        self.said = ReferralDraft()
        self._shown = ReferralDraft()
        """What stands in the record, or the chart says, without what was typed here."""
        self.both: frozenset[str] = frozenset()
        """Parts that somebody else changed as well; whose stays is asked before it is kept."""
        self._origin: dict[str, Any] = {}
        self._ordered: object = None
        self.pieces, self.state = laid_out(self)
        self.draft = FormDraft(self, FORM, self._content)
        self.live = LivePack(self, self.pieces.pack, self._to_print)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._tick)

    @property
    def resident(self) -> UUID | None:
        return self.filled.resident.rid if self.filled is not None else None

    @property
    def dirty(self) -> bool:
        """Whether something is typed or ticked that is in no record."""
        return self.filled is not None and self.said != self._shown

    @property
    def sent(self) -> bool:
        """Whether it has been sent: what is changed now is a correction."""
        return self.row is not None and self.row.status not in UNSENT

    @property
    def now(self) -> datetime:
        return self.bench.desk.clock.now()

    # showing ------------------------------------------------------------------------------------------------------

    def begin(self, filled: Filled, said: ReferralDraft, row: ReferralRow | None) -> None:
        """A form for this resident, with what is said of them so far."""
        if self.filled is None or self.filled.resident.rid != filled.resident.rid:
            self.live.forget()
        self.filled, self.row = filled, row
        self.pieces.head.show_person(filled)
        self.pieces.going.show_person(filled)
        self.put(said)
        self.stands_on(self.said, row)
        self.both = frozenset()
        self._clock.start()
        self.say_record()

    def say_record(self) -> None:
        """Which record it is, and whether this begins one, goes on with it, or sets it right."""
        row = self.row
        self.pieces.head.say_number(
            row.line.number if row is not None else "", row.status.words if row else ""
        )
        title = "新建上转" if row is None else "更正上转" if self.sent else "续办上转"
        self.say_title(Crumb("转诊", "referrals"), Crumb(title))

    def stands_on(self, stands: ReferralDraft, row: ReferralRow | None) -> None:
        """What is in the record: everything else of the form is in none yet."""
        self._shown, self.row = stands, row
        self._origin = {"record": str(row.line.rid)} if row is not None else {}

    def put(self, said: ReferralDraft) -> None:
        """Show other words everywhere; says nothing."""
        filled = self.filled
        if filled is None:
            return
        self.said = said
        pieces = self.pieces
        pieces.reason.show_said(filled, said, self.now)
        pieces.partner.show_said(said, self.now)
        self.show_texts()
        pieces.going.show_said(said, self.now)
        self.show_rest()

    def show_rest(self) -> None:
        """What follows from the words: family, parts, what is missing, what the acts are called."""
        filled, said = self.filled, self.said
        if filled is None:
            return
        today = date_in(self.bench.station.settings.zone, self.now)
        zone = self.bench.station.settings.zone
        times = {
            place: wall(zone, datetime.fromisoformat(line["at"]), today)
            for place, line in enumerate(said.told)
            if line.get("at")
        }
        self.pieces.head.show_family(filled, said, times)
        faces = parts_of(filled, said)
        on = [
            key for key in faces if key not in said.left_out and (key in said.attachments or "|" not in key)
        ]
        pack = self.pieces.pack
        pack.show_parts(faces, on)
        sentences, grave = missing(filled, said, self.now, zone)
        pack.say_missing(sentences, grave=grave)
        self._read_in_order()
        pack.say_acts(said.urgent, self.row.status if self.row is not None else Status.DRAFT)
        self.live.touch()

    # taking what was typed ----------------------------------------------------------------------------------------

    def edited(self) -> None:
        """Something was ticked, chosen or typed outside the texts."""
        before, filled = self.said, self.filled
        if filled is None:
            return
        said = before
        for card in (self.pieces.reason, self.pieces.partner, self.pieces.going):
            said = card.take(said)
        if said.urgency != before.urgency:
            said = replace(said, by_hand=said.by_hand | {"urgency"})
        if said.ticked == before.ticked:
            self._change(said)
            return
        urgency, cause, _ = said.proposed(filled)
        if "urgency" not in said.by_hand and set(said.ticked) != set(before.ticked):
            said = replace(said, urgency=urgency)
        self._change(said.told_anew(filled))
        self.show_texts()
        self.pieces.reason.show_said(filled, self.said, self.now)
        if cause != before.proposed(filled)[1]:
            self.ask_partners()

    def show_texts(self) -> None:
        """Every text, where what is ticked changed its words."""
        filled, said = self.filled, self.said
        if filled is not None:
            sources = tell(filled, said.criteria(filled)).sources
            show_row(self.pieces.reason.impression, sources, said)
            self.pieces.sbar.show_said(sources, said)
            self.pieces.sheet.show_said(sources, said)

    def wrote(self, field: str) -> None:
        """A person writes in a text: from now on it is theirs."""
        said = self.pieces.sheet.take(self.pieces.sbar.take(self.said))
        texts = {**said.texts, "impression": self.pieces.reason.impression.text.text()}
        self._change(replace(said, texts=texts, by_hand=said.by_hand | {field}))
        row = self.row_of(field)
        row.mark(by_hand=True)
        row.say_wrong(too_long(field, texts[field]))

    def change(self, said: ReferralDraft) -> None:
        """An act of a card (a time, a line of whom was told) changed the draft itself."""
        self._change(said)
        self.pieces.partner.show_times(said, self.now)
        self.pieces.going.show_told(said, self.now)

    def row_of(self, field: str) -> Any:
        """The row a text stands in."""
        rows = {
            **self.pieces.sbar.rows,
            **self.pieces.sheet.rows,
            "impression": self.pieces.reason.impression,
        }
        return rows[field]

    def shown_time(self, said: str) -> str:
        """A kept instant as it is typed."""
        zone = self.bench.station.settings.zone
        return f"{local(zone, datetime.fromisoformat(said)):%H:%M}" if said else ""

    def ask_partners(self) -> None:
        """Whom there is for what it is about now."""
        self.errands.start("partners", self._ask_partners, replace=True)

    async def _ask_partners(self) -> None:
        filled = self.filled
        if filled is None:
            return
        cause = self.said.proposed(filled)[1]
        partners = await self.errands.ask(PartnersToRefer(filled.resident.rid, cause))
        if filled is not self.filled:
            return
        card = self.pieces.partner
        card.show_partners(partners)
        self.said, self._shown = card.propose(self.said), card.propose(self._shown)
        card.show_said(self.said, self.now)
        self.show_rest()

    # inside -------------------------------------------------------------------------------------------------------

    def _read_in_order(self) -> None:
        """Some pieces were made later than those below them: who is called, what a reason asks, the parts."""
        pieces = self.pieces
        made = (id(pieces.going.whom), tuple(map(id, pieces.reason.asking)), tuple(pieces.pack.parts.boxes))
        tiles = tuple(map(id, (*pieces.reason.tiles.tiles.values(), *pieces.partner.tiles.tiles.values())))
        if self._ordered != (made, tiles):
            self._ordered = (made, tiles)
            read_in_order(pieces)

    def _change(self, said: ReferralDraft) -> None:
        self.said = said
        self.draft.touch()
        self.show_rest()

    def _content(self) -> dict[str, Any]:
        both = sorted(differing(self.said, self._shown, self.both))
        return {"said": self.said.kept(), "base": self._shown.kept(), "both": both, **self._origin}

    def _to_print(self) -> tuple[UUID, dict[str, Any]] | None:
        filled = self.filled
        if filled is None:
            return None
        return filled.resident.rid, {"draft": self.form(filled), "facts": filled, "parts": self.wanted()}

    def form(self, filled: Filled) -> ReferralForm:
        """What is kept in the referral."""
        return self.said.form(filled, self.row.form if self.row is not None else None)

    def wanted(self) -> tuple[str, ...]:
        """The parts of the pack that are to be printed; what is attached is said in the referral itself."""
        boxes = self.pieces.pack.parts.boxes
        return tuple(key for key, box in boxes.items() if box.isChecked() and "|" not in key)

    def _tick(self) -> None:
        if self.filled is not None and self.isVisible():
            self.pieces.reason.tick_on(self.now)
            self.pieces.partner.show_times(self.said, self.now)
