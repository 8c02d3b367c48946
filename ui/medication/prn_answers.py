"""The fields beside a PRN dose: why, how much, where, and what its prompts ask; only those that are needed show."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.access.proof import Proof
from app.medication.giving import Said
from app.medication.giving.writing import LONGEST
from app.medication.queries import PrnRow
from app.medication.rules import prompts as kinds
from ui.kit import Labelled, LineField, OptionRow, PasswordField, Words
from ui.style import Role

_DESPITE = {kinds.MEASURE, kinds.HOLD, kinds.ALERT}


class PrnAnswers(QWidget):
    """`why` is what the order takes beside `said(…)`."""

    def __init__(self) -> None:
        super().__init__()
        self.why, self.amount = LineField("为什么用"), LineField("剂量")
        self.despite, self.alone = LineField("仍要给的原因"), LineField("一人值班的原因")
        self.number, self.secret = LineField("第二人工号", "如 0317"), PasswordField("密码或 PIN")
        for field in (self.why, self.despite, self.alone):
            field.setMaxLength(LONGEST)
        self._unit = Words("", Role.HINT)
        self.amount.put_right(self._unit)
        self.sites: OptionRow | None = None
        self._order: object = None
        self.fields = {
            "why": Labelled("为什么用", self.why, required=True),
            "amount": Labelled("剂量", self.amount, required=True),
            "despite": Labelled("仍要给的原因", self.despite, required=True),
            "number": Labelled("第二人工号", self.number),
            "secret": Labelled("密码或 PIN", self.secret),
            "alone": Labelled("或：一人值班的原因，由下一班补签", self.alone),
        }
        self.asks = Words("", ink="warn", wrap=True)
        self._site_box = QVBoxLayout()
        self._second = QWidget()
        self._lay_out()
        for piece in self.fields.values():
            if isinstance(piece.field, LineField):
                piece.field.textEdited.connect(partial(_well, piece))

    def show_row(self, row: PrnRow | None) -> None:
        """The fields of another order; of the same one what is typed stays."""
        self.setEnabled(row is not None)
        asked = {one.what for one in row.prompts} if row is not None else set()
        self.asks.setText("；".join(one.words for one in row.prompts) if row is not None else "")
        self.asks.setVisible(bool(asked))
        self.fields["despite"].setVisible(bool(asked & _DESPITE))
        self._second.setVisible(kinds.SECOND in asked)
        if row is None or row.order == self._order:
            return
        self._order = row.order
        self.why.setPlaceholderText(f"医嘱：{row.why}；写明现在的情况" if row.why else "如：疼痛 NRS 5 分")
        self.amount.setText(row.amount)
        self._unit.setText(row.unit)
        self.fields["amount"].label.setText("剂量" if not row.amount else f"剂量（医嘱 {row.dose}）")
        self._show_sites(row.sites)
        for piece in self.fields.values():
            piece.say_wrong("")

    def said(self, second: Proof | None, check: str) -> Said:
        """What was typed."""
        return Said(
            amount=self.amount.text(),
            second=second,
            check=check,
            alone=self.alone.text() if second is None and self._second.isVisibleTo(self) else "",
            despite=self.despite.text() if self.fields["despite"].isVisibleTo(self) else "",
            site=(self.sites.key or "") if self.sites is not None else "",
        )

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside its field; False if it has none here, or it does not show."""
        place = self.fields.get({"second": "number"}.get(field, field))
        if place is None or not place.isVisibleTo(self):
            return False
        for one in self.fields.values():
            one.say_wrong(text if one is place else "")
        place.field.setFocus()
        return True

    def _show_sites(self, sites: tuple[str, ...]) -> None:
        while (item := self._site_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.sites = OptionRow(tuple((one, one) for one in sites), columns=4, low=True) if sites else None
        if self.sites is not None:
            self._site_box.addWidget(Labelled("部位", self.sites))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.fields["why"], 3)
        first.addWidget(self.fields["amount"], 1)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.fields["number"], 1)
        pair.addWidget(self.fields["secret"], 1)
        inside = QVBoxLayout(self._second)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addLayout(pair)
        inside.addWidget(self.fields["alone"])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(first)
        box.addWidget(self.asks)
        box.addWidget(self.fields["despite"])
        box.addLayout(self._site_box)
        box.addWidget(self._second)
        for piece in (self.asks, self.fields["despite"], self._second):
            piece.hide()


def _well(piece: Labelled, _typed: str) -> None:
    piece.say_wrong("")
