"""What an institution decides after set-up: its rules, and the district platform it speaks to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.access.certificates import read_certificate
from app.access.founding import SETTINGS
from app.access.rules import platform_address_problem
from app.core.errors import Refusal
from app.core.form import fold
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.settings import PLATFORM_AUTH, Settings
from app.core.unit import Unit
from db.models import Setting

LONGEST_PAUSE = 24 * 60
"""Minutes between two rounds of sync, at most."""
LONGEST_IDLE = 60
"""Minutes without a key until the screen locks, at most."""
TOLD = {
    "address": "机构地址",
    "phone": "站点电话",
    "ambulance_lift": "担架电梯",
    "ambulance_meeting": "接应地点",
}
LONGEST_TOLD = 80


def keep_settings(unit: Unit, settings: Settings, act: str) -> Settings:
    """Keep what was decided, with an audit line of this name; nothing is written where nothing changed."""
    if settings != unit.settings:
        unit.session.get_one(Setting, SETTINGS).value = settings.as_stored()
        unit.note(act, "setting", None)
    return settings


@dataclass(frozen=True)
class ChangeSettings(Order[Settings]):
    """What an institution may decide later: minutes until the screen locks, how levels are raised, what 120 is told.

    None leaves a text as it is.
    """

    lock_after_minutes: int
    stack_level_raises: bool
    address: str | None = None
    phone: str | None = None
    ambulance_lift: str | None = None
    ambulance_meeting: str | None = None


@performs(ChangeSettings)
def change_settings(unit: Unit, order: ChangeSettings) -> Settings:
    """Refuses a lock outside 1 to 60 minutes. Whoever holds the open station lets it take the new ones."""
    unit.require(Right.CHANGE_SETTINGS)
    if not 1 <= order.lock_after_minutes <= LONGEST_IDLE:
        raise Refusal(f"锁定时间是 1 到 {LONGEST_IDLE} 分钟。", field="lock_after_minutes")
    settings = replace(
        unit.settings,
        lock_after_minutes=order.lock_after_minutes,
        stack_level_raises=order.stack_level_raises,
        **_told(order),
    )
    return keep_settings(unit, settings, "change_settings")


def _told(order: ChangeSettings) -> dict[str, Any]:
    """What an ambulance is told, without white space around it; refuses what is too long to be read out."""
    told: dict[str, Any] = {}
    for name, title in TOLD.items():
        said = getattr(order, name)
        if said is None:
            continue
        told[name] = " ".join(said.split())
        if len(told[name]) > LONGEST_TOLD:
            raise Refusal(f"{title}最长 {LONGEST_TOLD} 个字。", field=name)
    return told


@dataclass(frozen=True)
class ChangePlatform(Order[Settings]):
    """Where the district platform is, as whom this station speaks to it, whom it trusts, how often.

    An empty address means no platform. A `secret` of None keeps the one that is kept.
    """

    address: str
    auth: str
    every_minutes: int
    token_address: str = ""
    client: str = ""
    secret: str | None = field(default=None, repr=False)
    scope: str = ""
    certificate: str = ""


def with_platform(settings: Settings, order: ChangePlatform) -> Settings:
    """The settings as the order would have them: for trying the connection before anything is kept."""
    signs_in = order.auth == "client_credentials"
    secret = settings.platform_secret if order.secret is None else order.secret
    return replace(
        settings,
        platform_address=fold(order.address).rstrip("/"),
        platform_auth=order.auth,
        platform_token_address=fold(order.token_address) if signs_in else "",
        platform_client=order.client.strip() if signs_in else "",
        platform_secret=secret if signs_in else "",
        platform_scope=" ".join(order.scope.split()) if signs_in else "",
        platform_certificate=order.certificate.strip(),
        sync_every_minutes=order.every_minutes,
    )


def check_platform(order: ChangePlatform, settings: Settings, now: datetime) -> Settings:
    """The settings as they would be; refuses, naming the field, what cannot be meant."""
    after = with_platform(settings, order)
    addresses = (
        ("platform_address", after.platform_address),
        ("platform_token_address", after.platform_token_address),
    )
    for key, address in addresses:
        if problem := platform_address_problem(address):
            raise Refusal(problem, field=key)
    if order.auth not in PLATFORM_AUTH:
        raise Refusal("请选择认证方式。", field="platform_auth")
    if order.auth == "client_credentials":
        if not after.platform_client:
            raise Refusal("请填写客户端编号。", field="platform_client")
        if not after.platform_secret:
            raise Refusal("请填写密钥。", field="platform_secret")
    if not 1 <= order.every_minutes <= LONGEST_PAUSE:
        raise Refusal(f"间隔是 1 到 {LONGEST_PAUSE} 分钟。", field="sync_every_minutes")
    read_certificate(after.platform_certificate, now)
    return after


@performs(ChangePlatform)
def change_platform(unit: Unit, order: ChangePlatform) -> Settings:
    """For whoever may change settings. The secret is kept in the encrypted file and shown to nobody again."""
    unit.require(Right.CHANGE_SETTINGS)
    settings = check_platform(order, unit.settings, unit.now)
    if settings != unit.settings:
        unit.tell("sync", settings.institution_id)
    return keep_settings(unit, settings, "change_platform")
