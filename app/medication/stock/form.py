"""The forms of the acts on the cupboard as data, and what a form needs to know: medicines and words on offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.rules.amounts import pieces_words
from app.medication.rules.drug import Drug
from app.medication.rules.shelf import Lot
from app.medication.stock.keeping import LONGEST, words_of
from app.medication.stock.lists import offered

Offers = Callable[[str], tuple[Choice, ...]]
MOST_OFFERS = 12


@dataclass(frozen=True)
class DrugsKnown(Question[DrugList]):
    """The whole list, to be found in while a field is typed or scanned."""


@answers(DrugsKnown)
def drugs_known(reader: Reader, question: DrugsKnown) -> DrugList:
    del question
    reader.require(Right.KEEP_STOCK)
    return drug_list(reader.session)


def drug_label(drug: Drug) -> str:
    """`氨氯地平片 5 mg/片，28 片/盒`: as the field of a medicine shows it."""
    pack = f"，{drug.pack} {drug.unit}/{drug.pack_unit or '盒'}" if drug.pack else ""
    return f"{words_of(drug)}{pack}"


def drug_offers(listed: DrugList) -> Offers:
    """Medicines a typed or scanned text may mean."""

    def find(typed: str) -> tuple[Choice, ...]:
        found = listed.search.find(typed, MOST_OFFERS) if typed.strip() else ()
        return tuple(Choice(label, label) for label in (drug_label(drug) for drug in found))

    return find


def drug_meant(listed: DrugList, label: str) -> Drug | None:
    """The medicine of a label; a barcode or code that means exactly one will do."""
    by_label = {drug_label(drug): drug for drug in listed.by_code.values()}
    if label in by_label:
        return by_label[label]
    found = listed.search.find(label, 2) if label.strip() else ()
    return found[0] if len(found) == 1 else None


def receipt_form(today: date, drug: Drug | None, drugs: Offers | None, people: Offers | None) -> Form:
    """What is asked of a lot that came in; `drugs` None: the medicine is known; `people` None: whose it is too."""
    which: list[Field] = []
    if drugs is not None:
        which.append(
            Field(
                "drug",
                "药品",
                Kind.SUGGESTED,
                required=True,
                suggest=drugs,
                wide=True,
                placeholder="名称、拼音首字母，或扫条码",
            )
        )
    if people is not None:
        which.append(_who("owner", "谁的药", people))
    pack = drug.pack_unit or "盒" if drug else "盒"
    inside = f"（每{pack} {drug.pack} {drug.unit}）" if drug and drug.pack else ""
    amount = (
        Field("packs", f"整{pack}{inside}", Kind.NUMBER, unit=pack, low=0, high=9999),
        Field("units", "散装", Kind.NUMBER, unit=drug.unit if drug else "", decimals=4, low=0, high=99999),
    )
    lot = (
        Field("lot", "批号", max_length=40, placeholder="盒上“产品批号”"),
        Field(
            "expires",
            "有效期至",
            Kind.DATE,
            required=True,
            earliest=today,
            latest=today + timedelta(days=3650),
            placeholder="如 2027-06-30",
        ),
        Field("supplier", "来源", max_length=60, placeholder="药库、医院、家属"),
        Field("note", "说明", max_length=LONGEST),
        Field("photo", "照片", Kind.PHOTOS, most=1, hint="包装和批号，可以不拍"),
    )
    sections = [Section("", (*which, *amount, *lot))]
    return Form(tuple(sections))


def disposal_form(lots: Sequence[Lot], unit: str) -> Form:
    words = offered()
    return _form(
        *_from_lot(lots, unit),
        _suggested("why", "原因", words.disposal),
        _suggested("way", "怎样处置", words.ways, required=False),
    )


def hand_back_form(lots: Sequence[Lot], unit: str, relatives: tuple[str, ...] = ()) -> Form:
    return _form(
        *_from_lot(lots, unit),
        _suggested("receiver", "谁领回", relatives),
        _suggested("why", "原因", offered().hand_back, required=False),
    )


def transfer_form(lots: Sequence[Lot], unit: str, people: Offers, *, own: bool) -> Form:
    """`own`: it may also go to the ward, which an empty field means."""
    target = _who("target", "调给哪位老人", people, required=not own)
    hint = "不填就是调回病区" if own else ""
    return _form(
        *_from_lot(lots, unit),
        Field(
            target.key, target.label, target.kind, target.required, hint, target.placeholder, suggest=people
        ),
        Field("why", "原因", max_length=LONGEST, wide=True),
    )


def opening_form(lots: Sequence[Lot], today: date, days: int) -> Form:
    return _form(
        _lot(lots),
        Field("opened_on", "开封日期", Kind.DATE, required=True, latest=today),
        Field("days", "开封后可用", Kind.NUMBER, unit="天", low=1, high=3650, required=not days),
    )


def empties_form(lots: Sequence[Lot]) -> Form:
    return _form(
        _lot(lots, required=False),
        Field("quantity", "空瓶、废贴数", Kind.NUMBER, required=True, unit="个", low=1, high=999),
        Field("receiver", "交给谁", required=True, max_length=40),
    )


def reading_form(*, humid: bool) -> Form:
    humidity = (Field("humidity", "湿度", Kind.NUMBER, unit="%", required=True, decimals=1),) if humid else ()
    return _form(
        Field("celsius", "温度", Kind.NUMBER, unit="℃", required=True, decimals=1),
        *humidity,
        Field(
            "act",
            "处理",
            Kind.SUGGESTED,
            placeholder="超出范围时必填",
            max_length=LONGEST,
            wide=True,
            suggest=_words_offered(offered().store_acts),
        ),
    )


def agreement_form(relatives: tuple[str, ...] = ()) -> Form:
    return _form(
        Field(
            "name", "签字人", Kind.SUGGESTED, required=True, max_length=40, suggest=_words_offered(relatives)
        ),
        Field("relation", "与老人关系", required=True, max_length=20, placeholder="本人、儿子、女儿"),
        Field(
            "words", "另外约定", Kind.LINES, max_length=LONGEST, placeholder="如 每月带药一次、剩余药品的处理"
        ),
    )


def issue_form(today: date) -> Form:
    return _form(
        Field("begins", "从哪天起", Kind.DATE, required=True, earliest=today),
        Field("days", "天数", Kind.NUMBER, required=True, unit="天", low=1, high=31),
        Field("receiver", "谁领取", required=True, max_length=40, placeholder="姓名和关系，或本人"),
        Field("note", "说明", max_length=LONGEST, placeholder="如 外出探亲、自行服药"),
    )


def text(values: Mapping[str, Value], key: str) -> str:
    """A value of one line; empty where the form does not ask for it."""
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def lot_words(lot: Lot, unit: str) -> str:
    """`A1，2027-06-30，28 片`."""
    expires = f"{lot.expires}" if lot.expires else "无有效期"
    return f"{lot.lot or '无批号'}，{expires}，{pieces_words(lot.left)} {unit}"


def _form(*fields: Field) -> Form:
    return Form((Section("", fields),))


def _from_lot(lots: Sequence[Lot], unit: str) -> tuple[Field, Field]:
    return (
        _lot(lots, unit),
        Field("quantity", "数量", Kind.NUMBER, required=True, unit=unit, decimals=4, low=0),
    )


def _lot(lots: Sequence[Lot], unit: str = "", *, required: bool = True) -> Field:
    choices = tuple(Choice(f"lot:{one.lot}", lot_words(one, unit)) for one in lots)
    return Field("lot", "批号", Kind.CHOICE, required=required, choices=choices, wide=True)


def lot_said(values: Mapping[str, Value]) -> str:
    """The lot that was chosen: an empty one is a lot too."""
    return text(values, "lot").removeprefix("lot:")


def lot_key(lot: str) -> str:
    return f"lot:{lot}"


def _who(key: str, label: str, people: Offers, *, required: bool = True) -> Field:
    return Field(
        key, label, Kind.SUGGESTED, required=required, suggest=people, placeholder="姓名、拼音首字母或床位"
    )


def _suggested(key: str, label: str, words: tuple[str, ...], *, required: bool = True) -> Field:
    return Field(
        key,
        label,
        Kind.SUGGESTED,
        required=required,
        suggest=_words_offered(words),
        max_length=LONGEST,
        placeholder=f"如 {'、'.join(words[:3])}" if words else "",
    )


def _words_offered(words: tuple[str, ...]) -> Offers:
    """Every word while nothing fits better: there are few."""

    def find(typed: str) -> tuple[Choice, ...]:
        fitting = [one for one in words if typed in one] or list(words)
        return tuple(Choice(one, one) for one in fitting)

    return find
