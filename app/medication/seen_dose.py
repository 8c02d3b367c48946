"""A record of a dose as somebody had it before their eyes: also which station's, for two stations name a slot alike."""

from __future__ import annotations

from dataclasses import dataclass

from app.medication.derived import DoseFact
from app.residents.stating import Seen


@dataclass(frozen=True)
class SeenDose(Seen):
    """`station`: who recorded it; empty where it is our own, just recorded."""

    station: str = ""

    @staticmethod
    def of(dose: DoseFact) -> SeenDose:
        return SeenDose(dose.rid, dose.revision, dose.station)
