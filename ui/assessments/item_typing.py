"""What is typed at an item, sign by sign: the key of an option, a number that may still grow, a measured number."""

from __future__ import annotations

from app.assessments.instruments import Item


class Typing:
    """`typed` is what still waits for more, or for Enter. Answers come back as digits, refusals as what was typed."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self._keys = {option.key.upper(): option.digit for option in item.options}
        self.typed = ""

    def takes(self, sign: str) -> bool:
        """Whether a sign may belong to an answer here. Digits always do: a wrong one is refused in words."""
        if len(sign) != 1 or not sign.isascii():
            return False
        if self._item.quantity is not None:
            return sign.isdigit() or (sign == "." and self._item.quantity.decimals > 0)
        longer = (self.typed + sign).upper()
        return sign.isdigit() or any(key.startswith(longer) for key in self._keys)

    def add(self, sign: str) -> tuple[int | None, str]:
        """One more sign: the answer where nothing longer can be meant, or what is no answer."""
        self.typed = (self.typed + sign).upper()
        if self._item.quantity is not None:
            return None, ""
        longer = self.typed != "0" and any(
            key.startswith(self.typed) and key != self.typed for key in self._keys
        )
        return (None, "") if longer else self.end()

    def end(self) -> tuple[int | None, str]:
        """Nothing more comes: the answer, or what is no answer."""
        typed, self.typed = self.typed, ""
        quantity = self._item.quantity
        if quantity is None:
            digit = self._keys.get(typed)
            return digit, "" if digit is not None else typed
        _whole, _point, places = typed.partition(".")
        try:
            value = float(typed)
        except ValueError:
            return None, typed
        fits = len(places) <= quantity.decimals and quantity.holds(value)
        return (quantity.digit(value), "") if fits else (None, typed)

    def back(self) -> bool:
        """Take the last sign away; False where there is none."""
        had, self.typed = bool(self.typed), self.typed[:-1]
        return had

    def clear(self) -> None:
        self.typed = ""

    def refused(self, sign: str) -> str:
        """Why something is no answer."""
        quantity = self._item.quantity
        if quantity is not None:
            places = f"，最多{quantity.decimals}位小数" if quantity.decimals else ""
            return f"{sign} 不行：应是 {quantity.limits}{places}。"
        options = sorted(self._item.options, key=lambda one: one.digit)
        signs = [option.key for option in options]
        known = f"{signs[0]}～{signs[-1]}" if self._item.points else "、".join(signs)
        return f"没有选项 {sign}，可选 {known}。"
