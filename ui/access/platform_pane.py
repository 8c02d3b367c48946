"""设置→区平台: where it is, as whom this station speaks to it, whom it trusts; tried before it is kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.access.certificates import certificate_in, read_certificate
from app.access.decisions import ChangePlatform, check_platform
from app.access.form import platform_client_form, platform_form, platform_trust_form
from app.core.errors import Refusal
from app.core.roles import GRANTS, Right
from app.core.roles import Role as Post
from app.sync.access import OVERRIDE, Access
from ui.access.certificate_facts import CertificateFactsCard
from ui.access.platform_trial import TrialLine
from ui.forms import FormView
from ui.kit import Button, Card, Errands, ScrollBody, Words, errand
from ui.kit.view import Bench
from ui.style import Role, look


class PlatformPane(QWidget):
    """For administrators to change, for all others to read where it is and whom to ask."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.may = bench.actor.may(Right.CHANGE_SETTINGS)
        self.where = FormView(platform_form())
        self.whom = FormView(platform_client_form())
        self.trust = FormView(platform_trust_form(self._certificate_problem))
        self.facts = CertificateFactsCard(bench.station.settings.zone)
        self.trial = TrialLine()
        self.save = Button("保存", "primary", icon="check")
        self.choose = Button("选择证书文件…", icon="file-check")
        self.override = Words("", Role.HINT, ink="warn", wrap=True)
        self.errands = Errands(bench.desk, self, notice=bench.notice, fields=self)
        self._dialog: QFileDialog | None = None
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show what is in force; the secret is never shown again."""
        settings = self.bench.station.settings
        named = self.bench.station.environ.get(OVERRIDE, "")
        self.where.set_values(
            {
                "platform_address": named or settings.platform_address,
                "platform_auth": settings.platform_auth,
                "sync_every_minutes": str(settings.sync_every_minutes),
            }
        )
        self.whom.set_values(
            {
                "platform_client": settings.platform_client,
                "platform_secret": "",
                "platform_token_address": settings.platform_token_address,
                "platform_scope": settings.platform_scope,
            }
        )
        kept = "已保存，留空就不变" if settings.platform_secret else ""
        self.whom.input("platform_secret").setProperty("placeholderText", kept)
        self.trust.set_values({"platform_certificate": settings.platform_certificate})
        self._show_override(named)
        self._fit()

    def begin(self) -> None:
        """Gone to: what was typed and not saved stays; otherwise show what is in force."""
        if not self._typed():
            self.refresh()

    def show_refusal(self, key: str, text: str) -> bool:
        """Beside the field it belongs to, in whichever of the three forms that is."""
        return any(form.show_refusal(key, text) for form in (self.where, self.whom, self.trust))

    @errand
    async def keep(self) -> None:
        """Save. Nothing typed is lost when it is refused."""
        if not self._check():
            return
        self.save.set_busy(True)
        try:
            await self.bench.station.change_settings(self._order())
        except Refusal as refusal:
            self.errands.tell(refusal)
        else:
            self.refresh()
            self.bench.notice.done("区平台设置已保存，马上生效。")
        finally:
            self.save.set_busy(False)

    @errand
    async def try_out(self) -> None:
        """试连接: with what is typed now; nothing is kept and nothing is written there."""
        if not self._check():
            return
        try:
            settings = check_platform(self._order(), self.bench.station.settings, self.bench.desk.clock.now())
        except Refusal as refusal:
            self.errands.tell(refusal)
            return
        access = Access.of(settings, self.bench.station.environ)
        if access is None:
            self.where.show_refusal("platform_address", "请先填写区平台地址。")
            return
        self.trial.begin()
        words, good = await self.bench.station.aside(_tried, access)
        self.trial.end(words, good=good)

    # inside -------------------------------------------------------------------------------------------------------

    def _order(self) -> ChangePlatform:
        said = {**self.where.values(), **self.whom.values(), **self.trust.values()}
        text = {key: str(value) for key, value in said.items()}
        overridden = bool(self.bench.station.environ.get(OVERRIDE))
        kept = self.bench.station.settings.platform_address
        return ChangePlatform(
            address=kept if overridden else text["platform_address"],
            auth=text["platform_auth"],
            every_minutes=int(text["sync_every_minutes"]),
            token_address=text["platform_token_address"],
            client=text["platform_client"],
            secret=text["platform_secret"] or None,
            scope=text["platform_scope"],
            certificate=text["platform_certificate"],
        )

    def _check(self) -> bool:
        forms = [self.where, *([self.whom] if self._signs_in() else []), self.trust]
        wrong = [form for form in reversed(forms) if not form.check()]  # the first one gets the cursor last
        return not wrong

    def _typed(self) -> bool:
        """Whether something stands here that is not kept yet."""
        settings = self.bench.station.settings
        if not self.may or self.where.problems():
            return self.may
        now = self._order()
        kept = ChangePlatform(
            address=settings.platform_address,
            auth=settings.platform_auth,
            every_minutes=settings.sync_every_minutes,
            token_address=settings.platform_token_address,
            client=settings.platform_client,
            scope=settings.platform_scope,
            certificate=settings.platform_certificate,
        )
        return now != kept

    def _signs_in(self) -> bool:
        return self.where.values()["platform_auth"] == "client_credentials"

    def _certificate_problem(self, pem: str) -> str | None:
        try:
            read_certificate(pem, self.bench.desk.clock.now())
        except Refusal as refusal:
            return refusal.text
        return None

    def _fit(self) -> None:
        """Show what belongs to what is typed."""
        self.whom.setVisible(self._signs_in())
        pem = str(self.trust.values()["platform_certificate"])
        try:
            self.facts.show_facts(read_certificate(pem, self.bench.desk.clock.now()))
        except Refusal:
            self.facts.show_facts(None)

    def _show_override(self, named: str) -> None:
        field = self.where.input("platform_address")
        field.setProperty("readOnly", bool(named))
        self.override.setText(
            f"现在用的是环境变量 {OVERRIDE} 指定的地址，这里不能改；去掉它以后才用设置里的。" if named else ""
        )
        self.override.setVisible(bool(named))

    def _ask_file(self) -> None:
        self._dialog = QFileDialog(self, "选择证书文件", "", "证书 (*.pem *.crt *.cer *.der);;所有文件 (*)")
        self._dialog.fileSelected.connect(lambda path: self.take_file(Path(path)))
        self._dialog.open()

    def take_file(self, path: Path) -> None:
        """Put the certificate of a file into its field, where it is judged like typed text."""
        try:
            text = certificate_in(path.read_bytes())
        except OSError:
            self.show_refusal("platform_certificate", "文件打不开，请换一个。")
            return
        except Refusal as refusal:
            self.errands.tell(refusal)
            return
        self.trust.set_values({"platform_certificate": text})
        self.trust.judge("platform_certificate")
        self._fit()

    def _connect(self) -> None:
        self.save.clicked.connect(self.keep)
        self.choose.clicked.connect(self._ask_file)
        self.trial.button.clicked.connect(self.try_out)
        for form in (self.where, self.whom, self.trust):
            form.changed.connect(self._fit)
            form.changed.connect(self.trial.forget)

    def _lay_out(self) -> None:
        scroll = ScrollBody((0, 0, 0, 0), 20)
        for form in (self.where, self.whom, self.trust):
            form.setMaximumWidth(look.sp(720))
            form.setEnabled(self.may)
        place = Card("区平台")
        for piece in (self.override, self.where, self.whom):
            place.body.addWidget(piece)
        place.body.addWidget(self.trial)
        proof = Card("证书")
        proof.body.addWidget(self.trust)
        proof.body.addWidget(self.facts)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        proof.body.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addStretch(1)
        for card in (place, proof):
            scroll.body.addWidget(card)
        scroll.body.addLayout(foot)
        scroll.body.addStretch(1)
        for button in (self.save, self.choose, self.trial):
            button.setVisible(self.may)
        if not self.may:
            who = "、".join(post.words for post in Post if post in GRANTS[Right.CHANGE_SETTINGS])
            place.body.addWidget(Words(f"只有{who}可以修改。", Role.HINT))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)


def _tried(access: Access) -> tuple[str, bool]:
    """On a thread of its own, with a loop of its own: HTTP never runs on the screen's."""
    from app.sync.probe import probe

    found = asyncio.run(probe(access))
    return found.words, found.ok
