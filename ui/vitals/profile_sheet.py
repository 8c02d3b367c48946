"""个人范围: what a doctor sets for one person, and who set what holds now."""

from __future__ import annotations

from collections.abc import Callable

from app.core.clock import local
from app.vitals.form import profile_form, profile_values, read_profile
from app.vitals.profiles import Profile
from app.vitals.service import SetProfile
from ui.forms import FormView
from ui.kit import Errands, Key, ScrollBody, SideSheet, Words, bind, errand
from ui.kit.chart import Who
from ui.kit.view import View
from ui.style import Role

WIDTH = 720


class ProfileSheet(SideSheet):
    """Opened for a doctor; `told` gets the sentence once it is kept."""

    def __init__(self, view: View, who: Who, profile: Profile, told: Callable[[str], object]) -> None:
        super().__init__(view, "个人体征范围", f"{who.name}　{who.bed or '未安排床位'}", width=WIDTH)
        self.who, self.profile, self._told = who, profile, told
        self.form = FormView(profile_form())
        self.form.set_values(profile_values(profile))
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(Words(set_by(profile, view.bench.station.settings.zone), Role.HINT, wrap=True))
        if profile.caution_says:
            self.body.addWidget(Words(profile.caution_says, Role.HINT, ink="warn", wrap=True))
        scroll = ScrollBody((0, 0, 8, 0), 14)
        scroll.body.addWidget(self.form)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.offer("保存", icon="check").setDefault(False)
        self.form.submitted.connect(self.save)
        self.done_with.connect(self.save)
        bind(self, Key("Ctrl+Return", "保存", self.save))

    def open(self) -> None:
        super().open()
        self.form.focus_on("consciousness")

    @errand
    async def save(self) -> None:
        """Keep what is filled in; a refusal leaves everything as typed."""
        if not self.form.check():
            return
        said = read_profile(self.form.values(), self.profile)
        order = SetProfile(
            self.who.rid,
            said.consciousness,
            said.spo2_scale,
            said.limits,
            said.note,
            self.profile.revision,
        )
        await self.errands.do(order, busy=self.main)
        self.accept()
        self._told(f"已设定 {self.who.name} 的个人体征范围。")


def set_by(profile: Profile, zone: str) -> str:
    """Who set what holds, and when."""
    if profile.at is None:
        return "还没有医生设定，按通用范围判断。"
    return f"现在的由 {profile.by} 于 {local(zone, profile.at):%Y-%m-%d %H:%M} 设定。"
