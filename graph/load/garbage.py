"""The garbage collector during a load. In: a block of code. Out: the block runs with fewer collections.

Facts are many and hold no circles. Looking at all of them again and again would take a third of the time of their check.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 200_000
"""Objects that are made between two collections."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect more seldom until the end of the block. One block at a time: a load is what its process does."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
