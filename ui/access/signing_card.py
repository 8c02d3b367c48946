"""设置→机构→转诊包数字签名: which certificate the station signs with, what it says of itself, until when it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.core.clock import local
from app.core.errors import Refusal
from app.core.roles import Right
from app.printing.certificate import Certificate, told_by
from app.printing.certificate_setting import ChangeSigning, signing_form
from ui.access.certificate_facts import CertificateFactsCard
from ui.forms import FormView
from ui.kit import Badge, Button, Card, Errands, Words, errand
from ui.kit.view import Bench
from ui.style import Role, Tone, look


class SigningCard(Card):
    """Whoever may not change it reads what is in force; without a certificate packs are printed unsigned."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("转诊包数字签名")
        self._bench = bench
        self._zone = bench.station.settings.zone
        self._may = bench.actor.may(Right.CHANGE_SETTINGS)
        self.form = FormView(signing_form())
        self.form.setMaximumWidth(look.sp(640))
        self.save = Button("保存证书", "primary", icon="check")
        self.choose = Button("选择证书文件…", icon="file-check")
        self.state = Badge()
        self.wrong = Words("", Role.HINT, ink="danger", wrap=True)
        self.facts = CertificateFactsCard(self._zone)
        self.facts.setMaximumWidth(look.sp(640))
        self.errands = Errands(bench.desk, self, notice=bench.notice, fields=self.form)
        self._dialog: QFileDialog | None = None
        self._lay_out()
        self.save.clicked.connect(self.keep)
        self.choose.clicked.connect(self._ask_file)
        self.form.submitted.connect(self.save.click)

    def refresh(self) -> None:
        """Show what is in force; the password is shown to nobody."""
        settings = self._bench.station.settings
        self.form.set_values({"signing_certificate": settings.signing_certificate, "signing_password": ""})
        self.look_at()

    @errand
    async def look_at(self) -> None:
        """What the certificate that is kept says of itself."""
        station = self._bench.station
        settings = station.settings
        path = settings.signing_certificate
        if not path:
            self.facts.show_facts(None)
            self._say("没有设置，打印不签名", Tone.NEUTRAL)
            return
        kept = Certificate(
            path, self._bench.desk.clock.now(), settings.institution_name, settings.signing_password
        )
        facts, wrong = await station.aside(told_by, kept)
        if path != station.settings.signing_certificate:
            return
        self.facts.show_facts(facts)
        if wrong or facts is None:
            self._say("不能签名", Tone.DANGER, f"{wrong}照常打印，并说明没有签名。")
        else:
            self._say(f"有效至 {local(self._zone, facts.ends):%Y-%m-%d}", Tone.OK)

    @errand
    async def keep(self) -> None:
        """The certificate is tried before it is kept; an empty password keeps the one there is."""
        values = self.form.values()
        path, password = (str(values[key] or "") for key in ("signing_certificate", "signing_password"))
        self.save.set_busy(True)
        try:
            await self._bench.station.change_settings(ChangeSigning(path, password or None))
        except Refusal as refusal:
            self.errands.tell(refusal)
        else:
            words = "转诊包会用这张证书签名。" if path.strip() else "转诊包不加数字签名。"
            self._bench.notice.done(words)
            self.refresh()
        finally:
            self.save.set_busy(False)

    def take_file(self, path: Path) -> None:
        """A file was chosen: its password is asked next."""
        self.form.set_values({"signing_certificate": str(path)})
        self.form.focus_on("signing_password")

    # inside -------------------------------------------------------------------------------------------------------

    def _say(self, words: str, tone: Tone, wrong: str = "") -> None:
        self.state.say(words, tone)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    def _ask_file(self) -> None:
        self._dialog = QFileDialog(self, "选择证书文件", "", "证书 (*.p12 *.pfx);;所有文件 (*)")
        self._dialog.fileSelected.connect(lambda path: self.take_file(Path(path)))
        self._dialog.open()

    def _lay_out(self) -> None:
        self.head.insertWidget(1, self.state)
        self.body.addWidget(Words("可选。证书打不开或过期时照常打印，并说明没有签名。", Role.HINT, wrap=True))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.wrong)
        self.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.save)
        row.addWidget(self.choose)
        row.addStretch(1)
        self.body.addLayout(row)
        for piece in (self.form, self.save, self.choose):
            piece.setVisible(self._may)
        self.facts.hide()
        self.wrong.hide()
