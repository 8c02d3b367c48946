"""设置→机构: who we are, and what the administrator may decide."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.access.decisions import TOLD, ChangeSettings
from app.access.form import settings_form
from app.core.errors import Refusal
from app.core.roles import GRANTS, Right
from app.core.roles import Role as Post
from ui.access.signing_card import SigningCard
from ui.forms import FormView
from ui.kit import Button, Card, Errands, Fact, ScrollBody, Words, errand
from ui.kit.view import Bench
from ui.style import Role, look


class InstitutionPane(QWidget):
    """Facts to read; some settings to change for whoever has the right."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.form = FormView(settings_form())
        self.save = Button("保存", "primary", icon="check")
        self.signing = SigningCard(bench)
        may = bench.actor.may(Right.CHANGE_SETTINGS)  # the others read: sources, versions
        self.instruments = Button("管理量表" if may else "查看量表", icon="list-checks")
        changes = bench.actor.may(Right.MANAGE_DRUGS)
        self.drugs = Button("维护药品目录" if changes else "查看药品目录", icon="pill")
        self.errands = Errands(bench.desk, self, notice=bench.notice, fields=self.form)
        scroll = ScrollBody((0, 0, 0, 0), 20)
        scroll.body.addWidget(self._facts())
        scroll.body.addWidget(self._decisions())
        scroll.body.addWidget(self.signing)
        scroll.body.addWidget(self._instruments())
        scroll.body.addWidget(self._drugs())
        scroll.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)
        self.save.clicked.connect(self.change)
        self.instruments.clicked.connect(lambda: bench.go("instruments", {}))
        self.drugs.clicked.connect(lambda: bench.go("drugs", {}))
        self.form.submitted.connect(self.save.click)
        self.refresh()

    def refresh(self) -> None:
        """Show what is in force."""
        settings = self.bench.station.settings
        self.form.set_values(
            {
                "lock_after_minutes": str(settings.lock_after_minutes),
                "stack_level_raises": "each" if settings.stack_level_raises else "once",
                **{name: getattr(settings, name) for name in TOLD},
            }
        )
        self.signing.refresh()

    @errand
    async def change(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        told = {name: str(values[name]) for name in TOLD}
        order = ChangeSettings(
            int(str(values["lock_after_minutes"])), values["stack_level_raises"] == "each", **told
        )
        self.save.set_busy(True)
        try:
            await self.bench.station.change_settings(order)
        except Refusal as refusal:
            self.errands.tell(refusal)
        else:
            self.bench.notice.done("设置已保存，马上生效。")
        finally:
            self.save.set_busy(False)

    def _instruments(self) -> Card:
        """Where the institution loads instruments of its own."""
        card = Card("量表", "评估量表的来源、版本，以及本院自己的量表文件")
        card.body.addWidget(self.instruments, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _drugs(self) -> Card:
        """Where the institution keeps its list of medicines."""
        card = Card("药品目录", "药品的规格、类别、安全标记和来源，以及本院添加和修改的药品")
        card.body.addWidget(self.drugs, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _facts(self) -> Card:
        settings = self.bench.station.settings
        card = Card("机构与站点")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        facts = (
            ("机构名称", settings.institution_name),
            ("统一社会信用代码", settings.institution_code),
            ("机构类型", settings.institution_type),
            ("站点", f"{settings.station_number}　{settings.station_name}".strip()),
        )
        for place, (caption, value) in enumerate(facts):
            grid.addWidget(Fact(caption, value), place // 2, place % 2)
        card.body.addLayout(grid)
        return card

    def _decisions(self) -> Card:
        card = Card("本站的规定")
        self.form.setMaximumWidth(look.sp(640))
        card.body.addWidget(self.form)
        may = self.bench.actor.may(Right.CHANGE_SETTINGS)
        self.form.setEnabled(may)
        row = QHBoxLayout()
        if may:
            row.addWidget(self.save)
            row.addStretch(1)
        else:
            who = "、".join(post.words for post in Post if post in GRANTS[Right.CHANGE_SETTINGS])
            row.addWidget(Words(f"只有{who}可以修改。", Role.HINT))
        card.body.addLayout(row)
        return card
