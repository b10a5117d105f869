"""Neo4j's administration tool, on a home whose server is stopped. In: arguments. Out: what it said, or an error that says why.

`database import full` fills a database from CSV, `database dump` writes one into a file.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from graph.managed.causes import CAUSED
from graph.managed.home import Home
from graph.managed.server import classpath, die_with, java
from graph.managed.settings import ManagedServerError, ManagedSettings

_CLASS = "org.neo4j.cli.AdminTool"
_FLAGS = (
    # The collector that works on several processors is faster here, and the tool uses the native memory of the processor.
    "-XX:+UseParallelGC",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dfile.encoding=UTF-8",
)
HEAP = "1g"
"""Neo4j's import suggests this much for any size."""
_SHOWN = 6
_NO_SPACE = "No space left on device"


def run(settings: ManagedSettings, home: Home, arguments: Sequence[str], folder: Path) -> str:
    """Run the tool in a folder, to which names of files are relative, and return its output.

    Raise ManagedServerError if it fails.
    """
    jars = os.pathsep.join(map(str, classpath(settings)))
    # The tool is told of its home by these two variables alone.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "JAVA_TOOL"))}
    environment |= {"NEO4J_HOME": str(home.root.absolute()), "NEO4J_CONF": str(home.conf.absolute())}
    environment["LC_ALL"] = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    done = subprocess.run(
        [str(java()), f"-Xmx{HEAP}", *_FLAGS, "-cp", jars, _CLASS, *arguments, "--verbose"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        preexec_fn=die_with(os.getpid()) if sys.platform == "linux" else None,
    )
    if done.returncode:
        raise ManagedServerError(_why(arguments, done.stdout))
    return done.stdout


def _why(arguments: Sequence[str], said: str) -> str:
    what = f"`neo4j-admin {' '.join(arguments[:3])}` failed"
    if _NO_SPACE in said:
        return f"{what}: the disk is full ({_NO_SPACE})."
    causes = [match[1] for line in said.splitlines() if (match := CAUSED.match(line))]
    if causes:
        return f"{what}: {causes[-1]}"
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(("WARNING:", "Run with"))]
    return "\n".join([f"{what}:", *lines[-_SHOWN:]])
