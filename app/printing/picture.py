"""A photo in the file: JPEG and plain PNG as they are kept, without decoding; anything else is no picture to us."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that are followed by its size (ISO/IEC 10918-1, table B.1)."""
_JPEG_COLOURS = {1: "DeviceGray", 3: "DeviceRGB"}
_PNG_COLOURS = {0: ("DeviceGray", 1), 2: ("DeviceRGB", 3)}


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as a file of this kind holds it: its size in dots, and how its bytes are to be read."""

    width: int
    height: int
    colours: str
    way: str  # DCTDecode, FlateDecode
    content: bytes
    channels: int = 0  # of rows that were predicted, as PNG's are


def raster_of(content: bytes) -> Raster | None:
    """The picture; None for one we cannot hand on: transparent, interlaced, of 16 bits, broken or no picture."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(content)
    except (IndexError, KeyError, ValueError, zlib.error):
        return None
    return None


def name_of(content: bytes) -> str:
    """What pages call it."""
    return f"P{hashlib.sha256(content).hexdigest()[:16]}"


def picture_stream(content: bytes) -> PDFStream:
    """The object of the file for a picture `raster_of` knows."""
    found = raster_of(content)
    if found is None:
        raise ValueError("no picture that can be embedded")
    filled: dict[str, object] = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": found.width,
        "Height": found.height,
        "ColorSpace": PDFName(found.colours),
        "BitsPerComponent": 8,
        "Filter": PDFName(found.way),
    }
    if found.channels:
        ways = {"Predictor": 15, "Colors": found.channels, "BitsPerComponent": 8, "Columns": found.width}
        filled["DecodeParms"] = PDFDictionary(ways)
    return PDFStream(dictionary=PDFDictionary(filled), content=found.content)


def _jpeg(content: bytes) -> Raster | None:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _SIZES:
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            colours = _JPEG_COLOURS.get(content[at + 9])
            if colours is None or content[at + 4] != 8 or not width or not height:
                return None
            return Raster(width, height, colours, "DCTDecode", content)
        at += 2 + length
    return None


def _png(content: bytes) -> Raster | None:
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    bits, colour, interlaced = content[24], content[25], content[28]
    if bits != 8 or interlaced or colour not in _PNG_COLOURS or not width or not height:
        return None
    colours, channels = _PNG_COLOURS[colour]
    at, parts = 8, []
    while at < len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if kind == b"IDAT":
            parts.append(content[at + 8 : at + 8 + length])
        if kind == b"tRNS":
            return None
        at += 12 + length
    whole = b"".join(parts)
    if len(zlib.decompress(whole)) != height * (1 + width * channels):
        return None
    return Raster(width, height, colours, "FlateDecode", whole, channels)
