"""The cards of one referral: what it says, consent and approval, the family, 120 and its hand-over, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from app.referrals.around import SIGNS
from app.referrals.queries.one import MoveLine, ReferralRow
from app.referrals.queries.rows import URGENCIES
from app.referrals.rules.acts import Act
from app.referrals.rules.states import Status
from ui.kit import Badge, Line, Tags
from ui.kit.differences import struck
from ui.kit.paint import Mark
from ui.kit.view import Bench
from ui.referrals.follow_marks import TONES, when
from ui.referrals.follow_pairs import LinesCard, noted, pairs, widest
from ui.style import Tone

LATE_S = 120
"""Seconds after which a move was written down afterwards."""


class FollowCards:
    """Made once for a view; `show` draws them anew for a referral."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.content = LinesCard("转诊内容", "修改　E", "square-pen")
        self.consent = LinesCard("知情同意与审批", "登记　Y", "square-pen")
        self.family = LinesCard("告知家属", "记录　F", "phone")
        self.call = LinesCard("120 与交接", "呼叫 120　O", "phone")
        self.history = LinesCard("经过", "撤销上一步　Z", "undo-2")

    def show(self, row: ReferralRow) -> None:
        open_now = not row.status.over
        for card in (self.content, self.consent, self.family, self.call):
            card.act.setVisible(open_now)
        self.content.show_lines(self._content(row), "")
        self.consent.show_lines(self._consent(row), "")
        family = "还没有告知家属。按 F 记录时间、谁、怎么答复。" if open_now else "没有告知家属的记录。"
        self.family.show_lines(self._family(row), family, apart=True)
        call = "没有呼叫 120。按 O 照着读，按 V 记交接。" if open_now else "没有呼叫 120 的记录。"
        self.call.show_lines(self._call(row), call)
        self.history.act.setVisible(row.offered(Act.STRIKE) is not None)
        self.history.show_lines((self._move(one) for one in reversed(row.moves)), "还是草稿，没有走过一步。")

    def told(self, moment: datetime) -> str:
        return when(self._bench.station.settings.zone, moment, self._bench.desk.clock.now())

    # inside -------------------------------------------------------------------------------------------------------

    def _content(self, row: ReferralRow) -> Iterator[QWidget]:
        line, wide = row.line, widest(row.texts)
        if row.criteria:
            marks = tuple(
                Mark(_criterion(one), Tone.DANGER if one.get("red") else Tone.WARN) for one in row.criteria
            )
            yield Tags(marks, most=3)
        yield pairs(
            (
                ("接收机构", " · ".join(filter(None, (line.partner_words, line.department)))),
                ("接诊", " · ".join(filter(None, (row.receiver, row.booking, row.care)))),
                ("紧急度", URGENCIES.get(line.urgency, "") + ("，绿色通道" if line.green else "")),
                ("转诊医生", row.doctor_name or f"{row.begun_by}（填写）"),
            ),
            wide,
        )
        yield Line()
        yield pairs(row.texts, wide)
        sbar = [(f"{key} {title}", words) for key, title, words in row.sbar if words]
        if sbar:
            yield Line()
            yield pairs(sbar, wide)
        yield Line()
        yield pairs(
            (
                ("陪同", _escort(row)),
                ("随身物品", "、".join(row.belongings)),
                ("附件", "、".join(str(one.get("words", "")) for one in row.attachments)),
                ("留床到", f"{row.bed_until:%Y-%m-%d}" if row.bed_until else ""),
            ),
            wide,
        )

    def _consent(self, row: ReferralRow) -> Iterator[QWidget]:
        said = row.consent
        if said is not None:
            words = f"{said.name}（{said.relation}）{'同意' if said.agreed else '不同意'}"
            how = "纸上签名" if said.on_paper else "屏幕签名"
            under = "　".join(filter(None, (self.told(said.at), how, f"{said.told_by} 告知", said.words)))
            tone = Tone.OK if said.agreed else Tone.DANGER
            yield noted(words, under, "", Badge("已签" if said.agreed else "不同意", tone))
        elif row.consent_by is not None:
            yield noted(
                "先救治，同意书后补签", f"{self.told(row.consent_by)} 前补签", "", Badge("待补签", Tone.WARN)
            )
        else:
            first, under = ("没有知情同意", "") if row.status.over else ("还没有知情同意", "按 Y 登记")
            yield noted(first, under, "text2", Badge("未签", Tone.NEUTRAL))
        approved = row.approval
        if approved is not None:
            under = f"{self.told(approved.at)}　{approved.words}"
            yield noted(f"{approved.by_name} 审批", under, "", Badge("已审批", Tone.OK))
        elif row.approval_by is not None:
            under = f"{self.told(row.approval_by)} 前补审批，由医生或院长"
            yield noted("急诊先走，审批后补", under, "", Badge("待补审批", Tone.WARN))
        elif row.status is Status.PENDING:
            yield noted("等医生或院长审批", "提出的人不能自己审批", "", Badge("待审批", Tone.WARN))

    def _family(self, row: ReferralRow) -> Iterator[QWidget]:
        for one in reversed(row.family):
            who = f"{one.name}（{one.relation}）" if one.relation else one.name
            first = "　".join(filter(None, (who, one.phone)))
            under = "　".join(filter(None, (self.told(one.at), f"{one.by_name} 告知", one.words)))
            good = one.answer in ("同意", "在赶来")
            yield noted(first, under, "", Badge(one.answer, Tone.OK if good else Tone.WARN))

    def _call(self, row: ReferralRow) -> Iterator[QWidget]:
        if row.script is not None:
            said = row.script
            signs = (("意识", said.conscious), ("呼吸", said.breathing))
            state = "，".join(f"{title}{SIGNS[one]}" for title, one in signs if one)
            yield pairs(
                (
                    ("地址", "；".join(filter(None, (said.address, said.meeting)))),
                    ("症状", "，".join(filter(None, (state, said.symptoms, said.since)))),
                    ("已做", said.done),
                )
            )
        if row.hand_over is not None:
            hand = row.hand_over
            at = row.more_times.get("handed_over")
            if row.script is not None:
                yield Line()
            yield pairs(
                (
                    ("交接", "　".join(filter(None, (self.told(at) if at else "", row.handed_over_by)))),
                    ("车与人", " · ".join(filter(None, (hand.plate, hand.crew, hand.companion)))),
                    ("体征", hand.vitals),
                    ("物品", "、".join(hand.items)),
                    ("交代", hand.said),
                )
            )

    def _move(self, one: MoveLine) -> QWidget:
        by = f"{one.by_name}（平台）" if one.source == "platform" else one.by_name
        late = abs(one.recorded_at - one.at).total_seconds() > LATE_S
        after = f"{self.told(one.recorded_at)} 补记" if late else ""
        first, under = f"{self.told(one.at)}　{by}", "　".join(filter(None, (one.reason, after)))
        if one.struck is None:
            return noted(first, under, "", Badge(one.to.words, TONES[one.to]))
        gone = one.struck
        why = f"{gone.by_name} {self.told(gone.at)} 撤销：{gone.why}"
        said = struck("　".join(filter(None, (first, one.to.words, under))))
        return noted(said, why, "", Badge("已撤销", Tone.NEUTRAL))


def _criterion(one: Mapping[str, Any]) -> str:
    words, value = str(one.get("words", "")), str(one.get("value") or "")
    return words if value in words else f"{words} {value}"


def _escort(row: ReferralRow) -> str:
    escort = row.escort
    said = (escort.get("persons"), escort.get("transport"), escort.get("plate"))
    return " · ".join(str(one) for one in said if one)
