"""Forms drawn from data: one small file per kind of field.

The data is `app.core.form` (Qt-free, so that a subject describes its form beside its rules); `FormView(form)` draws it:
`values()`, `set_values()`, `draft()`, `check()`, `show_refusal()`, signals `changed` and `submitted`.
"""

from ui.forms.form_view import FormView

__all__ = ["FormView"]
