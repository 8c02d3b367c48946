"""新建或编辑档案: one page of sections, checked as typed, kept as a draft, saved by Ctrl+S."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.drafts import NOBODY_YET
from app.core.errors import Refusal, Trouble
from app.core.form import Value
from app.residents.carers import Carers
from app.residents.form import blank_values, merge, merge_words, read_values, values_of
from app.residents.forms import ResidentForm
from app.residents.queries import FormOf, FormRow
from app.residents.restating import taken_out
from app.residents.service import CreateResident, EditResident
from ui.forms import FormView
from ui.forms.form_draft import FormDraft
from ui.kit import Key, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.kit.why_sheet import WhySheet
from ui.residents.form_page import FormPage
from ui.residents.form_partner import FormPartner
from ui.residents.leave_sheet import LeaveSheet
from ui.residents.signs import today
from ui.style import Tone

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
        page = self.page = FormPage(self)
        self.said, self.alike, self.photo, self.state = page.said, page.alike, page.photo, page.state
        self.save, self.cancel, self.discard, self._kept = page.save, page.cancel, page.discard, page.kept
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(page)
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
        return self.form is not None and (self.form.draft() != self._shown or self.photo.change is not None)

    @latest
    async def load(self) -> None:
        """Ask for the resident and for a draft, then show the form."""
        rid = self._wanted
        self.save.setEnabled(False)  # what shows is not whom it will be about
        self.state.loading()
        try:
            draft = await self.draft.find(rid or NOBODY_YET)
            seen = await self._saved(rid)
            self.partner.know(await self.errands.ask(Carers()), dict(seen.names) if seen else {})
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
        photo = self.photo.change
        if self.rid is None or self.seen is None:
            order = CreateResident(filled, self._enquiry, photo.content if photo else b"")
            rid = await self.errands.do(order, busy=self.save)
            await self._kept_as(rid, f"已建档：{filled.name}")
            return
        if await self._changed_meanwhile():
            return
        gone = taken_out(self.seen.form, filled)
        if gone:
            self._ask_why(filled, gone)
        else:
            await self._edit(filled)

    async def _edit(self, filled: ResidentForm, why: str = "") -> None:
        if self.rid is None or self.seen is None:
            return
        order = EditResident(self.rid, filled, self.seen.revision, why, self.photo.change)
        await self.errands.do(order, busy=self.save)
        await self._kept_as(self.rid, f"已保存：{filled.name}")

    async def _kept_as(self, rid: UUID, words: str) -> None:
        await self.draft.drop()
        self._begun = False
        self.bench.go("chart", {"resident": rid})
        self.bench.notice.done(words)

    def _ask_why(self, filled: ResidentForm, gone: tuple[str, ...]) -> None:
        """An allergy or a diagnosis is never taken out without a reason."""
        text = f"去掉了：{'、'.join(gone)}。作废的内容在变更历史里仍可查看。"
        sheet = WhySheet(self, f"作废 {len(gone)} 条过敏或诊断", text, "作废并保存")
        sheet.said.connect(lambda why: self.errands.start("edit", lambda: self._edit(filled, why)))
        sheet.open()

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
        self.said.say(merge_words(self.form.form, merged), Tone.WARN)
        self.draft.touch()
        return True

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
        self.page.fields.addWidget(self.form)
        self.photo.show_person(seen.form.name if seen else "", seen.photo if seen else "")
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
        sheet = LeaveSheet(self)
        sheet.kept.connect(self._leave_draft)
        sheet.thrown.connect(self._leave_nothing)
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
        bind(
            self,
            Key("Ctrl+S", "保存", self.keep),
            Key("Ctrl+M", "展开或收起其余各节", self._fold),
            Key("Ctrl+Shift+V", "粘贴照片", self.photo.take_clipboard),
            Key("Esc", "返回", self.ask_leave),
        )

    def _fold(self) -> None:
        if self.form is not None:
            self.form.toggle_folds()


def _as_values(stored: Mapping[str, Any]) -> dict[str, Value]:
    """JSON has lists where the form has tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
