"""Forms with a new password in them: the sentence under the field knows whose password it is."""

from __future__ import annotations

from collections.abc import Callable

from app.access import form as forms
from app.core.form import Form
from ui.forms import FormView

Maker = Callable[[forms.Person, forms.Typed], Form]


class PasswordForm(FormView):
    """A form with `password` and `again`; number and name come from the form's own fields, else from `whose`."""

    def __init__(self, make: Maker, whose: tuple[str, str] = ("", "")) -> None:
        self._whose = whose
        self._ready = False
        super().__init__(make(self._person, lambda: self.typed("password")))
        self._ready = True

    def whose(self, number: str, name: str) -> None:
        """The person the password is for, where the form does not ask who it is."""
        self._whose = (number, name)

    def typed(self, key: str) -> str:
        """What a field holds now, as typed for passwords and tidied otherwise; empty if there is no such field."""
        value = self.values().get(key, "") if self._ready else ""
        return value if isinstance(value, str) else ""

    def _person(self) -> tuple[str, str]:
        return (self.typed("number") or self._whose[0], self.typed("name") or self._whose[1])
