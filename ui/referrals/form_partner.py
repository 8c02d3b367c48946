"""2 接收医院与绿色通道: who takes the resident, which department, and the times of the green channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal

from app.core.clock import date_in
from app.core.form import Choice, Field, Form, Section
from app.core.form import Kind as FieldKind
from app.referrals.drafted import ReferralDraft
from app.referrals.queries.partner_choice import DepartmentRow, PartnerToRefer
from ui.forms import FormView
from ui.forms.fields.choice import sounds
from ui.kit import Badge, Button, FieldError
from ui.referrals.form_card import StepCard
from ui.referrals.form_clock import wall
from ui.referrals.form_green import GreenLine, StepFace
from ui.referrals.form_tile import TileFace
from ui.referrals.form_tiles import Tiles
from ui.style import Tone

OTHER = "other"
_EMERGENCY = "急诊"
_MOST, _OFFERS = 3, 8
Offer = Callable[[str], tuple[Choice, ...]]


class PartnerCard(StepCard):
    """`changed` after the person chose or typed. `started`: the green channel is wanted, now."""

    changed = Signal()
    started = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__("2", "接收医院与绿色通道")
        self._zone = zone
        self.partners: tuple[PartnerToRefer, ...] = ()
        self.channel = Badge("绿色通道已启用", Tone.OK)
        self.head.addWidget(self.channel)
        self.start = Button("启用绿色通道", "plain", icon="zap")
        self.start.setProperty("high", "small")
        self.start.setToolTip("Alt+G")
        self.head.addWidget(self.start)
        self.tiles = Tiles("接收医院", one=True, least=290, most=2)
        self.body.addWidget(self.tiles)
        self.wrong = FieldError()
        self.body.addWidget(self.wrong)
        self.form = FormView(_fields(self._offer_partner, self._offer), two_from=420)
        self.body.addWidget(self.form)
        self.line = GreenLine()
        self.body.addWidget(self.line)
        self.tiles.changed.connect(self._chosen)
        self.form.changed.connect(self.changed)
        self.start.clicked.connect(self.started)

    # what it says -------------------------------------------------------------------------------------------------

    def show_partners(self, partners: Sequence[PartnerToRefer]) -> None:
        """Whom there is, as the answer orders them; the one chosen stays chosen."""
        self.partners = tuple(partners)
        self._show_tiles(None)

    def show_said(self, draft: ReferralDraft, now: datetime) -> None:
        """What was chosen and typed, and the times."""
        self._show_tiles(draft.partner)
        chosen = str(draft.partner) if draft.partner else OTHER if draft.partner_words else ""
        self.tiles.choose({chosen})
        self.form.set_values(
            {
                "partner": draft.partner_words,
                "department": draft.department,
                "receiver": draft.receiver,
            }
        )
        self._ask_only(chosen)
        self.show_times(draft, now)

    def show_times(self, draft: ReferralDraft, now: datetime) -> None:
        """The line of times; what is expected is no time that passed."""
        today = date_in(self._zone, now)
        faces = {}
        for code, (said, who) in draft.times.items():
            if said:
                at = datetime.fromisoformat(said)
                faces[code] = StepFace(wall(self._zone, at, today), who, expected=code == "eta" or at > now)
        self.line.show_times(faces)
        self.channel.setVisible(draft.green)
        self.start.setVisible(not draft.green)
        chosen = self.chosen
        if draft.green and chosen is not None and not chosen.green:
            self.say_hint("这家没有绿色通道协议，请电话确认", "warn")
        else:
            self.say_hint("")

    def take(self, draft: ReferralDraft) -> ReferralDraft:
        """The draft with what stands here."""
        said = {key: str(value) for key, value in self.form.values().items()}
        one = self.chosen or self._named(said["partner"])
        return replace(
            draft,
            partner=one.rid if one else None,
            partner_words=one.name if one else said["partner"] if self.other else "",
            department=said["department"],
            receiver=said["receiver"],
        )

    @property
    def chosen(self) -> PartnerToRefer | None:
        """The partner whose tile is on."""
        on = next(iter(self.tiles.on), "")
        return next((one for one in self.partners if str(one.rid) == on), None)

    @property
    def other(self) -> bool:
        """Whether it goes to a hospital that is typed."""
        return OTHER in self.tiles.on

    def propose(self, draft: ReferralDraft) -> ReferralDraft:
        """The first that fits, with its emergency department where it is one: nothing is chosen yet."""
        fit = next((one for one in self.partners if one.fits), None)
        if draft.partner or draft.partner_words or fit is None:
            return draft
        return replace(
            draft,
            partner=fit.rid,
            partner_words=fit.name,
            department=department_for(fit.departments, draft.department),
        )

    # inside -------------------------------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        """Another hospital has other departments."""
        self.wrong.say("")
        self._ask_only(key)
        one = self.chosen
        if one is not None:
            wanted = str(self.form.draft()["department"])
            self.form.set_values({"department": department_for(one.departments, wanted), "receiver": ""})
        else:
            self.form.focus_on("partner")
        self.changed.emit()

    def _show_tiles(self, wanted: UUID | None) -> None:
        """The first ones, the one that is chosen, and the way to all others."""
        first = self.partners[:_MOST]
        more = tuple(one for one in self.partners[_MOST:] if one.rid == wanted)
        faces = {str(one.rid): face_of(one) for one in (*first, *more)}
        rest = len(self.partners) - len(faces)
        words = f"另有 {rest} 家协作机构，或直接填名称" if rest else "没有登记的医院，直接填名称"
        self.tiles.show_tiles(faces | {OTHER: TileFace("其他机构", "", (words, ""))})

    def _named(self, name: str) -> PartnerToRefer | None:
        """The partner whose name was typed under 其他机构."""
        return next((one for one in self.partners if self.other and one.name == name), None)

    def _ask_only(self, chosen: str) -> None:
        fields = ["department", "receiver"]
        self.form.ask_only(["partner", *fields] if chosen == OTHER else fields)

    def _offer_partner(self, typed: str) -> tuple[Choice, ...]:
        wanted = typed.strip().lower()
        offers = [Choice(one.name, one.name) for one in self.partners]
        return tuple(offer for offer in offers if wanted in f"{offer.label.lower()} {sounds(offer)}")[
            :_OFFERS
        ]

    def _offer(self, typed: str) -> tuple[Choice, ...]:
        one, wanted = self.chosen, typed.strip().lower()
        offers = [Choice(row.words, row.words) for row in one.departments] if one else []
        return tuple(offer for offer in offers if wanted in f"{offer.label.lower()} {sounds(offer)}")


def face_of(one: PartnerToRefer) -> TileFace:
    """A hospital as a tile: way, agreement, phone; why it does not fit."""
    way = " · ".join(filter(None, (one.way_words, "先救治后缴费" if one.pay_later else "", one.level)))
    phone = f"24 h {one.phone}" if one.phone else "没有登记电话"
    last = one.why_not or f"{one.agreement_words}　{phone}"
    return TileFace(one.name, "", (way or "没有登记路程", last), warn=not one.fits or not one.agreement)


def department_for(departments: Sequence[DepartmentRow], wanted: str) -> str:
    """The one that is wanted, or its emergency department, or the first; what is wanted where none is known."""
    words = [row.words for row in departments]
    near = (one for one in words if wanted and (one == wanted or wanted.rstrip("科") in one))
    urgent = (one for one in words if _EMERGENCY in one)
    return next(near, next(urgent, next(iter(words), wanted)))


def _fields(partners: Offer, departments: Offer) -> Form:
    kind = FieldKind.SUGGESTED
    return Form(
        (
            Section(
                "",
                (
                    Field(
                        "partner",
                        "机构名称",
                        kind,
                        required=True,
                        wide=True,
                        max_length=60,
                        suggest=partners,
                        placeholder="名称，协作机构可输入拼音首字母",
                    ),
                    Field("department", "科室", kind, suggest=departments, placeholder="可输入拼音首字母"),
                    Field("receiver", "接诊医生", placeholder="接电话后再填也可以", max_length=30),
                ),
            ),
        )
    )
