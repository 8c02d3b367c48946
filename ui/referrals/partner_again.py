"""The correcting sheets of partners and papers, each made of what stands; and anew when somebody else changed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.referrals.partners import DepartmentRow, LicenceRow, Licences, PartnerById, PartnerPage
from ui.forms.task_sheet import Task, TaskSheet, read_again
from ui.kit.view import View
from ui.referrals import partner_tasks as tasks
from ui.referrals.partner_columns import PageLine

Make = Callable[[PartnerPage], Task | None]


def partner_sheet(view: View, page: PartnerPage, make: Make) -> TaskSheet | None:
    """`make` gets the page as it stands; None where what is to be changed is not on it any more."""
    task = make(page)
    if task is None:
        return None
    again = read_again(
        view.errands, PartnerById(page.seen.rid), lambda now: None if now is None else make(now)
    )
    return TaskSheet(view, task, again=again)


def licence_sheet(view: View, row: LicenceRow, today: date) -> TaskSheet:
    def make(rows: tuple[LicenceRow, ...]) -> Task | None:
        same = (one for one in rows if one.seen.rid == row.seen.rid)
        return next((tasks.licence_task(one, today) for one in same), None)

    task = tasks.licence_task(row, today)
    return TaskSheet(view, task, again=read_again(view.errands, Licences(), make))


def correcting(line: PageLine, today: date) -> Make:
    """The sheet of a line of the page: an agreement, a department, a doctor who comes."""

    def make(page: PartnerPage) -> Task | None:
        if line.agreement is not None:
            agreed = (one for one in page.agreements if one.seen.rid == line.agreement.seen.rid)
            return next((tasks.correct_agreement_task(one, page.form.name, today) for one in agreed), None)
        if line.doctor is not None:
            doctor = (one for one in page.doctors if one.seen.rid == line.doctor.seen.rid)
            return next((tasks.visiting_task(page, one, today) for one in doctor), None)
        place = None if line.department is None else _place(page, line.department)
        return None if place is None else tasks.department_task(page, place)

    return make


def _place(page: PartnerPage, row: DepartmentRow) -> int | None:
    """Where a department stands now: one before it may have gone meanwhile."""
    names = [one.words for one in page.departments]
    return names.index(row.words) if row.words in names else None
