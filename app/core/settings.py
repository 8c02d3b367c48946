"""The settings of a station: one dataclass, one line a setting, kept in the encrypted file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any
from uuid import UUID

PLATFORM_AUTH = ("none", "client_credentials")
INSTITUTION_TYPES = ("医务室", "护理站", "医院", "养老机构内设诊所")


@dataclass(frozen=True)
class Settings:
    """What an institution decides. New settings need a default, so that older files open."""

    institution_name: str
    institution_code: str  # 统一社会信用代码, GB 32100-2015
    institution_type: str  # decides which acts exist; one of INSTITUTION_TYPES
    institution_id: UUID  # identifiers on the platform use system urn:uuid:<this>
    station_number: str  # two digits, first part of every human number
    station_name: str = ""
    zone: str = "Asia/Shanghai"
    address: str = ""  # of the institution, as it is told to 120
    phone: str = ""  # of the station, answered day and night
    ambulance_lift: str = ""  # which lift takes a stretcher
    ambulance_meeting: str = ""  # where somebody waits for the ambulance, and which gate is open
    lock_after_minutes: int = 5
    order_times: dict[str, list[str]] = field(
        default_factory=dict
    )  # frequency code → its own times of the day
    stack_level_raises: bool = False  # GB/T 42195-2022 C.4: raise once though several reasons apply
    platform_address: str = ""  # base of the district platform's FHIR R4 server; empty: none
    platform_auth: str = "none"  # one of PLATFORM_AUTH
    platform_token_address: str = ""  # empty: asked of the server (.well-known/smart-configuration)
    platform_client: str = ""
    platform_secret: str = field(default="", repr=False)
    platform_scope: str = ""
    platform_certificate: str = ""  # PEM of the one authority trusted for it; empty: those of the system
    sync_every_minutes: int = 5
    backup_every_hours: int = 4
    signing_certificate: str = ""  # PKCS#12 file a transfer pack is signed with; empty: it is not signed
    signing_password: str = field(default="", repr=False)
    backup_second_place: str = ""  # a folder for a second copy of each backup; empty: none

    def as_stored(self) -> dict[str, Any]:
        return {key: str(value) if isinstance(value, UUID) else value for key, value in asdict(self).items()}

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Settings:
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in stored.items() if key in known}
        values["institution_id"] = UUID(values["institution_id"])
        return cls(**values)
