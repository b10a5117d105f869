"""Fetching: what is refused, what heals, and what several processes do to each other."""

import hashlib
import re
import threading
from pathlib import Path

import pytest

from graph.managed import fetch, manifest, repository
from graph.managed.manifest import Jar
from graph.managed.settings import ManagedServerError

GOOD = b"a jar" * 1000


def jar(name: str, content: bytes = GOOD) -> Jar:
    return Jar(f"org.example:{name}:1.0", hashlib.sha256(content).hexdigest(), len(content))


def giving(content: bytes) -> repository.Resolve:
    def resolve(wanted: Jar, folder: Path) -> Path:
        path = folder / wanted.filename
        path.write_bytes(content)
        return path

    return resolve


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_missing_is_brought_and_reported(tmp_path: Path) -> None:
    seen: list[tuple[int, int, int]] = []
    paths = fetch.fetch(tmp_path, lambda *step: seen.append(step), [jar("one"), jar("two")], giving(GOOD))
    assert [path.read_bytes() for path in paths] == [GOOD, GOOD]
    assert seen == [(0, 2, 0), (1, 2, len(GOOD)), (2, 2, 2 * len(GOOD))]
    assert names(tmp_path) == ["one-1.0.jar", "two-1.0.jar"]


def test_a_tampered_jar_is_refused_with_its_name_and_both_digests(tmp_path: Path) -> None:
    bad = GOOD[:-1] + b"!"
    with pytest.raises(ManagedServerError) as caught:
        fetch.fetch(tmp_path, jars=[jar("one")], resolve=giving(bad))
    text = str(caught.value)
    assert "org.example:one:1.0" in text
    assert hashlib.sha256(GOOD).hexdigest() in text
    assert hashlib.sha256(bad).hexdigest() in text
    assert names(tmp_path) == []


@pytest.mark.parametrize("spoilt", [GOOD[:100], b"", b"x" * len(GOOD)])
def test_a_spoilt_jar_in_the_cache_is_fetched_again(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / "one-1.0.jar").write_bytes(spoilt)
    assert fetch.fetch(tmp_path, jars=[jar("one")], resolve=giving(GOOD))[0].read_bytes() == GOOD


def test_a_sound_cache_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "one-1.0.jar").write_bytes(GOOD)

    def refuse(wanted: Jar, folder: Path) -> Path:
        raise AssertionError(wanted)

    fetch.fetch(tmp_path, jars=[jar("one")], resolve=refuse)


def test_a_failed_download_names_the_jar_and_leaves_nothing(tmp_path: Path) -> None:
    def fail(wanted: Jar, folder: Path) -> Path:
        raise ConnectionError("no route")

    with pytest.raises(ManagedServerError, match=r"org\.example:one:1\.0 could not be downloaded: no route"):
        fetch.fetch(tmp_path, jars=[jar("one")], resolve=fail)
    assert names(tmp_path) == []


def test_several_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    wanted = [jar(f"part{number}") for number in range(20)]
    problems: list[BaseException] = []

    def work() -> None:
        try:
            fetch.fetch(tmp_path, jars=wanted, resolve=giving(GOOD))
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert names(tmp_path) == sorted(one.filename for one in wanted)


def test_a_real_jar_comes_through_jgo(tmp_path: Path) -> None:
    smallest = min(manifest.load(), key=lambda one: one.size)
    assert fetch.is_sound(smallest, fetch.fetch(tmp_path, jars=[smallest])[0])


@pytest.mark.parametrize("system", ["linux-x86_64", "linux-aarch64", "macos-x86_64", "macos-aarch64"])
def test_the_manifest_is_well_formed(system: str) -> None:
    jars = manifest.load(on=system)
    assert len({one.filename for one in jars}) == len(jars)
    assert all(re.fullmatch(r"[0-9a-f]{64}", one.sha256) and one.size > 0 for one in jars)
    natives = [one.parts[3] for one in jars if one.platforms]
    assert len(natives) == 1
    assert f"neo4j-server-{manifest.version()}.jar" in {one.filename for one in jars}


@pytest.mark.parametrize(
    ("of", "found"),
    [("central", True), ("*", True), ("external:*,!central", False), ("other", False)],
)
def test_the_mirror_of_the_maven_settings_is_used(tmp_path: Path, of: str, found: bool) -> None:
    file = tmp_path / "settings.xml"
    entry = f"<mirror><mirrorOf>{of}</mirrorOf><url>mirror:here/</url></mirror>"
    file.write_text(f'<settings xmlns="urn:any"><mirrors>{entry}</mirrors></settings>')
    assert repository.mirror([tmp_path / "absent.xml", file]) == ({"mirror": "mirror:here"} if found else None)
