"""How the Java of the tests' servers compiles, by the environment that they inherit. In: nothing. Out: that environment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

NAME = "JDK_JAVA_OPTIONS"
QUICK = "-XX:TieredStopAtLevel=1"
"""Without its second compiler a server starts and loads the seeds in a third of the processor's time, but it plans statements at
half the speed for ever."""


def compile_quickly() -> None:
    """Let the servers that are started from now on do without the second compiler, unless the environment says how to run."""
    os.environ.setdefault(NAME, QUICK)


@contextmanager
def compile_well() -> Iterator[None]:
    """Let a server that is started in this block, which is to plan many statements, have both compilers, as users have."""
    quick = os.environ.get(NAME) == QUICK
    if quick:
        del os.environ[NAME]
    try:
        yield
    finally:
        if quick:
            compile_quickly()
