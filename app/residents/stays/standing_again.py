"""An absence that was called an error stands after all: what its act changed beside it is changed again."""

from __future__ import annotations

from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Unit
from app.residents.rules.windows import Window
from app.residents.search_row import keep_search
from app.residents.stating.revising import next_revision
from app.residents.stays.away import away_columns, end_absence, give_up_bed
from app.residents.stays.forms import AwayForm
from app.residents.stays.steps import Moment, absences_of, check_away_window, here, stays_of
from db.models import Absence

ON_LEAVE = "外出期间住院"


def stand_again(unit: Unit, row: Absence, like: Absence, reason: str) -> None:
    """The next revision of `row` says what `like`, a revision of it that stood, said: a leave that goes on ends with
    it, and a bed that was not kept is free. Refuses a time that overlaps another absence, or lies outside the stay."""
    now = here(unit, row.resident)
    stay = next((one for one in stays_of(unit, row.resident) if one.rid == like.stay), None)
    if stay is None:
        raise Refusal("这位老人现在不在住。")
    left = Moment(like.begins, local(unit.settings.zone, like.begins).date())
    if like.ends is None and now.away is not None and now.away.code == "leave":
        end_absence(unit, now, left, ON_LEAVE)
    others = [one for one in absences_of(unit, row.resident) if one.rid != row.rid]
    check_away_window(unit, Window(like.begins, like.ends), stay, others)
    columns = ("begins", "planned", "ends", "condition", *away_columns(AwayForm()))
    said = {name: getattr(like, name) for name in columns}
    next_revision(unit, row, reason, {**said, "state": "corrected"}, at=like.ends or like.begins)
    if like.ends is None and not like.bed_kept and now.stay is stay:
        give_up_bed(unit, now, left)
    keep_search(unit, row.resident)
