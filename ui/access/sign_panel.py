"""The sign panel: a person gives number and password (or PIN) to stand for what is shown; a proof comes back.

proof = await SignPanel.ask(self, self.bench, Signing("签名确认", lines, number), check=not_the_first)
if proof is not None:
    await self.errands.do(SignSecond(..., proof))
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.access.proof import Proof
from app.core.errors import Refusal, Trouble
from ui.kit import Errands, Labelled, LineField, PasswordField, Sheet, Words, errand
from ui.kit.view import Bench

Check = Callable[[str], str | None]
"""Gets the staff number typed; answers with a sentence when this person may not sign here."""


@dataclass(frozen=True)
class Signing:
    """What is signed, in lines that repeat what matters; `number` is filled in, and fixed when `fixed`."""

    title: str
    lines: tuple[str, ...]
    number: str = ""
    fixed: bool = False
    act: str = "签名"


class SignPanel(Sheet):
    """Open until somebody has proved who they are, or gone away. What is typed survives a wrong password."""

    def __init__(self, parent: QWidget, bench: Bench, signing: Signing, check: Check | None = None) -> None:
        super().__init__(parent, signing.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.number = LineField("工号", large=True)
        self.secret = PasswordField("密码或 PIN", large=True)
        self.fields = {"number": Labelled("工号", self.number), "secret": Labelled("密码或 PIN", self.secret)}
        self._bench, self._check = bench, check
        self._answer: asyncio.Future[Proof | None] = asyncio.get_running_loop().create_future()
        self.number.setText(signing.number)
        self.number.setReadOnly(signing.fixed)
        if signing.lines:
            self.body.addWidget(_repeated(signing.lines))
        for key, field in self.fields.items():
            self.body.addWidget(field)
            line = self.number if key == "number" else self.secret
            line.textEdited.connect(lambda _text, field=field: field.say_wrong(""))
        self.secret.capsLock.connect(
            lambda on: self.fields["secret"].hint.say("大写已锁定" if on else "", "warn")
        )
        self.offer(signing.act, icon="file-check")
        self.number.returnPressed.connect(self.secret.setFocus)
        self.done_with.connect(self.prove)
        self.finished.connect(self._gone)
        (self.secret if signing.number else self.number).setFocus()

    @classmethod
    async def ask(
        cls, parent: QWidget, bench: Bench, signing: Signing, check: Check | None = None
    ) -> Proof | None:
        """Open the panel; the proof of whoever signed, or None if they went away."""
        panel = cls(parent, bench, signing, check)
        panel.open()
        return await panel._answer  # the class's own

    @errand
    async def prove(self) -> None:
        """Check the number by the caller's rule, then number and secret by the station."""
        number, secret = self.number.text().strip(), self.secret.text()
        problem = "请输入工号。" if not number else self._check(number) if self._check else None
        if problem:
            self._refuse("number", problem)
            return
        if self.main is not None:
            self.main.set_busy(True, "正在核对…")
        try:
            proof = await self._bench.station.aside(self._bench.station.prove, number, secret)
        except Refusal as refusal:
            self._refuse(refusal.field or "secret", refusal.text)
        except Trouble as trouble:
            self.notice.trouble(trouble.text, trouble.remedy)
        else:
            if not self._answer.done():
                self._answer.set_result(proof)
            self.accept()
        finally:
            if self.main is not None and not self.errands.gone:
                self.main.set_busy(False)

    def _refuse(self, field: str, text: str) -> None:
        line = self.number if field == "number" else self.secret
        self.fields.get(field, self.fields["secret"]).say_wrong(text)
        line.setFocus()
        line.selectAll()

    def _gone(self) -> None:
        if not self._answer.done():
            self._answer.set_result(None)


def _repeated(lines: tuple[str, ...]) -> QFrame:
    tile = QFrame()
    tile.setProperty("surface", "tile")
    box = QVBoxLayout(tile)
    box.setContentsMargins(14, 10, 14, 10)
    box.setSpacing(4)
    for line in lines:
        box.addWidget(Words(line, wrap=True))
    return tile
