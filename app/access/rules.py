"""Rules of people and rights, pure: passwords, PINs, numbers, sign-in delays, addresses that may be spoken to."""

from __future__ import annotations

import ipaddress
import itertools
import re
from urllib.parse import urlsplit

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
FREE_TRIES = 5
FIRST_DELAY = 30.0
LONGEST_DELAY = 900.0


def staff_number_problem(number: str) -> str | None:
    """What is wrong with a staff number 工号; None if nothing."""
    if not number:
        return "请填写工号。"
    if not re.fullmatch(r"[0-9A-Za-z]{1,12}", number):
        return "工号用 1–12 位数字或字母。"
    return None


def name_problem(name: str) -> str | None:
    """What is wrong with a person's name."""
    if not name.strip():
        return "请填写姓名。"
    if len(name.strip()) > 40:
        return "姓名最长 40 个字。"
    if re.search(r"[0-9<>{}\[\]\\/|@#$%^&*_=+]", name):
        return "姓名里有数字或符号，请核对。"
    return None


def password_problem(password: str, number: str = "", name: str = "") -> str | None:
    """Why a password is too weak: at least 8 characters, letters and digits, not the person's own number or name."""
    if len(password) < 8:
        return "密码至少 8 位。"
    if len(password) > 128:
        return "密码最长 128 位。"
    if not (re.search(r"[A-Za-z]", password) and re.search(r"[0-9]", password)):
        return "密码要同时有字母和数字。"
    if len(set(password)) < 4:
        return "密码太简单，请换一个。"
    for own in (number, name):
        if len(own) >= 2 and own.lower() in password.lower():
            return "密码里不要含自己的工号或姓名。"
    return None


def pin_problem(pin: str) -> str | None:
    """Why a PIN is refused: six digits, not all alike, no straight run."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return "PIN 是 6 位数字。"
    steps = {int(b) - int(a) for a, b in itertools.pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        return "这个 PIN 太容易猜，请换一个。"
    return None


def institution_code_problem(code: str) -> str | None:
    """What is wrong with a 统一社会信用代码 (GB 32100-2015: 18 characters, the last a check character)."""
    if not code:
        return "请填写统一社会信用代码。"
    if len(code) != 18:
        return f"统一社会信用代码是 18 位，现在是 {len(code)} 位。"
    if any(character not in USCC_ALPHABET for character in code):
        return "统一社会信用代码只含数字和大写字母，不含 I、O、S、V、Z。"
    if institution_check_character(code[:17]) != code[17]:
        return "统一社会信用代码的校验位不对，请核对。"
    return None


def institution_check_character(first17: str) -> str:
    """The check character of GB 32100-2015: 31 minus the weighted sum modulo 31."""
    total = sum(
        USCC_ALPHABET.index(character) * weight
        for character, weight in zip(first17, _USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[(31 - total % 31) % 31]


def station_number_problem(number: str) -> str | None:
    """What is wrong with a station number: two digits, 01 to 99."""
    if not re.fullmatch(r"[0-9]{2}", number) or number == "00":
        return "站点编号是两位数字，01 到 99。"
    return None


def delay_after(failures: int) -> float:
    """Seconds to wait after so many wrong passwords in a row: none up to five, then doubling to a quarter hour."""
    if failures < FREE_TRIES:
        return 0.0
    doublings = min(failures - FREE_TRIES, 10)  # a longer row would overflow before it is cut to the longest
    return min(FIRST_DELAY * 2.0**doublings, LONGEST_DELAY)


def platform_address_problem(address: str) -> str | None:
    """What is wrong with the address of a server; an empty one means none. http:// only to this very computer."""
    if not address:
        return None
    if re.search(r"\s", address):
        return "地址里有空格，请删掉。"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "地址写得不对，请核对端口和括号。"
    wrong = (
        ("://" not in address or parts.scheme not in ("https", "http"), "地址要以 https:// 开头。"),
        (parts.username is not None, "地址里不要写用户名和密码，请填在下面的认证里。"),
        (not re.fullmatch(r"[\w.-]+|[0-9a-fA-F:]+", host), "地址里没有服务器名，请核对。"),
        ("?" in address or "#" in address, "地址里不要带 ? 或 # 后面的内容。"),
        (
            parts.scheme == "http" and not _is_this_computer(host),
            "不加密的 http:// 只能用于本机，请改成 https://。",
        ),
    )
    return next((words for is_wrong, words in wrong if is_wrong), None)


def _is_this_computer(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
