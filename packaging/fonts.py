#!/usr/bin/env python3
"""Assembles resources/fonts from the published fonts and cuts the rare Han characters from Hanazono.

Needs fonttools (MIT), which only this script uses and the program's lock therefore does not hold. Run it by
hand when a font is to be renewed:

    python packaging/fonts.py --sources DIR --out resources/fonts

DIR holds, unpacked, the npm packages @expo-google-fonts/noto-serif-sc, noto-sans-sc and noto-emoji, the
Debian packages fonts-lxgw-wenkai, fonts-hanazono and fonts-dejavu-core, and Unicode's Unihan_*.txt; files
are found by name.

What goes where, and why:
* Noto Serif SC (body), Noto Sans SC 400 and 600 (screen, headings), LXGW WenKai (filled-in values): whole
  and unchanged. Each holds all 8,105 characters of 通用规范汉字表; the script checks this.
* Rare Han: characters that none of the above holds, but that stand in China's identity-card system, in the
  dictionaries or in Unicode's core set (UnihanCore2020): the ones that turn up in names of people and
  places. The licence of Hanazono reserves its name, so the cut is called CareStation Rare Han.
* Noto Emoji and DejaVu Sans: signs (☑ ₃ ⁺ and the emoji of a pasted chat message).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WHOLE = {
    "NotoSerifSC-Regular.ttf": "NotoSerifSC_400Regular.ttf",
    "NotoSansSC-Regular.ttf": "NotoSansSC_400Regular.ttf",
    "NotoSansSC-SemiBold.ttf": "NotoSansSC_600SemiBold.ttf",
    "LXGWWenKai-Regular.ttf": "LXGWWenKai-Regular.ttf",
    "NotoEmoji-Regular.ttf": "NotoEmoji_400Regular.ttf",
    "DejaVuSans.ttf": "DejaVuSans.ttf",
}
HAN = (
    "NotoSerifSC-Regular.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-SemiBold.ttf",
    "LXGWWenKai-Regular.ttf",
)
RARE = "CareStationRareHan-Regular.ttf"
RARE_NAME = "CareStation Rare Han"
# kIRG_GSource prefixes: identity cards, place names, modern dictionaries, science, newspapers, typesetters
SOURCES = {
    "GIDC",
    "GCYY",
    "GCH",
    "GXC",
    "GXH",
    "GXHZ",
    "GFZ",
    "GKJ",
    "GCY",
    "GGH",
    "GBK",
    "GOCD",
    "GRM",
    "GFC",
}
LIMIT = 55_000_000  # bytes, all fonts together: they travel in every installer


def unihan(folder: Path, field: str) -> dict[int, str]:
    """Code point -> value of one Unihan field, wherever in the Unihan files it stands."""
    found: dict[int, str] = {}
    for file in sorted(folder.rglob("Unihan_*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) == 3 and parts[1] == field:
                found[int(parts[0].removeprefix("U+"), 16)] = parts[2]
    return found


def find(folder: Path, name: str) -> Path:
    """The one file of that name below the folder."""
    for file in sorted(folder.rglob(name)):
        return file
    sys.exit(f"{name} is not below {folder}")


def covered(file: Path) -> set[int]:
    """The code points a font has a glyph for."""
    return set(TTFont(file, lazy=True).getBestCmap())


def cut(file: Path, wanted: set[int], out: Path) -> None:
    """Writes a font with only these characters: outlines, widths and cmap, nothing else."""
    options = Options(
        drop_tables=["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "VORG", "BASE"], hinting=False, glyph_names=False
    )
    font = TTFont(file)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(out)


def rare_han(sources: Path, out: Path) -> int:
    """Cuts both Hanazono fonts, joins them under our name; says how many characters the result holds."""
    core = set(unihan(sources, "kUnihanCore2020"))
    named = {
        point for point, source in unihan(sources, "kIRG_GSource").items() if source.split("-")[0] in SOURCES
    }
    missing = (core | named).difference(*(covered(out / name) for name in HAN))
    parts = []
    for name in ("HanaMinA.ttf", "HanaMinB.ttf"):
        source = find(sources, name)
        mine = missing & covered(source)
        missing -= mine
        parts.append(out / f"part-{name}")
        cut(source, mine, parts[-1])
    font = Merger().merge([str(part) for part in parts])
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    for number, text in ((1, RARE_NAME), (2, "Regular"), (4, RARE_NAME), (6, "CareStationRareHan-Regular")):
        names.setName(text, number, 3, 1, 0x409)
    font["head"].created = font["head"].modified = 0  # the same input gives the same file
    font.recalcTimestamp = False
    font.save(out / RARE)
    for part in parts:
        part.unlink()
    return len(covered(out / RARE))


def main() -> None:
    """Assembles the folder and says what it holds; stops if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name, source in WHOLE.items():
        shutil.copyfile(find(given.sources, source), given.out / name)
    standard = set(unihan(given.sources, "kTGH"))
    for name in HAN:
        if lacking := standard - covered(given.out / name):
            sys.exit(f"{name} lacks {len(lacking)} of the {len(standard)} characters of 通用规范汉字表")
    count = rare_han(given.sources, given.out)
    total = sum(file.stat().st_size for file in given.out.glob("*.ttf"))
    sys.stdout.write(f"{RARE}: {count} characters; all fonts {total / 1e6:.1f} MB\n")
    if total > LIMIT:
        sys.exit(f"more than {LIMIT / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
