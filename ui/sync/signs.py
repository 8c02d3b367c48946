"""How each state of sync is drawn: its drawing and its tone, the same in list, story and foot."""

from __future__ import annotations

from ui.style import Tone

STATE_SIGNS: dict[str, tuple[str, Tone]] = {
    "written": ("square-pen", Tone.NEUTRAL),
    "sent": ("upload", Tone.NEUTRAL),
    "came": ("download", Tone.OK),
    "pending": ("clock", Tone.INFO),
    "held": ("hard-drive", Tone.NEUTRAL),
    "local": ("hard-drive", Tone.NEUTRAL),
    "sending": ("cloud-upload", Tone.INFO),
    "unknown": ("search", Tone.INFO),
    "conflict": ("arrow-left-right", Tone.DANGER),
    "quarantined": ("inbox", Tone.WARN),
    "refused": ("inbox", Tone.WARN),
    "acked": ("circle-check", Tone.OK),
    "replaced": ("circle-check", Tone.NEUTRAL),
}
PHASE_SIGNS: dict[str, tuple[str, Tone]] = {
    "unset": ("hard-drive", Tone.NEUTRAL),
    "unchecked": ("clock", Tone.NEUTRAL),
    "off": ("clock", Tone.NEUTRAL),
    "online": ("cloud-check", Tone.OK),
    "offline": ("cloud-off", Tone.ORANGE),
    "busy": ("clock", Tone.WARN),
    "refused": ("shield-alert", Tone.DANGER),
    "forbidden": ("shield-alert", Tone.DANGER),
    "strange": ("triangle-alert", Tone.DANGER),
}
GROUPS: dict[str, tuple[str, Tone, str]] = {
    "conflict": ("冲突", Tone.DANGER, "两边都留着，等人来定"),
    "aside": ("搁置", Tone.WARN, "不拦别的记录"),
    "waiting": ("待上传", Tone.INFO, ""),
    "held": ("不上传", Tone.NEUTRAL, "按意愿只留在本机"),
    "received": ("区平台已收", Tone.OK, ""),
}
