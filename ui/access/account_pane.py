"""设置→我的账号: one's own password and PIN."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.access.form import new_password_form, pin_form
from app.access.secrets import hash_pin
from app.access.service import ChangeOwnPassword, SetPin
from app.core.errors import Refusal, Trouble
from ui.access.password_form import PasswordForm
from ui.kit import Button, Card, Errands, Fact, ScrollBody, Words, errand
from ui.kit.view import Bench
from ui.style import Role, look

FORM = 680
PIN_TEXT = "PIN 用来签名和解锁，快；登录仍用密码。"


class AccountPane(QWidget):
    """Each change asks for the present password first: the person may have left the screen open."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.errands = Errands(bench.desk, self, notice=bench.notice)
        whose = (bench.actor.number, bench.actor.name)
        self.password = PasswordForm(lambda person, typed: new_password_form(person, typed, old=True), whose)
        self.pin = PasswordForm(lambda _person, _typed: pin_form(lambda: self.pin.typed("pin")), whose)
        self.save_password = Button("改密码", "primary", icon="key-round")
        self.save_pin = Button("设 PIN", icon="shield-check")
        scroll = ScrollBody((0, 0, 0, 0), 20)
        scroll.body.addWidget(self._who())
        scroll.body.addWidget(_card("密码", "", self.password, self.save_password))
        scroll.body.addWidget(_card("PIN", PIN_TEXT, self.pin, self.save_pin))
        scroll.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)
        self.save_password.clicked.connect(self.change_password)
        self.save_pin.clicked.connect(self.set_pin)
        self.password.submitted.connect(self.save_password.click)
        self.pin.submitted.connect(self.save_pin.click)

    def begin(self, part: str) -> None:
        """Put the cursor where the person wanted to go: password or pin."""
        if part == "pin":
            self.pin.focus_on("password")
        elif part == "password":
            self.password.focus_on("old")

    @errand
    async def change_password(self) -> None:
        form = self.password
        if not form.check():
            return
        if form.typed("password") == form.typed("old"):
            form.show_refusal("password", "新密码不能和现在的一样。")
            return
        actor, station = self.bench.actor, self.bench.station
        self.save_password.set_busy(True)
        try:
            await self._prove(form, "old")
            slot = await station.aside(
                station.keyring.wrap, (actor.number, actor.name), form.typed("password")
            )
            await self.errands.do(ChangeOwnPassword(slot))
        except Refusal as refusal:
            form.show_refusal(refusal.field or "old", refusal.text)
        else:
            form.clear()
            self.bench.notice.done("密码已改，下次登录用新的。")
        finally:
            self.save_password.set_busy(False)

    @errand
    async def set_pin(self) -> None:
        form, station = self.pin, self.bench.station
        if not form.check():
            return
        self.save_pin.set_busy(True)
        try:
            await self._prove(form, "password")
            hashed = await station.aside(hash_pin, form.typed("pin"), os.urandom(16), station.keyring.cost)
            await self.errands.do(SetPin(hashed))
        except Refusal as refusal:
            form.show_refusal(refusal.field or "password", refusal.text)
        else:
            form.clear()
            self.bench.notice.done("PIN 已设好。")
        finally:
            self.save_pin.set_busy(False)

    async def _prove(self, form: PasswordForm, field: str) -> None:
        """The present password, checked as a sign-in would; a refusal names the field it was typed in."""
        station = self.bench.station
        try:
            await station.aside(station.prove, self.bench.actor.number, form.typed(field))
        except Refusal as refusal:
            raise Refusal(refusal.text, field=field) from refusal
        except Trouble as trouble:
            raise Refusal(f"{trouble.text}{trouble.remedy}", field=field) from trouble

    def _who(self) -> Card:
        actor = self.bench.actor
        card = Card("我")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        facts = (
            ("姓名", actor.name),
            ("工号", actor.number),
            ("岗位", actor.role_words),
            ("职业", f"{actor.profession}　{actor.title}".strip()),
        )
        for place, (caption, value) in enumerate(facts):
            grid.addWidget(Fact(caption, value), place // 2, place % 2)
        card.body.addLayout(grid)
        return card


def _card(title: str, text: str, form: PasswordForm, save: Button) -> Card:
    card = Card(title)
    if text:
        card.body.addWidget(Words(text, Role.HINT, wrap=True))
    form.setMaximumWidth(look.sp(FORM))
    card.body.addWidget(form)
    row = QHBoxLayout()
    row.addWidget(save)
    row.addStretch(1)
    card.body.addLayout(row)
    return card
