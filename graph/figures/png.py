"""A figure as PNG. In: the bytes of an SVG, a zoom. Out: the bytes of a PNG that also tells its caption as text.

By resvg, which needs no library of the system. The font comes with citygraph, so a machine without fonts shows text as well.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

FONT = "vendored/noto-sans-2.015/NotoSans-Regular.ttf"
HEADER = 33
"""Bytes of a PNG before its second chunk: the signature and the header."""
KEYWORDS = {"Title": "title", "Description": "desc", "Copyright": "metadata"}
"""Keywords of the PNG specification, and the elements of the SVG whose text they get."""


def png(svg: bytes, zoom: float = 2.0) -> bytes:
    """Return the picture on white, zoom times as wide as the SVG.

    Scripts that the font lacks, such as Chinese, are shown in a font of the system if it has one: then the bytes depend on
    the machine. The font has Latin, Greek and Cyrillic. Raises ValueError if the SVG is not well-formed.
    """
    import resvg_py

    text = svg.decode("utf-8")
    image: bytes = resvg_py.svg_to_bytes(
        svg_string=text,
        zoom=zoom,
        background="#ffffff",
        font_files=[str(Path(__file__).parent / FONT)],
        sans_serif_family="Noto Sans",
        skip_system_fonts=all(map(_known, text)),
    )
    return image[:HEADER] + b"".join(_said(text)) + image[HEADER:]


def _said(svg: str) -> Iterator[bytes]:
    """Yield what programs tell of a picture: its title, its caption and its licence, as chunks of text in UTF-8."""
    root = Xml.fromstring(svg)  # noqa: S314  # the SVG is our own: it has no entities
    for keyword, name in KEYWORDS.items():
        if said := root.findtext(f"{{http://www.w3.org/2000/svg}}{name}"):
            # No compression, no language: three bytes of 0 and an empty word end each part.
            content = b"iTXt" + keyword.encode() + bytes(5) + said.encode()
            yield struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def _known(character: str) -> bool:
    return character < "\u0530" or "\u1e00" <= character < "\u2050" or character in "\u20ac\u2212\ufffd"
