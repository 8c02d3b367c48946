"""A medicine of the drug list: one product (form and strength) with every fact that ordering and giving go by."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.medication.rules.amounts import amount_words, in_unit

CONTROLS = ("", "麻", "精一", "精二", "毒")
"""How the law controls a medicine: 麻醉药品, 第一类/第二类精神药品, 医疗用毒性药品."""
STORAGES = ("normal", "cool", "fridge")
"""常温 10–30 ℃, 阴凉 ≤ 20 ℃, 冷藏 2–8 ℃."""


@dataclass(frozen=True)
class Limit:
    """What is usual for an older person: one dose and a day, in `unit`; None where nothing is said."""

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    day: Decimal | None = None


@dataclass(frozen=True)
class Part:
    """One active substance in one unit of a compound."""

    ingredient: str
    amount: Decimal
    unit: str


@dataclass(frozen=True)
class Drug:
    """One product. `code` never changes: orders, stock and the platform name it.

    `name` is the generic name; with its form it is the `title`. `ingredients` are INN names in lower case, those a
    patent medicine hides (`hidden`) among them; `classes` are keys of `resources/drugs/classes.toml`. `strength` is the
    amount of `strength_unit` in one `unit` (片, 支, mL …), None where it has none to reckon with. `pack` units are in
    one `pack_unit`.
    """

    code: str
    group: str  # products of one group have the same active substances: 氨氯地平 5 mg and 10 mg
    name: str
    inn: str
    atc: str
    form: str
    unit: str
    strength: Decimal | None = None
    strength_unit: str = ""
    strength_words: str = ""
    trade: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other names it is looked for by: with its salt, old names (心痛定)
    barcodes: tuple[str, ...] = ()
    pack: int = 0
    pack_unit: str = ""
    ingredients: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    contains: tuple[Part, ...] = ()  # what is in one `unit` of a compound, where it matters for a day's total
    classes: tuple[str, ...] = ()
    routes: tuple[str, ...] = ("po",)  # codes of resources/medication/routes.toml, the usual one first
    usual: str = ""  # the frequency it is mostly given at, a code of resources/medication/frequencies.toml
    meal: str = ""  # ac, pc, with, empty; "" where it does not matter
    high_alert: bool = False
    control: str = ""
    time_critical: bool = False
    weekly: bool = False  # given once a week: the weekday must be chosen, and daily is refused
    skin_test: bool = False
    whole: bool = False  # must not be crushed, split or chewed
    second: bool = False  # a second person checks before it is given (injectables and opioids)
    holds: tuple[str, ...] = ()  # keys of resources/medication/holds.toml
    look_alike: tuple[str, ...] = ()  # codes of groups it is mistaken for
    storage: str = "normal"
    dark: bool = False
    storage_special: bool = False  # corrections P4
    opened_days: int = 0  # days it may be used once opened
    antimicrobial: bool = False
    essential: bool = False  # on the institution's list of free basic medicines [U]: configuration
    tcm: bool = False  # 中成药
    limit: Limit | None = None
    note: str = ""  # what giving it needs: 餐中, 整片吞服 …
    source: str = ""
    own: bool = False  # the institution's own addition

    @property
    def title(self) -> str:
        """The name with its form, as an order names it: 氨氯地平片."""
        return self.name if self.name.endswith(self.form) else f"{self.name}{self.form}"

    @property
    def size(self) -> str:
        """What is in one unit, as it stands on the box: `5 mg`, `3 mL:300 U`."""
        if self.strength_words or self.strength is None:
            return self.strength_words
        return f"{amount_words(self.strength)} {self.strength_unit}"

    @property
    def packed(self) -> str:
        """How many are in a pack: `28 片/盒`; empty where nothing is known."""
        return f"{self.pack} {self.unit}/{self.pack_unit}" if self.pack else ""

    @property
    def injectable(self) -> bool:
        return any(route in ("sc", "im", "iv", "ivgtt", "id") for route in self.routes)

    def units_of(self, amount: Decimal, unit: str) -> Decimal | None:
        """How many base units (tablets, mL) a dose is; None where the two cannot be reckoned."""
        if unit == self.unit:
            return amount
        if self.strength is None:
            return None
        same = in_unit(amount, unit, self.strength_unit)
        return None if same is None else same / self.strength

    def amount_of(self, units: Decimal) -> Decimal | None:
        """The amount of active substance in so many base units, in `strength_unit`."""
        return None if self.strength is None else units * self.strength
