"""The draft of a form, under the name it has in the residents' screens; it stands among the forms."""

from ui.forms.form_draft import FormDraft

__all__ = ["FormDraft"]
