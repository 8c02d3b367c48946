"""A font inside the file: the glyphs used, as a Type0 font with two-byte codes and a right way back to text.

Stock embedding splits a font into pieces of 256 characters and loses characters above U+FFFF when text is
copied; here one subset serves the whole file and every code maps back to its character (UTF-16BE).
Source: ISO 32000-1, 9.7 (composite fonts), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
)

from app.printing.faces import Face, Glyph, face

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def embed(document: PDFDocument, name: str, glyphs: Iterable[Glyph]) -> PDFObjectReference:
    """Adds one face with the glyphs used to the document; gives back the reference pages name it by."""
    used = sorted({each.code: each for each in glyphs}.values(), key=lambda each: each.code)
    held = face(name)
    subset, places = _subset(held, used)
    letters = hashlib.sha256("".join(each.code for each in used).encode()).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in letters[:6])
    label = f"{tag}+{held.font.name.decode() if isinstance(held.font.name, bytes) else held.font.name}"
    below = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": PDFName(label),
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": refer(document, _descriptor(document, held, label, subset)),
            "DW": 1000,
            "W": _widths(used),
            "CIDToGIDMap": refer(document, stream(_places(places))),
        }
    )
    font = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(label),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([refer(document, below)]),
            "ToUnicode": refer(document, stream(_to_unicode(used))),
        }
    )
    return refer(document, font)


def refer(document: PDFDocument, thing: object) -> PDFObjectReference:
    """Makes the thing an object of its own in the file."""
    reference = document.Reference(thing)  # type: ignore[no-untyped-call]  # the stubs leave it open
    assert isinstance(reference, PDFObjectReference)  # noqa: S101 - what Reference gives for any PDF object
    return reference


def stream(content: bytes, extra: dict[str, object] | None = None) -> PDFStream:
    """A compressed stream; level 2 takes a third of the time of level 6 and 5 % more room."""
    filled = PDFDictionary({"Filter": PDFName("FlateDecode"), **(extra or {})})
    return PDFStream(dictionary=filled, content=zlib.compress(content, 2))


def _subset(held: Face, used: list[Glyph]) -> tuple[bytes, dict[int, int]]:
    """The font cut to the glyphs used, and code -> glyph number inside the cut."""
    chars = [ord(each.char) for each in used]
    order: dict[int, int] = {0: 0}
    for char in chars:
        order.setdefault(held.glyphs[char], len(order))
    places = {int(each.code, 16): order[held.glyphs[char]] for each, char in zip(used, chars, strict=True)}
    return held.font.makeSubset(chars), places


def _places(places: dict[int, int]) -> bytes:
    """CIDToGIDMap: two bytes for each code from 0 up to the highest used."""
    table = bytearray(2 * (max(places) + 1))
    for code, glyph in places.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _widths(used: list[Glyph]) -> PDFArray:
    """The W array: widths other than 1000, consecutive codes together."""
    out: list[object] = []
    last = -2
    for each in used:
        code = int(each.code, 16)
        if each.width == 1000:
            continue
        if code != last + 1:
            out += [code, PDFArray([])]
        run = out[-1]
        if isinstance(run, PDFArray):
            run.sequence.append(round(each.width, 2))
        last = code
    return PDFArray(out)


def _to_unicode(used: list[Glyph]) -> bytes:
    lines = [f"<{each.code}> <{each.char.encode('utf-16-be').hex().upper()}>" for each in used]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    ranges = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return _CMAP.format(ranges=ranges).encode()


def _descriptor(document: PDFDocument, held: Face, label: str, subset: bytes) -> PDFDictionary:
    font = held.font
    file = stream(subset, {"Length1": len(subset)})
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(label),
            "Flags": 4,
            "FontBBox": PDFArray([round(edge) for edge in font.bbox]),
            "ItalicAngle": 0,
            "Ascent": round(font.ascent),
            "Descent": round(font.descent),
            "CapHeight": round(font.capHeight),
            "StemV": 80,
            "FontFile2": refer(document, file),
        }
    )
