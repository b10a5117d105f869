"""A figure as PNG. In: the bytes of an SVG, a zoom. Out: the bytes of a PNG, the same for the same input.

By resvg, which needs no library of the system. The font comes with citygraph, so a machine without fonts shows text as well.
"""

from pathlib import Path

FONT = "vendored/noto-sans-2.015/NotoSans-Regular.ttf"


def png(svg: bytes, zoom: float = 2.0) -> bytes:
    """Return the picture on white, zoom times as wide as the SVG.

    Scripts that the font lacks, such as Chinese, are shown in a font of the system if it has one: then the bytes depend on
    the machine. The font has Latin, Greek and Cyrillic. Raises ValueError if the SVG is not well-formed.
    """
    import resvg_py

    text = svg.decode("utf-8")
    return resvg_py.svg_to_bytes(
        svg_string=text,
        zoom=zoom,
        background="#ffffff",
        font_files=[str(Path(__file__).parent / FONT)],
        sans_serif_family="Noto Sans",
        skip_system_fonts=all(map(_known, text)),
    )


def _known(character: str) -> bool:
    return character < "\u0530" or "\u1e00" <= character < "\u2050" or character in "\u20ac\u2212\ufffd"
