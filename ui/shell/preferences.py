"""How this computer likes its screen: theme and text size, kept beside the station, not in it."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from ui.style import look

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """Theme and text size; `scale` is one of look.SCALES."""

    dark: bool = False
    scale: float = 1.0

    @classmethod
    def read(cls, path: Path) -> Preferences:
        """As kept; what is missing or odd is as at the first start."""
        try:
            stored = json.loads(path.read_bytes())
            dark, scale = stored["dark"], stored["scale"]
        except (OSError, ValueError, KeyError, TypeError):
            return cls()
        return cls(dark is True, scale if scale in look.SCALES else 1.0)

    def keep(self, path: Path) -> None:
        """Keep them; a full or read-only disk only means they are forgotten."""
        try:
            path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        except OSError as error:
            _log.warning("preferences not kept: %s", error)
