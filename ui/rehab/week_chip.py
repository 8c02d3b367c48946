"""Paints one session of the week board: time, name, discipline, and what became of it, never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.rehab.lists import attendances, disciplines
from app.rehab.queries.week_rows import BoardSession
from app.rehab.rules.sessions import SessionState
from app.residents.rules.stays import AWAY
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.style import Role, look

CHIP, PITCH = 23, 26
_DASHED = Qt.PenStyle.DashLine


@dataclass(frozen=True)
class Dress:
    """How a session is drawn: ink, fill, edge (and whether it is dashed or thick), a sign or a word at its right."""

    ink: str
    fill: str = ""
    edge: str = ""
    dashed: bool = False
    thick: bool = False
    sign: str = ""
    word: str = ""
    struck: bool = False


def dress_of(session: BoardSession, kind: str = "") -> Dress:
    """What a session looks like; `kind` as a `Spot` has it."""
    known = disciplines().get(session.discipline)
    tone = str(known.tone) if known is not None else "neutral"
    if kind == "leaving":
        return Dress("text3", "", "border2", dashed=True)
    if kind == "ghost":
        bad = session.clash == "red"
        return Dress(
            "danger.text" if bad else f"{tone}.text", "danger.tint" if bad else f"{tone}.tint",
            "danger.text" if bad else "focus", thick=True, sign="triangle-alert" if bad else "arrow-left-right",
        )  # fmt: skip
    if session.clash == "red":
        return Dress("danger.text", "danger.tint", "danger.text", thick=True, sign="triangle-alert")
    state = session.state
    if state.missed:
        ink = (
            "text3"
            if session.waived
            else "danger.text"
            if state is SessionState.UNRECORDED
            else "orange.text"
        )
        edge = (
            "border2"
            if session.waived
            else "danger.solid"
            if state is SessionState.UNRECORDED
            else "orange.solid"
        )
        word = state_words(session)
        return Dress(ink, "surface", edge, word=word if state is SessionState.UNRECORDED else word[:2])
    return _not_held(session) or _standing(session, tone)


def _not_held(session: BoardSession) -> Dress | None:
    """Cancelled, or the resident is away."""
    if session.state is SessionState.CANCELLED:
        return Dress("text3", "", "border2", dashed=True, word="取消", struck=True)
    if session.state is SessionState.AWAY:
        return Dress("text3", "neutral.tint", "", word=AWAY.get(session.away, "外出"))
    return None


def _standing(session: BoardSession, tone: str) -> Dress:
    state, ink, tint = session.state, f"{tone}.text", f"{tone}.tint"
    if state is SessionState.DONE:
        return Dress(ink, tint, sign="check")
    if state is SessionState.PARTLY:
        return Dress(ink, tint, word="部分")
    if state is SessionState.RUNNING:
        return Dress(ink, tint, sign="circle-dot")
    if session.tentative:
        return Dress(ink, "surface", f"{tone}.solid", dashed=True)
    if session.clash == "soft":
        return Dress(ink, tint, sign="circle-alert")
    return Dress(ink, tint, sign="arrow-left-right" if session.moved else "")


def state_words(session: BoardSession) -> str:
    """What a session is now, in two or three characters."""
    if session.waived:
        return "不补"
    state = session.state
    if (known := attendances().get(state.value)) is not None:
        return known.words
    return {
        SessionState.RUNNING: "进行中",
        SessionState.CANCELLED: "已取消",
        SessionState.AWAY: AWAY.get(session.away, "外出"),
        SessionState.DUE: "该训练",
        SessionState.UNRECORDED: "未记录",
    }.get(state, "待生效" if session.tentative else "待训练")


def draw_chip(painter: QPainter, rect: QRect, session: BoardSession, kind: str, *, label: str) -> None:
    """Time, discipline where it is not `label`, name, what became of it; a bar of the discipline's colour before."""
    dress = dress_of(session, kind)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_body(painter, rect, dress)
    right = _draw_right(painter, rect, dress)
    time = QRect(
        rect.left() + look.sp(9),
        rect.top(),
        metrics(Role.SMALL).horizontalAdvance("00:00") + 2,
        rect.height(),
    )
    draw_words(painter, time, session.time, Script(Role.SMALL, dress.ink))
    words = QRect(time.right() + look.sp(6), rect.top(), 0, rect.height())
    words.setRight(right)
    ink = dress.ink if dress.ink.split(".")[0] in ("danger", "orange", "text3") else "text"
    shown = _name(session, label, words.width())
    role = Role.HINT if metrics(Role.HINT).horizontalAdvance(shown) <= words.width() else Role.SMALL
    draw_words(painter, words, shown, Script(role, ink))
    if dress.struck:
        painter.setPen(QPen(look.colour(dress.ink), 1))
        middle = rect.center().y() + 0.5
        end = words.left() + min(words.width(), metrics(Role.HINT).horizontalAdvance(shown))
        painter.drawLine(QLineF(time.left(), middle, end, middle))


def _draw_body(painter: QPainter, rect: QRect, dress: Dress) -> None:
    room = QRectF(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    if dress.edge:
        width = 1.5 if dress.thick else 1.0
        room = room.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        pen = QPen(look.colour(dress.edge), width)
        if dress.dashed:
            pen.setStyle(_DASHED)
        painter.setPen(pen)
    painter.setBrush(look.colour(dress.fill) if dress.fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(room, 5, 5)
    if dress.edge or dress.ink == "text3":
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{dress.ink.split('.')[0]}.solid"))
    painter.drawRoundedRect(QRectF(rect.left(), rect.top(), look.sp(3), rect.height()), 1.5, 1.5)


def _draw_right(painter: QPainter, rect: QRect, dress: Dress) -> int:
    """The sign or word at the right; where it begins."""
    if dress.sign:
        left = rect.right() - look.sp(20)
        draw_sign(painter, QRect(left, rect.top(), look.sp(16), rect.height()), dress.sign, 15, dress.ink)
        return left - 3
    if dress.word:
        wide = metrics(Role.SMALL).horizontalAdvance(dress.word)
        room = QRect(rect.right() - look.sp(6) - wide, rect.top(), wide + 2, rect.height())
        draw_words(painter, room, dress.word, Script(Role.SMALL, dress.ink))
        return room.left() - 4
    return rect.right() - look.sp(5)


def _name(session: BoardSession, label: str, room: int) -> str:
    """The name, with the discipline before it where it is another one than the row's; where both find no room, one.

    On a resident's row (`label` is *) the discipline matters more than by whom it is done.
    """
    many = len(session.members) > 1
    name = f"{len(session.members)} 人 {session.together}" if many else session.residents
    if label == "*":
        name = session.therapist_name
    if session.short == label:
        return name
    whole = f"{session.short} {name}"
    if metrics(Role.SMALL).horizontalAdvance(whole) <= room:
        return whole
    return session.short if label == "*" else name
