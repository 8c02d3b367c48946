"""Fonts: what a Chinese institution writes has a glyph; what has none is reported, never dropped."""

from __future__ import annotations

import pytest

from app.core.resources import resource
from app.printing.faces import CHAINS, FILES, TOFU, clean, face, glyph

# every character of 通用规范汉字表 (8,105) that lies above U+FFFF
STANDARD_HIGH = (
    "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣"
    "𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩"
    "𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹"
    "𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
GB2312_HAN = "".join(
    bytes((high, low)).decode("gb2312")
    for high in range(0xB0, 0xF8)
    for low in range(0xA1, 0xFF)
    if not (high == 0xD7 and low > 0xF9)
)


@pytest.mark.parametrize("chain", CHAINS)
def test_every_standard_character_stands_in_the_chain_s_own_face(chain: str) -> None:
    assert len(GB2312_HAN) == 3755 + 3008
    own = face(CHAINS[chain][0])
    assert [char for char in GB2312_HAN + STANDARD_HIGH if not own.has(char)] == []


@pytest.mark.parametrize("chain", CHAINS)
def test_gbk_and_signs_of_the_trade_have_a_glyph(chain: str) -> None:
    signs = "₃⁺²℃℉㎡μµ①⑩ⅠⅣⅫ×÷±≥≤≈→↑↓√✓☑□■●○◎★▲△※°‰½αβγ·—…“”‘’《》【】〇々￥€😀👍❤"
    every_han = "".join(map(chr, range(0x4E00, 0x9FA6)))
    assert [char for char in signs + every_han if glyph(char, chain).missing] == []


def test_rare_name_characters_come_from_the_rare_face() -> None:
    # U+20164 and U+2A7DD are in none of the everyday faces
    found = [char for char in map(chr, range(0x20000, 0x2A6DE)) if glyph(char, "kai").face == "rare"]
    assert len(found) > 500


def test_a_character_no_face_has_prints_a_stand_in_and_is_named() -> None:
    stand_in = glyph("\U000e1234", "song")
    assert (stand_in.char, stand_in.missing) == (TOFU, "\U000e1234")
    assert glyph(TOFU, "song").missing == ""


def test_a_script_written_from_the_right_is_reported_rather_than_turned_round() -> None:
    assert glyph("ئ", "song").missing == "ئ"


def test_two_characters_on_one_glyph_keep_their_own_codes() -> None:
    song = face("song")
    assert song.glyphs[ord("⼀")] == song.glyphs[ord("一")]
    assert song.code("⼀") != song.code("一")


def test_marks_without_a_shape_go_and_tabs_become_spaces() -> None:
    assert clean("王\u200b桂\ufeff芳\t女\r\n好\x07") == "王桂芳 女\n好"


def test_each_font_has_its_licence_beside_it_and_all_fit_the_installer() -> None:
    folder = resource("fonts")
    licences = {file.name.removesuffix(".LICENSE.txt") for file in folder.glob("*.LICENSE.txt")}
    assert {name.split("-")[0].split(".")[0] for name in FILES.values()} == licences
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 55_000_000
