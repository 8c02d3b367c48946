"""What a key does on partners: in the list of the left to what is chosen there, in the rows of the right to a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.referrals.partners import (
    DropDepartment,
    PartnerPage,
    ResumeAgreement,
    ResumeLicence,
    ResumePartner,
    RetractAgreement,
    RetractLicence,
    RetractPartner,
    RetractVisitingDoctor,
)
from ui.forms.task_sheet import Task, TaskSheet
from ui.kit import ask_first
from ui.kit.file_sheet import FileSheet, ShownFile
from ui.referrals import partner_tasks as tasks
from ui.referrals.partner_acting import Acting
from ui.referrals.partner_again import Make, correcting, licence_sheet, partner_sheet
from ui.referrals.partner_columns import AGREEMENTS, DEPARTMENTS, PageLine

if TYPE_CHECKING:
    from ui.referrals.partner_view import PartnersView

_GONE = "记录保留，变更历史里能查到。"


class PartnerActs(Acting):
    """`inside`: whether the cursor is in the rows of the right."""

    def __init__(self, view: PartnersView) -> None:
        super().__init__(view)
        self.view = view

    # one key, by where the cursor is ------------------------------------------------------------------------------

    def add(self) -> None:
        """N."""
        if self.view.inside:
            self.add_row()
        else:
            self.add_here()

    def edit(self) -> None:
        """E."""
        if self.view.inside:
            self.correct_row()
        else:
            self.edit_here()

    def end(self) -> None:
        """X: it ends; what has ended goes on again."""
        if self.view.inside:
            self.end_row()
        else:
            self.end_here()

    def retract(self) -> None:
        """Delete: it was entered in error."""
        if self.view.inside:
            self.retract_row()
        else:
            self.retract_here()

    def renew(self) -> None:
        """R."""
        if self.view.licence is not None and self.view.shows_licences:
            self._task(tasks.renew_licence_task(self.view.licence, self.today))
        else:
            self.renew_row()

    # the partner, the paper -------------------------------------------------------------------------------------

    def add_here(self) -> None:
        self.view.was_inside = False
        if self.view.shows_licences:
            self.ask(TaskSheet(self.view, tasks.licence_task(None, self.today)), self.view.pick)
        else:
            self.ask(TaskSheet(self.view, tasks.partner_task(None)), self.view.pick)

    def edit_here(self) -> None:
        self.view.was_inside = False
        if self.view.shows_licences:
            if self.view.licence is not None:
                self.ask(licence_sheet(self.view, self.view.licence, self.today))
        elif (page := self.view.page) is not None:
            self._change(page, tasks.partner_task)

    def end_here(self) -> None:
        self.view.was_inside = False
        if self.view.shows_licences:
            self._end_licence()
        elif (page := self.view.page) is not None:
            if page.ended_on is not None:
                self.view.do(ResumePartner(page.seen), f"已恢复与{page.form.name}合作。")
            else:
                self._task(tasks.end_partner_task(page, self.today))

    def retract_here(self) -> None:
        self.view.was_inside = False
        row, page = self.view.licence, self.view.page
        if self.view.shows_licences and row is not None:
            self.ask_why(
                "撤销证照记录", f"{row.words}　{row.form.number}", lambda why: RetractLicence(row.seen, why)
            )
        elif not self.view.shows_licences and page is not None:
            self.ask_why("撤销机构", page.form.name, lambda why: RetractPartner(page.seen, why))

    def _end_licence(self) -> None:
        row = self.view.licence
        if row is None:
            return
        if row.stands.ended_on is not None:
            self.view.do(ResumeLicence(row.seen), f"{row.words}已恢复。")
        else:
            self._task(tasks.end_licence_task(row, self.today))

    # the rows of the right ----------------------------------------------------------------------------------------

    def add_row(self) -> None:
        self.view.was_inside = True
        page = self.view.page
        if page is None:
            return
        tab = self.view.right.chips.key
        if tab == AGREEMENTS:
            self._task(tasks.new_agreement_task(page, self.today))
        elif tab == DEPARTMENTS:
            self._task(tasks.department_task(page, None))
        else:
            self._task(tasks.visiting_task(page, None, self.today))

    def correct_row(self) -> None:
        found = self._row()
        if found is None:
            return
        page, line = found
        self._change(page, correcting(line, self.today))

    def renew_row(self) -> None:
        found = self._row()
        if found is None or found[1].agreement is None:
            self.say("先在“协议”里选中要续签的一份。")
            return
        page, line = found
        if line.agreement is not None:
            self._task(tasks.renew_agreement_task(line.agreement, page.form.name, self.today))

    def end_row(self) -> None:
        found = self._row()
        if found is None:
            return
        page, line = found
        if (agreed := line.agreement) is not None:
            if agreed.stands.ended_on is not None:
                self.view.do(ResumeAgreement(agreed.seen), f"{agreed.words}已恢复。")
            else:
                self._task(tasks.end_agreement_task(agreed, page.form.name, self.today))
        elif line.department is not None:
            self._drop(page, line)
        elif line.doctor is not None:
            self._task(tasks.end_visiting_task(line.doctor, self.today))

    def retract_row(self) -> None:
        found = self._row()
        if found is None:
            return
        page, line = found
        if (agreed := line.agreement) is not None:
            text = f"{page.form.name}　{agreed.words}　{agreed.span}"
            self.ask_why("撤销协议记录", text, lambda why: RetractAgreement(agreed.seen, why))
        elif (doctor := line.doctor) is not None:
            self.ask_why("撤销来院医师", doctor.words, lambda why: RetractVisitingDoctor(doctor.seen, why))
        elif line.department is not None:
            self._drop(page, line)

    def show_paper(self) -> None:
        """P: the scan of what is chosen."""
        row = self.view.licence if self.view.shows_licences else None
        line = None if self.view.shows_licences else self.view.right.table.current()
        agreed = line.agreement if line is not None else None
        form = row.form if row is not None else agreed.form if agreed is not None else None
        if form is None or not form.paper:
            self.say("这一份没有扫描件；按 E 更正时可以添加。")
            return
        title = row.words if row is not None else agreed.words if agreed is not None else ""
        kept = row.seen.rid if row is not None else agreed.seen.rid if agreed is not None else None
        if kept is not None:
            about = "licence" if row is not None else "agreement"
            file = ShownFile(
                title, form.paper, kept, about, missing="扫描件不随记录上传，请到存它的电脑上看。"
            )
            self.show(FileSheet(self.view.bench, self.view, file))

    # inside -------------------------------------------------------------------------------------------------------

    def _row(self) -> tuple[PartnerPage, PageLine] | None:
        self.view.was_inside = True
        page, line = self.view.page, self.view.right.table.current()
        if page is None or line is None:
            self.say("先选中一行。")
            return None
        return page, line

    def _drop(self, page: PartnerPage, line: PageLine) -> None:
        if line.department is None:
            return
        words = line.department.words
        sheet = ask_first(self.view, "去掉科室", f"{page.form.name}　{words}。{_GONE}", "去掉", grave=True)
        sheet.accepted.connect(
            lambda: self.view.do(DropDepartment(page.seen, line.place), f"{words}已去掉。")
        )
        sheet.finished.connect(self.view.take_keys)

    def _task(self, task: Task) -> None:
        self.ask(TaskSheet(self.view, task))

    def _change(self, page: PartnerPage, make: Make) -> None:
        sheet = partner_sheet(self.view, page, make)
        if sheet is not None:
            self.ask(sheet)
