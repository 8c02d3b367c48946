"""新建或编辑档案: one page of sections, checked as typed, kept as a draft, saved by Ctrl+S."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.drafts import NOBODY_YET
from app.core.errors import Refusal, Trouble
from app.core.form import Value
from app.residents.form import Merged, blank_values, merge, read_values, values_of, words_of
from app.residents.queries import FormOf, FormRow
from app.residents.service import CreateResident, EditResident
from ui.forms import FormView
from ui.kit import Button, Card, Foot, Key, Notice, ScrollBody, Sheet, StateView, Words, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.residents.form_draft import FormDraft
from ui.residents.form_partner import FormPartner
from ui.residents.signs import today
from ui.style import Role, Tone, look

FORM, NEW = "resident", ("新建档案", "登记咨询")
"""How drafts of this form are filed; the title of a new one, admitted or only asked about."""
_WIDEST = 960


class ResidentFormView(View):
    """Opened with `{"resident": rid}` to edit, with nothing or a free `bed` to create; typing outlives a crash."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "新建档案")
        self.rid: UUID | None = None
        self.seen: FormRow | None = None
        self.form: FormView | None = None
        self._begun = self._enquiry = False
        self._base: dict[str, Value] = {}
        self._shown: dict[str, Value] = {}
        self._wanted: UUID | None = None
        self._bed = ""
        self.partner = FormPartner(self, lambda: today(bench))
        self.draft = FormDraft(self, FORM, self._content)
        self.said, self.alike = Notice(), Notice()
        self.discard = Button("不要这份草稿", "link")
        self.save = Button("保存", "primary", icon="save")
        self.cancel = Button("返回", "plain")
        self._kept = Words("", Role.HINT)
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """`resident`: whom to edit; `bed`: the label of a free bed for a new one.

        Coming back to a form not yet saved finds it as it was left, but for the bed just chosen.
        """
        self._wanted, self._bed = params.get("resident"), params.get("bed", "")
        before, self._enquiry = self._enquiry, bool(params.get("enquiry"))
        if not (self._begun and (self._wanted, self._enquiry) == (self.rid, before) and self.dirty):
            self.load()
        else:
            self._fill_in_bed()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that was not saved."""
        return self.form is not None and self.form.draft() != self._shown

    @latest
    async def load(self) -> None:
        """Ask for the resident and for a draft, then show the form."""
        rid = self._wanted
        self.save.setEnabled(False)  # what shows is not whom it will be about
        self.state.loading()
        try:
            draft = await self.draft.find(rid or NOBODY_YET)
            seen = await self._saved(rid)
        except Refusal as refusal:
            self._forget()
            self.state.refused(refusal.text)
            return
        except Trouble as trouble:
            self._forget()
            self.state.error(trouble.text, trouble.remedy, self.load)
            return
        self._show(rid, seen)
        if draft is not None:
            self._put_back(draft.content, self.draft.when(draft))
        self._fill_in_bed()
        self.state.content()
        if self.form is not None:
            self.form.focus_on("name")

    async def leave(self) -> None:
        """Before somebody else signs in: keep what is typed."""
        await self.draft.flush()

    # saving -------------------------------------------------------------------------------------------------------

    @errand
    async def keep(self) -> None:
        """Ctrl+S: save, and show the chart."""
        form = self.form
        if form is None or not self.save.isEnabled() or not form.check():
            return
        filled = read_values(form.values(), self.seen.form if self.seen else None)
        if self.rid is None or self.seen is None:
            rid = await self.errands.do(CreateResident(filled, self._enquiry), busy=self.save)
            words = f"已建档：{filled.name}"
        else:
            if await self._changed_meanwhile():
                return
            rid, words = self.rid, f"已保存：{filled.name}"
            await self.errands.do(EditResident(rid, filled, self.seen.revision), busy=self.save)
        await self.draft.drop()
        self._begun = False
        self.bench.go("chart", {"resident": rid})
        self.bench.notice.done(words)

    async def _changed_meanwhile(self) -> bool:
        """Whether somebody else saved since this form was opened; then both edits are put together and shown."""
        if self.rid is None or self.seen is None or self.form is None:
            return False
        fresh = await self.errands.ask(FormOf(self.rid))
        if fresh.revision == self.seen.revision:
            return False
        theirs = values_of(fresh.form)
        merged = merge(self._base, self.form.draft(), theirs)
        self.seen, self._base = fresh, theirs
        self.form.set_values(merged.values)
        self.said.say(self._merge_words(merged), Tone.WARN)
        self.draft.touch()
        return True

    def _merge_words(self, merged: Merged) -> str:
        form = self.form
        if form is None:
            return ""
        labels = {field.key: field.label for field in form.form.fields}
        parts = [f"{labels[key]}已换成新的" for key in merged.taken if key in labels]
        parts += [
            f"{labels[key]}别人改成了“{words_of(form.form, key, value)}”，您填的还在"
            for key, value in merged.clashes.items()
            if key in labels
        ]
        return f"这份档案刚被别人改过：{'；'.join(parts) or '内容相同'}。请核对后再保存。"

    # inside -------------------------------------------------------------------------------------------------------

    async def _saved(self, rid: UUID | None) -> FormRow | None:
        """What is saved of a resident; None for one who is not registered yet."""
        if rid is None:
            return None
        return await self.errands.ask(FormOf(rid))

    def _forget(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form, self.seen, self._begun = None, None, False

    def _show(self, rid: UUID | None, seen: FormRow | None) -> None:
        self._forget()
        self.rid, self.seen, self._begun = rid, seen, True
        self.save.setEnabled(True)
        values = values_of(seen.form) if seen else blank_values()
        self.form = FormView(self.partner.make(seen.form if seen else None))
        self.errands.fields = self.form
        self._body.insertWidget(0, self.form)
        self.form.set_values(values)
        self._base = self.form.draft()
        self._shown = self.form.draft()
        self.partner.sit_by(self.form, self.rid)
        self.form.changed.connect(self._edited)
        self.form.submitted.connect(self.keep)
        self.said.clear()
        self.discard.hide()
        self._kept.setText("")
        path = (Crumb(seen.form.name, "chart", {"resident": self.rid}),) if seen else ()
        self.say_title(Crumb("老人", "residents"), *path, Crumb("编辑" if seen else NEW[self._enquiry]))

    def _put_back(self, content: dict[str, Any], when: str) -> None:
        if self.form is None:
            return
        self.form.set_values(_as_values(content["values"]))
        if self.seen is not None:
            # judged against what the person saw when they began, so that later edits by others are noticed
            self._base = _as_values(content["base"])
            self.seen = FormRow(self.seen.form, int(content["seen"]))
        self.said.say(f"已放回 {when} 没有保存的内容，核对后再保存。", Tone.INFO)
        self.discard.show()
        self.partner.ask_now()

    def _fill_in_bed(self) -> None:
        """The free bed this form was opened from; one typed before gives way, and the line says so."""
        if self.form is None or not self._bed or self.rid is not None:
            return
        before = str(self.form.draft().get("bed", "")).strip()
        self.form.set_values({"bed": self._bed})
        if before and before != self._bed:
            self.said.say(f"{self.said.text()}床位由 {before} 改成了 {self._bed}。", Tone.WARN)
        self.partner.ask_now()

    def _content(self) -> dict[str, Any]:
        values = self.form.draft() if self.form else {}
        return {"values": values, "base": self._base, "seen": self.seen.revision if self.seen else 0}

    def _say_alike(self, words: str) -> None:
        if words:
            self.alike.say(words, Tone.WARN)
        else:
            self.alike.clear()

    def _edited(self) -> None:
        self.draft.touch()

    @errand
    async def throw_away(self) -> None:
        """The draft is not wanted: show what is saved."""
        await self.draft.drop()
        self._show(self.rid, await self._saved(self.rid))

    def ask_leave(self) -> None:
        """Esc: go back, after asking if something is typed."""
        if not self.dirty:
            self._go_back()
            return
        sheet = Sheet(self, "还没有保存", "填的内容可以留作草稿，下次打开接着填。")
        throw = Button("不保存", "quiet")
        sheet.acts.addWidget(throw)
        sheet.offer("留作草稿", cancel="继续填写")
        sheet.done_with.connect(sheet.accept)
        sheet.done_with.connect(self._leave_draft)
        throw.clicked.connect(sheet.accept)
        throw.clicked.connect(self._leave_nothing)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    @errand
    async def _leave_draft(self) -> None:
        await self.draft.flush()
        self._begun = False
        self._go_back()
        self.bench.notice.done("已留作草稿，下次打开接着填。")

    @errand
    async def _leave_nothing(self) -> None:
        await self.draft.drop()
        self._begun = False
        self._go_back()

    def _go_back(self) -> None:
        self._begun = False
        if self.rid is None:
            self.bench.go("residents", {})
        else:
            self.bench.go("chart", {"resident": self.rid})

    def _connect(self) -> None:
        self.save.clicked.connect(self.keep)
        self.cancel.clicked.connect(self.ask_leave)
        self.discard.clicked.connect(self.throw_away)
        self.partner.namesakes.connect(self._say_alike)
        self.draft.kept.connect(self._kept.setText)
        self.draft.failed.connect(lambda words: self._kept.say(f"草稿没存上：{words}", "danger"))
        bind(self, Key("Ctrl+S", "保存", self.keep), Key("Esc", "返回", self.ask_leave))

    def _lay_out(self) -> None:
        card = Card(flush=True)
        inside = ScrollBody((24, 20, 24, 20), 16)
        inside.body.addWidget(self.said)
        inside.body.addWidget(self.alike)
        self._body = QVBoxLayout()
        holder = QWidget()
        holder.setMaximumWidth(look.sp(_WIDEST))
        holder.setLayout(self._body)
        self._body.setContentsMargins(0, 0, 0, 0)
        inside.body.addWidget(holder, 1)
        self.state = StateView(inside)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self._kept)
        foot.row.addWidget(self.discard)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("Ctrl+S 保存　Esc 返回", Role.HINT))
        foot.row.addWidget(self.cancel)
        foot.row.addWidget(self.save)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)


def _as_values(stored: Mapping[str, Any]) -> dict[str, Value]:
    """JSON has lists where the form has tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
