"""Which certificate transfer packs are signed with, as the institution decides it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.access.decisions import keep_settings
from app.core.errors import Refusal
from app.core.form import Field, Form, Kind, Section
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.settings import Settings
from app.core.unit import Unit
from app.printing.certificate import Certificate, problem_of


@dataclass(frozen=True)
class ChangeSigning(Order[Settings]):
    """The PKCS#12 file, empty for none; a `password` of None keeps the one that is kept."""

    path: str
    password: str | None = field(default=None, repr=False)


def signing_form() -> Form:
    """设置→机构: the certificate of the station."""
    fields = (
        Field(
            "signing_certificate",
            "证书文件",
            max_length=300,
            wide=True,
            hint="PKCS#12 文件（.p12、.pfx）的路径；不填即不签名",
        ),
        Field("signing_password", "证书密码", Kind.PASSWORD, max_length=200, hint="不改就不用填"),
    )
    return Form((Section("", fields),))


@performs(ChangeSigning)
def change_signing(unit: Unit, order: ChangeSigning) -> Settings:
    """Refuses a certificate that cannot sign today. The password is kept in the encrypted file, shown to nobody."""
    unit.require(Right.CHANGE_SETTINGS)
    path = order.path.strip()
    password = unit.settings.signing_password if order.password is None else order.password
    if path:
        wrong = problem_of(Certificate(path, unit.now, unit.settings.institution_name, password))
        if wrong:
            raise Refusal(wrong, field="signing_certificate")
    settings = replace(unit.settings, signing_certificate=path, signing_password=password if path else "")
    return keep_settings(unit, settings, "change_signing")
