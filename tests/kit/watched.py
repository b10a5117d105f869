"""A watched server: `citygraph serve` on asyncio's own event loop, whose callbacks are timed. In: commands on stdin, one a line.

Out: for each line a JSON object on stdout, with the longest callback since the line before, and a new start.
"""

import asyncio
import gc
import json
import os
import sys
import threading
import time
import traceback
from asyncio.events import Handle
from dataclasses import asdict, dataclass, field
from typing import Any

import uvicorn.loops.uvloop

from app.cli import main
from graph.bolt.read import Note, Reader, ignore

HELD = "CITYGRAPH_TEST_HELD"
MARK = "watched: "
"""Begins the lines of reports, for the server may print lines of its own."""
LOOK, LONG, BEAT = 0.005, 0.02, 0.01
"""Seconds between two looks at the event loop, of a callback that is worth a look, and between two heartbeats."""


@dataclass
class Report:
    """What was seen since the last report, in milliseconds.

    `held` is the longest processor time of a callback, and `by` and `where` say of which; `late` is how long the event loop
    was late, by the clock, which depends on what else the machine does; `collected` is the longest processor time of a run
    of the garbage collector, in any thread, for which every thread waits; `callbacks` is how many were timed.
    """

    held: float = 0.0
    by: str = ""
    where: list[str] = field(default_factory=list)
    late: float = 0.0
    collected: float = 0.0
    callbacks: int = 0


class Watch:
    """Times the callbacks of one event loop: those of the thread that runs it."""

    def __init__(self) -> None:
        self.report = Report()
        self._thread = threading.get_ident()
        self._begun: float | None = None
        self._seen: list[str] = []
        self._collection = 0.0

    def install(self) -> None:
        """Replace what runs a callback, and look at the thread from beside."""
        watched, run = self, Handle._run

        def timed(handle: Any) -> None:
            if threading.get_ident() != watched._thread:
                run(handle)
                return
            watched._begun, begun = time.monotonic(), time.thread_time()
            try:
                run(handle)
            finally:
                watched._ended(handle, (time.thread_time() - begun) * 1000)

        gc.callbacks.append(self._collecting)
        Handle._run = timed  # type: ignore[assignment,method-assign]  # asyncio offers no other way to time every callback
        threading.Thread(target=self._look, daemon=True).start()
        threading.Thread(target=self._obey, daemon=True).start()

    def beat(self, loop: asyncio.AbstractEventLoop, due: float | None = None) -> None:
        """Note how late the event loop is, again and again."""
        now = loop.time()
        if due is not None:
            self.report.late = max(self.report.late, (now - due) * 1000)
        loop.call_at(now + BEAT, self.beat, loop, now + BEAT)

    def _ended(self, handle: Any, took: float) -> None:
        self._begun, seen, self._seen = None, self._seen, []
        report = self.report
        report.callbacks += 1
        if took > report.held:
            report.held, report.by, report.where = took, _name(handle), seen

    def _collecting(self, phase: str, _: object) -> None:
        """Time the garbage collector."""
        now = time.thread_time()
        if phase == "start":
            self._collection = now
        else:
            self.report.collected = max(self.report.collected, (now - self._collection) * 1000)

    def _look(self) -> None:
        """Note where a callback is that has taken long."""
        while True:
            time.sleep(LOOK)
            begun = self._begun
            if begun is not None and time.monotonic() - begun > LONG and not self._seen:
                frame = sys._current_frames().get(self._thread)
                self._seen = [
                    f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_stack(frame)[-6:]
                ]

    def _obey(self) -> None:
        for _ in sys.stdin:
            report, self.report = self.report, Report()
            print(MARK + json.dumps(asdict(report)), flush=True)


def _name(handle: Any) -> str:
    """Return the coroutine of a task's step, or the function."""
    callback = handle._callback
    owner = getattr(callback, "__self__", None)
    called = owner.get_coro() if isinstance(owner, asyncio.Task) else callback
    return str(getattr(called, "__qualname__", called))


def _hold(seconds: float) -> None:
    """Let the check of readiness compute for so many seconds on the event loop, if any: a planted fault."""
    reads = Reader.value

    async def value(reader: Reader, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> Any:
        end = time.thread_time() + (seconds if name == "readyz" else 0)
        while time.thread_time() < end:
            pass
        return await reads(reader, text, parameters, name, note)

    Reader.value = value  # type: ignore[assignment,method-assign]  # a fault is planted


def run() -> None:
    """Run the command of the command line on a watched event loop."""
    watch = Watch()

    def beating() -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        loop.call_soon(watch.beat, loop)
        return loop

    watch.install()
    if HELD in os.environ:
        _hold(float(os.environ[HELD]))
    # uvloop offers no way to time its callbacks. What runs on the event loop is the same.
    uvicorn.loops.uvloop.uvloop_loop_factory = lambda use_subprocess=False: beating
    main()


if __name__ == "__main__":
    run()
