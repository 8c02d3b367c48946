"""What is asked of backups, as data: how often, and where the second copy goes."""

from __future__ import annotations

from app.backup.rules import MOST_HOURS
from app.core.form import Field, Form, Kind, Section


def backup_form() -> Form:
    """设置→备份. Whether the folder is there is found when it is saved: a network place may take its time."""
    fields = (
        Field(
            "every_hours", "多久自动备份一次", Kind.NUMBER, required=True, unit="小时", low=1, high=MOST_HOURS
        ),
        Field(
            "second_place",
            "第二备份位置",
            hint="U 盘、网络盘或另一块硬盘上的文件夹",
            placeholder="完整路径，空着就是不要",
            max_length=300,
            wide=True,
        ),
    )
    return Form((Section("", fields),))
