"""Where jars come from. In: a pinned jar and a private folder. Out: a downloaded file, not yet verified."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.managed.manifest import Jar

Resolve = Callable[[Jar, Path], Path]
_TIMEOUT = 30


def context(folder: Path, *, local: bool = True) -> Any:
    """Return a jgo MavenContext that downloads into `folder`, from the repositories of the user's jgo settings.

    With `local`, a jar that the user's Maven repository has already is taken from there.
    """
    # jgo takes a fifth of a second to import and is needed only when a jar is missing.
    from jgo.config import GlobalSettings
    from jgo.maven import MavenContext

    settings = GlobalSettings.load()
    nearby = [settings.repo_cache] if local and settings.repo_cache.is_dir() else []
    return MavenContext(
        repo_cache=folder,
        local_repos=nearby,
        remote_repos=settings.repositories or None,
        timeout=_TIMEOUT,
    )


def resolver(*, local: bool = True) -> Resolve:
    """Return a function that brings one jar into a private folder and gives its path."""

    def resolve(jar: Jar, folder: Path) -> Path:
        group, artifact, version, classifier = jar.parts
        component = context(folder, local=local).project(group, artifact).at_version(version)
        path: Path = component.artifact(classifier, "jar").resolve()
        return path

    return resolve
