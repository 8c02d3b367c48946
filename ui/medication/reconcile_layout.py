"""The pieces of 返院用药重整: who is open, whom it is about, the medicines, what is still missing, the acts."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.core.roles import Right
from app.medication.reconciling import OpenRow, Reconciliation
from app.medication.rules.reconcile import CHANGE, DROP, KEEP, STOP, TAKE
from app.residents.queries import ChartRow
from ui.kit import Badge, Button, Card, Chip, ChipRow, Foot, StateView, Words
from ui.kit.guarded import GuardedButton
from ui.kit.list_and_page import PageHead
from ui.kit.person_strip import PersonStrip
from ui.kit.view import View
from ui.medication.reconcile_list import ReconcileList
from ui.medication.reconcile_words import due_words, left_words, stay_words
from ui.style import Role, Tone, look

TONES = {
    "open": Tone.WARN,
    "keep": Tone.OK,
    "change": Tone.INFO,
    "stop": Tone.NEUTRAL,
    "take": Tone.VIOLET,
}
"""The counts above the list, and their colours."""
KEYS = "↑ ↓ 选药　1 保留/采用　2 更改　3 停用/不用　Z 撤销　S 医师签　N 下一个未决定　F1 全部按键"


class ReconcilePieces:
    """Made once for the view."""

    def __init__(self, view: View) -> None:
        zone = view.bench.station.settings.zone
        self._zone = zone
        self.who = ChipRow(())
        self.waiting = Words("", Role.HINT)
        self.person = PersonStrip(view)
        self.due = Badge("", Tone.WARN)
        self.person.acts.addWidget(self.due, 0, Qt.AlignmentFlag.AlignVCenter)
        self.list = ReconcileList(zone)
        self.title = Words("", Role.CARD_TITLE)
        self.counts = {key: Badge("", tone) for key, tone in TONES.items()}
        self.discharge = GuardedButton(view, Right.RECONCILE, "录入出院带药", icon="clipboard-list")
        self.alike = GuardedButton(view, Right.RECONCILE, "相同的全部保留", icon="check")
        self.only = Chip("只看未决定")
        self.left, self.means = Words("", Role.STRONG, wrap=True), Words("", Role.HINT, wrap=True)
        self.note = Words("", Role.HINT, wrap=True)
        self.inquire = GuardedButton(view, Right.RECONCILE, "电话核对出院科室", icon="phone")
        self.sign_one = Button("医师签这个决定", icon="square-pen")
        self.sign_one.hide()
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印重整单", icon="printer")
        self.sign = Button("完成重整并签名", "primary", icon="square-pen")
        self.whole = QWidget()
        self.state = StateView(self.whole)
        for button, key in (
            (self.discharge, "L"),
            (self.alike, "A"),
            (self.only, "F"),
            (self.inquire, "T"),
            (self.sign_one, "S，全部待签的 Shift+S"),
            (self.print, "Ctrl+P"),
            (self.sign, "Ctrl+Enter"),
        ):
            button.setToolTip(button.toolTip() or f"快捷键：{key}")

    def show_open(self, rows: tuple[OpenRow, ...], here: object) -> None:
        """Who is open, what presses most first; the one shown is marked."""
        choices = [(str(one.resident), f"{one.name} {one.undecided or one.state_words}") for one in rows]
        self.who.show_chips(tuple(choices))
        if str(here) in self.who.keys:
            self.who.choose(str(here))
        self.who.setVisible(len(rows) > 1)
        late = sum(one.pressure.value == "late" for one in rows)
        said = f"待重整 {sum(one.state == 'open' for one in rows)} 位" + (
            f"，{late} 位已过给药时间" if late else ""
        )
        self.waiting.setText(said if len(rows) > 1 else "")
        self.waiting.setVisible(len(rows) > 1)

    def show_sheet(self, chart: ChartRow, sheet: Reconciliation, now: datetime) -> None:
        self.person.show_person(chart)
        self.person.say(stay_words(sheet, self._zone))
        words = due_words(sheet, now, self._zone)
        self.due.say(words, Tone(sheet.pressure.tone))
        self.due.setVisible(bool(words))
        done = len(sheet.rows) - len(sheet.undecided)
        self.title.setText(f"{len(sheet.rows)} 种药，已决定 {done} 种")
        counts = {
            "open": (len(sheet.undecided), "未决定"),
            "keep": (sheet.count(KEEP), "保留"),
            "change": (sheet.count(CHANGE, new=False), "更改"),
            "stop": (sheet.count(STOP, DROP), "停用"),
            "take": (sheet.count(TAKE, CHANGE, new=True), "新增"),
        }
        for key, (count, said) in counts.items():
            self.counts[key].say(f"{said} {count}", TONES[key])
            self.counts[key].setVisible(bool(count))
        self.alike.setVisible(bool(sheet.alike))
        self.alike.say(f"相同的 {len(sheet.alike)} 种全部保留")
        left, means = left_words(sheet)
        self.left.say(left, "danger" if sheet.undecided else "ok" if sheet.signed_at else "")
        self.means.setText(means)
        self.means.setVisible(bool(means))
        self.note.setText(sheet.note)
        self.note.setVisible(bool(sheet.note))
        self.sign.setEnabled(not sheet.undecided and sheet.signed_at is None)
        self.show_rows(sheet)

    def offer_signing(self) -> None:
        """While the decision under the cursor waits for a doctor."""
        row = self.list.current
        decided = row.decision if row is not None else None
        self.sign_one.setVisible(decided is not None and decided.sign_by is not None)

    def show_rows(self, sheet: Reconciliation) -> None:
        rows = [one for one in sheet.rows if one.undecided or not self.only.isChecked()]
        back = local(self._zone, sheet.back)
        left = local(self._zone, sheet.left)
        came = {"none": "医院写明没有带药", "missing": "没有材料", "list": f"清单 {back:%m-%d}"}.get(
            sheet.came_with, ""
        )
        heads = ("药品", f"入院前　本站医嘱 {left:%m-%d}", f"出院带药　{came}".strip("　"), "现在", "决定")
        self.list.show_rows(rows, heads)


def lay_out(view: View, pieces: ReconcilePieces) -> None:
    """Who is open on top, then the person, the medicines, the keys."""
    top = QHBoxLayout()
    top.setSpacing(12)
    top.addWidget(pieces.waiting, 0, Qt.AlignmentFlag.AlignVCenter)
    top.addWidget(pieces.who, 1)
    inside = QVBoxLayout(pieces.whole)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(14)
    inside.addWidget(pieces.person)
    inside.addWidget(_card(pieces), 1)
    inside.addWidget(Words(KEYS, Role.HINT))
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    box.addLayout(top)
    box.addWidget(pieces.state, 1)


def _card(pieces: ReconcilePieces) -> Card:
    """The counts and what concerns all of them, the list, what is missing and the signature."""
    card = Card(flush=True)
    head = PageHead(
        (pieces.title, *pieces.counts.values(), QWidget()), (pieces.alike, pieces.discharge, pieces.only)
    )
    head.setContentsMargins(18, 12, 16, 10)
    card.body.addWidget(head)
    card.body.addWidget(pieces.list, 1)
    foot = Foot()
    texts = QWidget()
    said = QVBoxLayout(texts)
    said.setContentsMargins(0, 0, 0, 0)
    said.setSpacing(2)
    for words in (pieces.left, pieces.means, pieces.note):
        said.addWidget(words)
    acts = (pieces.inquire, pieces.sign_one, pieces.print, pieces.sign)
    foot.row.addWidget(PageHead((texts,), acts), 1)
    card.body.addWidget(foot)
    card.setMinimumHeight(look.sp(320))
    return card
