"""Kills the server if its supervisor dies, on systems whose kernel does not. In: a pipe that ends when the supervisor dies.

It runs as `python -m graph.managed.watchdog PID START-TIME` with the reading end of the pipe as standard input.
"""

import os
import signal
import subprocess
import sys

from graph.managed import processes


class Watchdog:
    """A process that waits for the end of a pipe; only the calling process has its writing end open."""

    def __init__(self, server: processes.Mark) -> None:
        reader, self._writer = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "graph.managed.watchdog", str(server[0]), server[1]], stdin=reader
        )
        os.close(reader)

    def close(self) -> None:
        """End the watchdog; called when the server has ended."""
        os.close(self._writer)
        self._process.wait()


def main(arguments: list[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while os.read(0, 1):
        pass
    processes.send((int(arguments[0]), arguments[1]), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
