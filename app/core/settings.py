"""The settings of a station: one dataclass, one line a setting, kept in the encrypted file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

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
    lock_after_minutes: int = 5
    stack_level_raises: bool = False  # GB/T 42195-2022 C.4: raise once though several reasons apply

    def as_stored(self) -> dict[str, Any]:
        return {key: str(value) if isinstance(value, UUID) else value for key, value in asdict(self).items()}

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Settings:
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in stored.items() if key in known}
        values["institution_id"] = UUID(values["institution_id"])
        return cls(**values)
