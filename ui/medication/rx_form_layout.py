"""The pieces of the form of a prescription: whom it is for, the medicines at the left, what is asked at the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.medication.prescriptions import EXTENDED, FREE, LONG, RxStart
from app.medication.prescriptions.form import rx_form
from app.medication.prescriptions.policy import long_policy, most_items
from app.residents.queries import ChartRow
from ui.forms import FormView
from ui.kit import AllergyStrip, Button, Card, FieldError, Foot, ScrollBody, StateView, Words
from ui.kit.view import View
from ui.medication.rx_amounts import RxAmounts
from ui.medication.rx_items import RxItems
from ui.medication.rx_signer import RxSigner
from ui.style import Role, look

NO_ORDERS = ("没有在用的长期医嘱", "处方从已核对、在执行的长期医嘱里选药；请先开医嘱。")
ACTS = {LONG: "签名开具", EXTENDED: "签名登记", FREE: "签名发放"}
_SIGNS = {FREE: "请领取人签字。", LONG: "超过 {weeks} 周，请老人或家属签字确认。"}


class RxFormPieces:
    """Made once; the form itself is made anew for each prescription that is begun."""

    def __init__(self) -> None:
        self.name = Words("", Role.CARD_TITLE)
        self.under = Words("", Role.HINT)
        self.allergies = AllergyStrip()
        self.standing = Words("", Role.BODY, wrap=True)
        self.matters = Button("去档案登记待遇", "link", icon="arrow-right")
        self.items = RxItems()
        self.items_state = StateView(self.items)
        self.items_error = FieldError()
        self.count = Words("", Role.HINT)
        self.form = FormView(rx_form(LONG, date.min))
        self.signer: RxSigner | None = None
        self.amounts = RxAmounts()
        self.scroll = ScrollBody((20, 16, 20, 16), 16)
        self.kept = Words("", Role.HINT)
        self.measured = Button("填入近两次指标", "plain", icon="activity")
        self.main = Button(ACTS[LONG], "primary", icon="square-pen", large=True)
        self.whole = QWidget()
        self.state = StateView(self.whole)

    def begin(self, what: str, today: date, chart: ChartRow) -> None:
        """An empty form of this kind; the days it goes by are those of today."""
        for piece in (self.form, self.signer):
            if piece is not None:
                piece.hide()
                self.scroll.body.removeWidget(piece)
                piece.deleteLater()
        self.form = FormView(rx_form(what, today))
        self.signer = RxSigner(what, chart, _SIGNS.get(what, "").format(weeks=long_policy().usual_weeks))
        self.scroll.body.insertWidget(0, self.form)
        self.scroll.body.insertWidget(2, self.signer)
        self.amounts.put({})
        self.amounts.setVisible(what == FREE)
        self.measured.setVisible(what == LONG)
        self.main.say(ACTS[what])
        self.say_items_wrong("")

    def show_person(self, start: RxStart, what: str) -> None:
        """Name, bed, birth year, allergies; for free medicines whether they are entitled, and what is missing."""
        person = start.person
        self.name.setText(person.name)
        self.under.setText(f"{person.under}　{person.number}")
        self.allergies.show_allergies(person.allergies)
        self.standing.setVisible(what == FREE)
        self.matters.setVisible(what == FREE and not start.eligible.yes)
        if start.eligible.yes:
            until = f"，有效期至 {start.eligible.valid_to:%Y-%m-%d}" if start.eligible.valid_to else ""
            grounds = "、".join((*start.eligible.diseases, *start.eligible.entitlements))
            number = f"，证号 {start.eligible.certificate}" if start.eligible.certificate else ""
            self.standing.say(f"符合条件：{grounds}{number}{until}", "ok")
        else:
            self.standing.say(f"不能领取：{'；'.join(start.eligible.missing)}", "danger")

    def show_count(self, what: str) -> None:
        """How many are chosen, of how many a prescription may have."""
        count = len(self.items.picked_rows)
        most = "" if what == FREE else f" / 最多 {most_items()} 种"
        over = what != FREE and count > most_items()
        self.count.say(f"已选 {count} 种{most}", "danger" if over else "")

    def say_items_wrong(self, text: str) -> None:
        self.items_error.say(text)


def lay_out(view: View, pieces: RxFormPieces) -> None:
    head = Card()
    head.body.setContentsMargins(20, 12, 20, 12)
    head.body.setSpacing(8)
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(pieces.name)
    line.addWidget(pieces.under)
    line.addStretch(1)
    head.body.addLayout(line)
    head.body.addWidget(pieces.allergies)
    entitled = QHBoxLayout()
    entitled.setSpacing(12)
    entitled.addWidget(pieces.standing, 1)
    entitled.addWidget(pieces.matters)
    head.body.addLayout(entitled)
    both = QHBoxLayout()
    both.setSpacing(20)
    both.addWidget(_items_card(pieces), 6)
    both.addWidget(_form_card(pieces), 5)
    column = QVBoxLayout(pieces.whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    column.addWidget(head)
    column.addLayout(both, 1)
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(pieces.state)


def _items_card(pieces: RxFormPieces) -> Card:
    card = Card(flush=True)
    head = QVBoxLayout()
    head.setContentsMargins(20, 14, 20, 10)
    head.setSpacing(6)
    title = QHBoxLayout()
    title.addWidget(Words("选药品", Role.CARD_TITLE))
    title.addStretch(1)
    title.addWidget(pieces.count)
    head.addLayout(title)
    head.addWidget(pieces.items_error)
    card.body.addLayout(head)
    card.body.addWidget(pieces.items_state, 1)
    foot = Foot()
    foot.row.addWidget(Words("空格 选中　A 全选　Enter 去填表", Role.HINT))
    foot.row.addStretch(1)
    card.body.addWidget(foot)
    card.setMinimumHeight(look.sp(300))
    return card


def _form_card(pieces: RxFormPieces) -> Card:
    card = Card(flush=True)
    body = pieces.scroll.body
    body.addWidget(pieces.form)
    body.addWidget(pieces.amounts)
    body.addStretch(1)
    card.body.addWidget(pieces.scroll, 1)
    foot = Foot()
    foot.row.addWidget(pieces.measured)
    foot.row.addWidget(pieces.kept)
    foot.row.addStretch(1)
    foot.row.addWidget(pieces.main)
    card.body.addWidget(foot)
    return card
