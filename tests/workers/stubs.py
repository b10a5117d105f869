"""A server whose workers are stubs: no database, nothing to build. In: what a worker does. Out: what the server printed."""

import os
import subprocess
import sys

from tests.kit.paths import ROOT

STUBS = """
import os, signal, socket, sys, time
from app.start import channel
from app.start.workers import Workers
{before}

def run(number, connected, replaces):
    print("started", number, replaces, flush=True)
    {work}

bound = socket.create_server(("127.0.0.1", 0))
signal.alarm(30)
Workers(bound, 2, run, lambda: print("ready", flush=True), {patience}).serve()
"""


def stubs(work: str, before: str = "", patience: float = 5) -> subprocess.CompletedProcess[str]:
    """Run two workers that do this; `before` runs first, in the first process."""
    text = STUBS.format(work="\n    ".join(work.splitlines()), before=before, patience=patience)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=False)
