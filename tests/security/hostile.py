"""Files that somebody might upload to harm, made here so that none lies in the tree."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"
MEGABYTE = 2**20


def jpeg(width: int = 60, height: int = 40, **more: object) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 90)).save(out, "JPEG", **more)
    return out.getvalue()


def zipped(size: int = 10 * MEGABYTE) -> bytes:
    """A zip that unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"0" * size)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * MEGABYTE, 9)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def text_bomb() -> bytes:
    """A PNG with a compressed text of a hundred megabytes."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    text = b"Comment\0\0" + zlib.compress(b"0" * (100 * MEGABYTE), 9)
    whole = out.getvalue()
    return whole[:33] + _chunk(b"zTXt", text) + whole[33:]


def plain_bomb() -> bytes:
    """A whole PNG of 49 million pixels in a few thousand bytes."""
    out = io.BytesIO()
    Image.new("1", (7000, 7000)).save(out, "PNG")
    return out.getvalue()


def animated() -> bytes:
    """A GIF of three pictures, with a comment."""
    frames = [Image.new("P", (20, 20), n) for n in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=SCRIPT)
    return out.getvalue()


def located() -> bytes:
    """A JPEG that says where and with what it was taken, with a profile and a comment."""
    exif = Image.Exif()
    exif[0x0110] = "A telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 21.0, 43.2), 3: "E", 4: (107.0, 9.0, 0.0)})
    profile = b"PROFILE" * 20
    return jpeg(exif=exif, comment=SCRIPT + b"COMMENT", icc_profile=profile)


NO_PICTURE: dict[str, Callable[[], bytes]] = {
    "an SVG with a script": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
    ),
    "HTML called .jpg": lambda: b"<!doctype html>" + SCRIPT,
    "GIF89a and then a script": lambda: b"GIF89a/*" + SCRIPT,
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n",
    "PDF": lambda: b"%PDF-1.7\n",
    "a zip bomb": zipped,
    "a JPEG broken off": lambda: jpeg(900, 900)[:700],
    "a JPEG of two bytes": lambda: b"\xff\xd8",
    "a PNG of 4,000 million pixels": lambda: png_bomb(65000, 65000),
    "a PNG of 100 million pixels": lambda: png_bomb(10000, 10000),
    "a PNG of 49 million pixels": plain_bomb,
    "a PNG with a text of 100 MB": text_bomb,
    "a TIFF that points nowhere": lambda: b"II*\0" + b"\xff" * 60,
    "an icon": lambda: b"\0\0\1\0\1\0" + b"\0" * 40,
    "zeros": lambda: b"\0" * 5000,
}
MADE_HARMLESS: dict[str, Callable[[], bytes]] = {
    "a JPEG that is HTML too": lambda: jpeg(comment=SCRIPT),
    "a JPEG that is a zip too": lambda: jpeg() + zipped(MEGABYTE),
    "a JPEG followed by HTML": lambda: jpeg() + SCRIPT,
    "an animated GIF": animated,
    "a JPEG with place, device, profile": located,
}
NOT_SHAPES: dict[str, Callable[[], bytes]] = {
    **{name: NO_PICTURE[name] for name in ("an SVG with a script", "HTML called .jpg", "zeros")},
    "a zip bomb": zipped,
    "a million brackets": lambda: b"[" * MEGABYTE,
    "numbers without end": lambda: (
        b'{"type":"FeatureCollection","features":[' + b"9" * 50000 + b"]}"
    ),
    "no number": lambda: b'{"type":"Point","coordinates":[NaN,Infinity]}',
    "three megabytes": lambda: b" " * (3 * MEGABYTE),
    "UTF-16": lambda: '{"type":"FeatureCollection"}'.encode("utf-16"),
    "half a character": lambda: b'{"type":"\xff\xfe"}',
    "half a pair": lambda: (
        b'{"type":"Feature","properties":{"name":"\\ud800"},"geometry":'
        b'{"type":"Point","coordinates":[107.1,34.36]}}'
    ),
}
NAMES = (
    "../../etc/passwd.jpg", "..\\..\\boot.jpg", "a\0.jpg", "x" * 5000 + ".jpg", "\u202egpj.exe",
    "con.jpg", "<img src=x onerror=alert(1)>.jpg", "a\r\nSet-Cookie: x=1.jpg", ".jpg", "=1+1.jpg",
)  # fmt: skip
