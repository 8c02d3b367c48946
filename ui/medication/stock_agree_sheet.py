"""自备药协议: what the family agrees to, who signs for the resident, a signature drawn or left to the name."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from app.core.errors import Refusal
from app.core.form import Field, Form, Kind, Section
from app.incidents.queries import Somebody
from app.medication.stock.form import agreement_form, text
from app.medication.stock.own import AgreeOwnSupply
from ui.forms import FormView
from ui.kit import Button, Errands, Key, Labelled, ScrollBody, SideSheet, Words, bind, errand
from ui.kit.sign_pad import SignPad
from ui.kit.view import View
from ui.medication.stock_tasks import people_offers, person_meant
from ui.style import Role

TERMS = (
    "1. 自备药由家属提供，须有医嘱；来源合法，包装、批号和有效期齐全。",
    "2. 入院时双方清点登记，由护理站保管，按医嘱给药并记录。",
    "3. 过期、变质或与医嘱不符的药品不使用，通知家属处理。",
    "4. 停用或退住时剩余药品清点后退还，双方签字。",
)


class AgreeSheet(SideSheet):
    """`kept` carries the notice. Everything typed and drawn survives a refusal."""

    kept = Signal(str)

    def __init__(self, view: View, people: tuple[Somebody, ...], resident: UUID | None) -> None:
        known = next((one for one in people if one.rid == resident), None)
        super().__init__(view, "自备药协议", known.label if known else "", width=620)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.people, self.resident = people, resident if known else None
        self.form = FormView(self._form())
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.pad = SignPad()
        inside = ScrollBody((0, 0, 8, 0), 14)
        inside.body.addWidget(Words("\n".join(TERMS), Role.BODY, ink="text2", wrap=True))
        inside.body.addWidget(self.form)
        inside.body.addWidget(Labelled("签名", self.pad, hint="可以只填姓名"))
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        self.back = Button("返回", "plain")
        self.save_button = Button("签协议", "primary", icon="file-check")
        for button in (self.back, self.save_button):
            self.acts.addWidget(button)
        self.back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", "签协议", self.save), Key("Esc", "返回", self.reject))

    def open(self) -> None:
        super().open()
        self.form.focus_on(self.form.form.fields[0].key)

    @errand
    async def save(self) -> None:
        """A refusal stands beside its field."""
        if not self.form.check():
            return
        values = self.form.values()
        try:
            resident = self.resident or person_meant(self.people, text(values, "resident"), "resident")
        except Refusal as refusal:
            self.errands.tell(refusal)
            return
        order = AgreeOwnSupply(
            resident, text(values, "name"), text(values, "relation"), text(values, "words"), self.pad.strokes
        )
        await self.errands.do(order, busy=self.save_button)
        self.accept()
        self.kept.emit("自备药协议已签。")

    def _form(self) -> Form:
        form = agreement_form()
        if self.resident is not None:
            return form
        who = Field(
            "resident",
            "老人",
            Kind.SUGGESTED,
            required=True,
            suggest=people_offers(self.people),
            placeholder="姓名、拼音首字母或床位",
        )
        return Form((Section("", (who, *form.fields)),))
