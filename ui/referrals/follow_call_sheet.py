"""呼叫 120: what is read out, in large letters, over its form; 交接: a resuscitation is asked of if there was one."""

from __future__ import annotations

from app.core.form import Value
from app.referrals.around import SIGNS
from app.referrals.queries.rows import ReferralLine
from ui.forms.act_sheet import ActSheet, Task
from ui.forms.task_sheet import Again
from ui.kit import Card, Words
from ui.kit.view import View
from ui.referrals.follow_cpr import asked_of_cpr
from ui.style import Role


class CallSheet(ActSheet):
    """The text follows what is typed; nothing has to be kept before it can be read."""

    def __init__(self, view: View, task: Task, line: ReferralLine, again: Again) -> None:
        super().__init__(view, task, again=again)
        self._line = line
        self.aloud = Words("", Role.CARD_TITLE, wrap=True)
        card = Card("照着读", "改下面的内容，这里跟着变")
        card.body.addWidget(self.aloud)
        self.inside.body.insertWidget(0, card)
        self.form.changed.connect(self._read)
        self._read()

    def renew(self, face: Task) -> None:
        super().renew(face)
        self._read()

    def _read(self) -> None:
        self.aloud.setText(aloud_words(self._line, self.form.draft()))


class HandOverSheet(ActSheet):
    """What the crew took over; the times of a resuscitation are asked for once somebody says that there was one."""

    def __init__(self, view: View, task: Task, again: Again) -> None:
        super().__init__(view, task, again=again)
        self.form.changed.connect(self._ask)
        self._ask()

    def begin(self) -> None:
        """In the first empty field that is asked."""
        values, fields = self.form.values(), [one.key for one in self.task.form.fields]
        empty = [key for key in fields if not values[key] and self.form.asks(key)]
        self.form.focus_on(empty[0] if empty else fields[0])

    def renew(self, face: Task) -> None:
        """Somebody else may have told of a resuscitation."""
        super().renew(face)
        self._ask()

    def _ask(self) -> None:
        fields, said = (one.key for one in self.task.form.fields), self.form.draft()
        self.form.ask_only(asked_of_cpr(tuple(fields), str(said["cpr"]), str(said["aed"])))


def aloud_words(line: ReferralLine, said: dict[str, Value]) -> str:
    """Where, who, how, since when, what was done, what matters; what nobody said is left out."""

    def text(key: str) -> str:
        return str(said.get(key) or "").strip()

    sex = {"1": "男", "2": "女"}.get(line.sex, "")
    born = f"{line.birth_date.year} 年生" if line.birth_date else ""
    signs = "，".join(
        f"{title}{SIGNS[answer]}"
        for title, answer in (("意识", text("conscious")), ("呼吸", text("breathing")))
        if answer in SIGNS
    )
    parts = (
        ("地址", text("address")),
        ("接应", text("meeting")),
        ("电话", text("phone")),
        ("老人", "，".join(filter(None, (line.name, sex, born)))),
        ("", signs),
        ("症状", "，".join(filter(None, (text("symptoms"), text("since"))))),
        ("已做", text("done")),
        ("注意", text("background")),
        ("传染", text("infectious")),
        ("想去", text("whither")),
        ("随车", text("companion")),
    )
    return "\n".join(f"{title}：{words}" if title else words for title, words in parts if words)
