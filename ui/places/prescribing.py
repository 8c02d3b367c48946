"""The places of prescriptions: the lists, and the form of one; each is loaded when somebody first goes there."""

from __future__ import annotations

from ui.kit.view import Bench, View


def prescriptions(bench: Bench) -> View:
    """长期、延伸处方 and free medicines."""
    from ui.medication.rx_view import RxView

    return RxView(bench)


def prescription(bench: Bench) -> View:
    """One that is being written."""
    from ui.medication.rx_form_view import RxFormView

    return RxFormView(bench)
