"""One medicine to read: everything that ordering and giving go by, what it is mistaken for, and whence it is known."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.medication.drugs.classes import class_words
from app.medication.drugs.form import FLAG_WORDS, STORAGE_WORDS
from app.medication.drugs.queries import DrugKnown
from app.medication.drugs.writing import narrowed
from app.medication.lists import MEALS, frequency_words, holds, questions, route_of
from app.medication.rules.amounts import amount_words
from app.medication.rules.drug import Drug, Limit
from ui.kit import Card, Fact, ScrollBody, Tags, Words
from ui.medication.drug_box import AlikeLine
from ui.medication.drug_marks import marks_of, size_words
from ui.style import Role

_MARKED = {"high_alert", "weekly", "skin_test", "essential"}
"""Flags that stand as marks above the facts."""


class DrugCard(Card):
    """Shows one at a time."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self._scroll = ScrollBody((20, 18, 20, 18), 12)
        self._shown: list[QWidget] = []
        self.body.addWidget(self._scroll, 1)

    def show_drug(self, known: DrugKnown) -> None:
        """Show another."""
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        while self._scroll.body.takeAt(0) is not None:
            pass
        drug = known.drug
        alike = AlikeLine()
        self._shown = [
            Words(drug.title, Role.CARD_TITLE, wrap=True),
            Words(size_words(drug) or "—", Role.BODY, ink="text2", wrap=True),
            *([Tags(marks_of(drug), most=5)] if marks_of(drug) else []),
            *([alike] if known.alike else []),
            *(Fact(caption, words, ink=ink) for caption, words, ink in facts_of(known) if words),
        ]
        for widget in self._shown:
            self._scroll.body.addWidget(widget)
        alike.say(drug, known.alike)
        self._scroll.body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)


def facts_of(known: DrugKnown) -> Iterator[tuple[str, str, str]]:
    """Caption, words, ink."""
    drug = known.drug
    yield "商品名", "、".join(drug.trade), ""
    yield "说明", drug.note, ""
    yield "藏有的西药成分", "、".join(drug.hidden), "danger"
    yield (
        "每单位含量",
        "、".join(f"{one.ingredient} {amount_words(one.amount)} {one.unit}" for one in drug.contains),
        "",
    )
    yield "类别", "、".join(class_words(key) for key in narrowed(drug.classes)), ""
    yield "给药途径", "、".join(route_of(code).words for code in drug.routes), ""
    yield "常用频次", " · ".join(part for part in (_often(drug), MEALS[drug.meal]) if part), ""
    yield "老年人常用剂量", _limit(drug.limit) if drug.limit else "", ""
    yield "给药前查看", "、".join(_hold(key) for key in drug.holds), ""
    yield (
        "其他标记",
        "、".join(words for key, words in FLAG_WORDS.items() if getattr(drug, key) and key not in _MARKED),
        "",
    )
    yield "储存", _storage(drug), ""
    yield "成分", "、".join(drug.ingredients), ""
    yield "ATC 编码", drug.atc, ""
    yield "别名", "、".join(drug.also), ""
    yield "条码", "、".join(drug.barcodes), ""
    yield "来自", _whence(known), ""
    yield "来源", drug.source, ""


def _often(drug: Drug) -> str:
    return frequency_words(drug.usual) if drug.usual else ""


def _limit(limit: Limit) -> str:
    low, high, day = (
        amount_words(one) if one is not None else "" for one in (limit.low, limit.high, limit.day)
    )
    once = (
        f"一次 {'–'.join(dict.fromkeys(part for part in (low, high) if part))} {limit.unit}"
        if low or high
        else ""
    )
    return "，".join(part for part in (once, f"一日不超过 {day} {limit.unit}" if day else "") if part)


def _hold(key: str) -> str:
    if key in holds():
        one = holds()[key]
        return f"{one.words}低于 {one.below:f} {one.unit} 暂缓"
    known = questions().get(key)
    return f"{known.words}暂缓" if known is not None else key


def _storage(drug: Drug) -> str:
    opened = f"开封后 {drug.opened_days} 天内用完" if drug.opened_days else ""
    return "，".join(
        part for part in (STORAGE_WORDS[drug.storage], "避光" if drug.dark else "", opened) if part
    )


def _whence(known: DrugKnown) -> str:
    if not known.drug.own:
        return "随程序"
    if not known.offered:
        return "本院，已停用"
    return "本院版本，代替随程序的同一药品" if known.shipped is not None else "本院添加"
