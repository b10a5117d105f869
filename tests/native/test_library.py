"""The library: one is used if it is installed and of this version; programs are freed; threads share a writer."""

import gc
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.start.boot import building
from app.start.settings import Settings
from graph.question.decode import native
from graph.question.decode.native import Library, Writer, installed
from graph.question.decode.program import VERSION
from graph.question.plan.shapes import Format, ListShape, ObjectShape
from tests.native.made import plan, request, value
from tests.native.packing import pack, unpack


def test_a_setting_leaves_it_unused(library: Library, tmp_path: Path) -> None:
    assert library
    used = {}
    for wanted in (True, False):
        with building(Settings(native=wanted, data_dir=tmp_path, key_secret="k" * 32)) as built:
            used[wanted] = built.result().engine.compiler.native
    assert isinstance(used[True], Library)
    assert used[False] is None


def test_a_library_of_another_version_is_not_used(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert library
    monkeypatch.setattr(native, "VERSION", VERSION + 1)
    with caplog.at_level(logging.WARNING):
        assert installed() is None
    assert "make native" in vars(caplog.records[0])["reason"]


def test_a_file_that_is_no_library_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    package = tmp_path / "citygraph_native_broken"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "library.so").write_text("this is no library")
    monkeypatch.setattr(native, "PACKAGE", package.name)
    monkeypatch.syspath_prepend(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert installed() is None
    assert len(caplog.records) == 1
    monkeypatch.setattr(native, "PACKAGE", "citygraph_native_that_nobody_has")
    assert installed() is None
    assert len(caplog.records) == 1


def test_a_program_is_freed_once_with_its_writer(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[int] = []
    forget = library._forget

    def forgotten(handle: int) -> None:
        freed.append(handle)
        forget(handle)

    monkeypatch.setattr(library, "_forget", forgotten)
    writer = library.writer(plan(value(Format.PLAIN)))
    assert writer is not None
    assert not freed
    handle = writer._handle
    del writer
    gc.collect()
    assert freed == [handle]


def test_threads_share_a_writer(library: Library) -> None:
    writer = library.writer(plan(ListShape("list", 0, ObjectShape((value(Format.PLAIN),)))))
    assert isinstance(writer, Writer)
    records = [pack([[[f"{n} {at}"] for at in range(500)]]) for n in range(40)]

    def write(packed: bytes) -> list[str]:
        made = writer.write(packed, request(), unpack)
        assert made is not None
        return [each["value"] for each in made.data["list"]]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(write, records * 5))
    assert found == [[f"{n} {at}" for at in range(500)] for n in range(40)] * 5
