"""The same input gives the same bytes in another process, as SVG and as PNG; and a PNG shows text without the system's fonts."""

import hashlib
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from graph import figures
from graph.figures.caption import LICENCE
from graph.figures.cloud import cloud
from graph.figures.diffusion import diffusion
from graph.figures.exchange import exchange
from graph.figures.growth import growth
from graph.figures.look import INK
from graph.figures.png import FONT, png
from graph.figures.spread import spread
from graph.figures.svg import node, picture, written
from graph.figures.whatif import Supposed, whatif
from graph.figures.worldmap import worldmap
from tests.figures.given import cloud_of, diffusion_of, exchange_of, spread_of
from tests.figures.read import SVG, Figure
from tests.kit.paths import ROOT


def hashes() -> list[str]:
    """Return the hash of each figure, and of one as PNG."""
    made = [cloud(cloud_of(1, 40)), growth(cloud_of(2, 40)), exchange(exchange_of(3)), worldmap(exchange_of(4))]
    made += [diffusion(diffusion_of(5)), spread(spread_of(6)), png(diffusion(diffusion_of(5)), 1)]
    made += [
        whatif(cloud_of(7, 40), Supposed(("person/001", "person/002"), (("person/003", "person/039"),), (), "x", "y"))
    ]
    return [hashlib.sha256(each).hexdigest() for each in made]


def test_another_process_makes_the_same_bytes() -> None:
    here = hashes()
    assert len(set(here)) == len(here)
    script = "import random; random.random(); from tests.figures.test_bytes import hashes; print(*hashes())"
    for seed in ("1", "2"):
        told = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        run = subprocess.run([sys.executable, "-c", script], env=told, capture_output=True, text=True, check=True)
        assert run.stdout.split() == here


def test_drawing_leaves_no_trace_in_random_numbers() -> None:
    import random

    random.seed(7)
    before = random.getstate()
    first = cloud(cloud_of(1))
    assert random.getstate() == before
    random.random()
    assert cloud(cloud_of(1)) == first


def pixels(image: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows of a PNG; each row begins with its filter."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    wide, tall = struct.unpack(">II", image[16:24])
    data, at = b"", 8
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        if image[at + 4 : at + 8] == b"IDAT":
            data += image[at + 8 : at + 8 + length]
        at += length + 12
    return wide, tall, zlib.decompress(data)


def said(image: bytes) -> dict[str, str]:
    """Return the texts of a PNG by keyword, and check the sum of each chunk."""
    found, at = {}, 8
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        chunk = image[at + 4 : at + 8 + length]
        assert struct.unpack(">I", image[at + 8 + length : at + 12 + length]) == (zlib.crc32(chunk),)
        if chunk[:4] == b"iTXt":
            keyword, _, rest = chunk[4:].partition(b"\0")
            assert rest[:4] == bytes(4)
            found[keyword.decode()] = rest[4:].decode()
        at += length + 12
    return found


def test_every_figure_tells_its_licence_inside() -> None:
    """In the caption that is seen, in the metadata of the SVG, and in the texts of the PNG, with title and caption."""
    made = [cloud(cloud_of(1, 40)), growth(cloud_of(2, 40)), exchange(exchange_of(3)), worldmap(exchange_of(4))]
    made += [diffusion(diffusion_of(5)), spread(spread_of(6))]
    for svg in made:
        figure = Figure(svg)
        assert LICENCE in figure.says()
        assert LICENCE in (figure.root.findtext(f"{SVG}metadata") or "")
        image = png(svg, 1)
        names = {"Title": "title", "Description": "desc", "Copyright": "metadata"}
        assert said(image) == {key: figure.root.findtext(SVG + name) for key, name in names.items()}
        assert LICENCE in said(image)["Copyright"]


def test_the_explorer_writes_the_same_licence() -> None:
    assert f'"{LICENCE}"' in (ROOT / "app" / "web" / "explorer" / "saving.js").read_text(encoding="utf-8")


def text(words: str) -> bytes:
    return png(
        written(picture((120, 30), "Text", "A text", "k", [node("text", words, x=5, y=20, font_size=16, fill=INK)])), 1
    )


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a_png_is_zoom_times_as_large(zoom: float) -> None:
    svg = diffusion(diffusion_of(1))
    wide, tall, _ = pixels(png(svg, zoom))
    width, height = Figure(svg).size
    assert abs(wide - width * zoom) <= 1
    assert abs(tall - height * zoom) <= 1


def test_a_png_shows_every_letter_of_its_font() -> None:
    """A letter that a font lacks is drawn as a box, or not at all; then two letters would look the same."""
    words = ["", "a", "ậ", "ộ", "ł", "Ж", "Ω", "ş", "ẕ", "€", "−", "→", "\ue000"]
    assert len({pixels(text(each))[2] for each in words}) == len(words)


def test_the_font_is_that_of_citygraph_even_if_the_system_has_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another sans-serif font that the figure names does not change the bytes, because system fonts are not read."""
    svg = written(picture((120, 30), "Text", "A text", "k", [node("text", "Trà Vinh", x=5, y=20, font_size=16)]))
    assert b"sans-serif" in svg
    assert png(svg.replace(b"'Noto Sans', ", b"'DejaVu Sans', "), 1) == png(svg, 1)


def test_what_is_no_svg_is_refused() -> None:
    with pytest.raises(ValueError, match=r"(?i)svg|parse|root"):
        png(b"<svg", 1)


def test_vendored_files_are_named_with_their_licences() -> None:
    folder = Path(figures.__file__).parent / "vendored"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("README.md", "LICENSE")]
    assert (Path(figures.__file__).parent / FONT) in files
    for path in files:
        assert f"`{path.relative_to(folder).as_posix()}`" in readme
        assert (path.parent / "LICENSE").stat().st_size > 500
