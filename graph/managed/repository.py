"""Maven repositories. In: a pinned jar and a private folder. Out: a downloaded file, not yet verified."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from graph.managed.manifest import Jar

Resolve = Callable[[Jar, Path], Path]
_TIMEOUT = 30


def context(folder: Path, *, local: bool = True) -> Any:
    """Return a jgo MavenContext that downloads into `folder`.

    Repositories are taken from the user's jgo settings, else from a mirror in the Maven settings, else from jgo's default.
    With `local`, a jar is taken from the user's Maven repository if it is there.
    """
    # The import of jgo takes a fifth of a second, and jgo is needed only if a jar is missing.
    from jgo.config import GlobalSettings
    from jgo.maven import MavenContext

    settings = GlobalSettings.load()
    nearby = [settings.repo_cache] if local and settings.repo_cache.is_dir() else []
    return MavenContext(
        repo_cache=folder,
        local_repos=nearby,
        remote_repos=settings.repositories or mirror(_maven_settings()),
        timeout=_TIMEOUT,
    )


def _maven_settings() -> list[Path]:
    """Return the paths of Maven's settings: the user's file, then those of installations."""
    homes = [Path(os.environ[name]) / "conf" for name in ("M2_HOME", "MAVEN_HOME") if os.environ.get(name)]
    return [folder / "settings.xml" for folder in (Path.home() / ".m2", *homes, Path("/etc/maven"))]


def mirror(files: list[Path]) -> dict[str, str] | None:
    """Return the first mirror of the central repository in these Maven settings; None if there is none."""
    for file in files:
        for names, address in _mirrors(file):
            if {"*", "external:*", "central"} & names and "!central" not in names:
                return {"mirror": address.rstrip("/")}
    return None


def _mirrors(file: Path) -> Iterator[tuple[set[str], str]]:
    try:
        root = ElementTree.parse(file).getroot()  # noqa: S314  the user's own file
    except (OSError, ElementTree.ParseError):
        return
    for entry in root.iterfind("{*}mirrors/{*}mirror"):
        address = (entry.findtext("{*}url") or "").strip()
        # Maven's own settings have a mirror marked as blocked, which only serves to refuse plain HTTP.
        if address and (entry.findtext("{*}blocked") or "").strip() != "true":
            yield {name.strip() for name in (entry.findtext("{*}mirrorOf") or "").split(",")}, address


def resolver(*, local: bool = True) -> Resolve:
    """Return a function that downloads one jar into a private folder and returns its path."""

    def resolve(jar: Jar, folder: Path) -> Path:
        group, artifact, version, classifier = jar.parts
        component = context(folder, local=local).project(group, artifact).at_version(version)
        path: Path = component.artifact(classifier, "jar").resolve()
        return path

    return resolve
