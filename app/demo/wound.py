"""Draws an invented wound for the demo's photo series: a red patch on a plain ground, as a PNG without any library."""

from __future__ import annotations

import base64
import struct
import zlib

WIDTH, HEIGHT = 240, 180


def picture(size: float) -> str:
    """A `data:` text of a picture; `size` 0 to 1 is how large the patch is."""
    across, high = 12 + 80 * size, 10 + 56 * size
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)
        for x in range(WIDTH):
            away = ((x - WIDTH / 2) / across) ** 2 + ((y - HEIGHT / 2) / high) ** 2
            rows += _colour(away, (x * 7 + y * 13) % 9)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = (_part(b"IHDR", header), _part(b"IDAT", zlib.compress(bytes(rows), 6)), _part(b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    return "data:image/png;base64," + base64.b64encode(content).decode("ascii")


def _colour(away: float, grain: int) -> bytes:
    if away < 0.55:
        return bytes((176 - grain, 58 + grain, 56))
    if away < 1:
        return bytes((214 - grain, 120, 104))
    if away < 1.5:
        return bytes((232, 178 - grain, 158))
    return bytes((236 - grain, 206 - grain, 184 - grain))


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
