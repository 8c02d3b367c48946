"""Who is meant: the resident and their contacts as buttons; a press fills name, relation and phone of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.form import Value
from app.residents.queries import ChartRow
from ui.forms import FormView
from ui.kit import Labelled, OptionRow

OTHER = "other"
MOST = 4


@dataclass(frozen=True)
class Somebody:
    """One who may be named. `guardian` is proposed first."""

    name: str
    relation: str
    phone: str = ""
    guardian: bool = False

    @property
    def words(self) -> str:
        return f"{self.name}（{self.relation}）" if self.relation else self.name


def contacts_of(chart: ChartRow) -> tuple[Somebody, ...]:
    """The contacts in the order in which they are called."""
    return tuple(
        Somebody(one.name, one.relation, one.phone, one.guardian) for one in chart.contacts if one.name
    )


def deciders_of(chart: ChartRow) -> tuple[Somebody, ...]:
    """Who may agree or refuse: a guardian first, then the resident, then the others."""
    known = contacts_of(chart)
    themselves = Somebody(chart.name, "本人", chart.phone)
    return (
        *(one for one in known if one.guardian),
        themselves,
        *(one for one in known if not one.guardian),
    )


class PeopleRow(Labelled):
    """Stands above a form with `name`, `relation` and perhaps `phone`; the first one is filled in at once."""

    def __init__(self, words: str, people: Sequence[Somebody], form: FormView) -> None:
        self._people, self._form = tuple(people)[:MOST], form
        listed = tuple((str(place), one.words) for place, one in enumerate(self._people))
        self.options = OptionRow((*listed, (OTHER, "其他人")), columns=2, low=True)
        super().__init__(words, self.options)
        self.options.group.buttonClicked.connect(self._named)
        if self._people and not form.draft().get("name"):
            self.options.choose("0")
            self._fill(self._people[0])

    def _named(self) -> None:
        key = self.options.key
        if key in (None, OTHER):
            self._fill(Somebody("", ""))
            self._form.focus_on("name")
        else:
            self._fill(self._people[int(str(key))])

    def _fill(self, one: Somebody) -> None:
        values: dict[str, Value] = {"name": one.name, "relation": one.relation, "phone": one.phone}
        self._form.set_values(values)
