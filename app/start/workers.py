"""Several processes that serve one port. In: a bound socket, and what a worker does. Out: workers that run until a signal.

The first process accepts connections, passes each to the worker with fewest, and replaces workers that end. It answers nothing.
"""

import logging
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from app.start import channel as told
from app.start import seen
from app.start.failures import WorkersFailed
from app.start.port import may_be_taken_again
from app.start.seen import Worker, how, passed, why_it_hangs

log = logging.getLogger(__name__)

BACKLOG = 2048
DRAIN_SECONDS = 1.0
"""Seconds after a stop was asked for in which open and new connections may still send a question."""
AT_ONCE = 64
"""Connections that are accepted before signals and workers are looked at again."""
TRIES = 3
"""How often in a row workers may end before they are ready, while the server is not ready or has no other worker."""
PAUSE, LONGEST = 0.1, 30.0
"""Seconds until a worker that ended is replaced. The pause doubles each time, up to the longest, while they end early."""
EARLY = 10.0
"""A worker that lived for fewer seconds ended early."""
FULL = 0.02
"""Seconds until connections are passed on again for which no channel had room."""
ENDS = (signal.SIGTERM, signal.SIGINT)


Run = Callable[[int, socket.socket, bool], None]
"""Runs a worker in a process of its own: its number, its channel, and whether it replaces another one."""


class Workers:
    """Starts workers, passes connections to them and replaces those that end, until a signal ends all."""

    def __init__(self, bound: socket.socket, count: int, run: Run, ready: Callable[[], None], patience: float) -> None:
        """Take a bound socket. `ready` is called once, when all serve; workers have `patience` seconds to end."""
        self._bound, self._count, self._run, self._ready, self._patience = bound, count, run, ready, patience
        self._workers: dict[int, Worker] = {}
        self._due: dict[int, float] = {}
        self._held: deque[socket.socket] = deque()
        self._events = selectors.DefaultSelector()
        self._signals: list[int] = []
        self._failures = 0
        self._early = 0
        self._is_serving = self._is_listening = self._is_stopping = False
        self._warming: Worker | None = None
        self._stops_at = self._kills_at = float("inf")
        self._beats_at = 0.0

    def serve(self) -> int:
        """Serve until a signal; return it. Raise WorkersFailed if workers cannot start."""
        self._bound.setblocking(False)
        with self._heard():
            try:
                for number in range(1, self._count + 1):
                    self._start(number)
                while self._workers or not self._is_stopping:
                    self._step()
            except BaseException:
                self._end_all()
                raise
        return self._signals[0]

    def _step(self) -> None:
        """Wait for the next event, and do what it asks for."""
        for key, _ in self._events.select(self._timeout()):
            key.data()
        if self._signals and not self._is_stopping:
            self._stop()
        self._reap()
        now = time.monotonic()
        for number in [each for each, at in self._due.items() if at <= now]:
            del self._due[number]
            self._start(number)
        self._pass_held()
        self._give_turn()
        if self._is_stopping:
            self._stop_further(now)
        elif now >= self._beats_at:
            self._beats_at = now + seen.BEAT
            for worker in self._workers.values():
                self._beat(worker, now)

    def _timeout(self) -> float | None:
        """Return the seconds until something is due; None if nothing is."""
        at = min([*self._due.values(), self._stops_at, self._kills_at, self._beats_at])
        if self._held:
            return FULL
        return None if at == float("inf") else max(0.0, at - time.monotonic())

    # Starting and replacing

    def _start(self, number: int) -> None:
        """Start a worker as a copy of this process, which has everything that takes long to build."""
        ours, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        # A signal that comes before the copy listens for it must end the copy, and not be noted here in vain.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
        pid = os.fork()
        if pid == 0:
            self._become(number, theirs, ours)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
        theirs.close()
        ours.setblocking(False)
        worker = self._workers[number] = Worker(number, pid, ours)
        self._events.register(ours, selectors.EVENT_READ, lambda: self._hear(worker))

    def _become(self, number: int, channel: socket.socket, other: socket.socket) -> NoReturn:
        """Be the worker in the copy; only what it needs stays open, so that it sees the end of the first process."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for each in (*ENDS, signal.SIGCHLD):
                signal.signal(each, signal.SIG_DFL)
            for open_ in (self._bound, other, *self._held, *(worker.channel for worker in self._workers.values())):
                open_.close()
            self._events.close()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
            self._run(number, channel, self._is_serving)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException:
            log.exception("a worker failed")
        finally:
            with suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        """Note which workers have ended; each is replaced."""
        for worker in list(self._workers.values()):
            pid, status = os.waitpid(worker.pid, os.WNOHANG)
            if pid:
                self._forget(worker)
                if not self._is_stopping:
                    self._replace(worker, how(status))

    def _forget(self, worker: Worker) -> None:
        del self._workers[worker.number]
        self._unheard(worker)
        worker.channel.close()
        if self._warming is worker:
            self._warming = None
        if not self._takers():
            self._listen(on=False)

    def _replace(self, worker: Worker, how: str) -> None:
        """Start a worker in the place of one that ended, soon. Raise WorkersFailed if that is in vain."""
        lived = time.monotonic() - worker.began
        self._failures = 0 if worker.is_ready else self._failures + 1
        self._early = self._early + 1 if lived < EARLY else 0
        if self._failures >= TRIES and not (self._is_serving and self._takers()):
            raise WorkersFailed(
                f"The server cannot serve: its workers ended {self._failures} times in a row before they were ready, "
                f"the last one {how}. What they logged says why."
            )
        pause = min(PAUSE * 2 ** min(max(0, self._early - 1), 20), LONGEST)
        self._due[worker.number] = time.monotonic() + pause
        about = {
            "worker": worker.number,
            "ended": how,
            "lost_connections": worker.connections,
            "again_in_seconds": pause,
        }
        log.warning("a worker ended and is replaced", extra=about)

    # Workers that hang

    def _beat(self, worker: Worker, now: float) -> None:
        """Ask a worker for a sign of life; kill it if it owes too many. Beats are counted: a machine that slept blames nobody."""
        if why := why_it_hangs(worker, now):
            log.error("a worker hangs and is killed", extra={"worker": worker.number, "why": why})
            worker.is_leaving, worker.unanswered = True, 0
            os.kill(worker.pid, signal.SIGKILL)
        elif worker.is_ready and not worker.is_leaving:
            worker.unanswered += 1
            with suppress(OSError):
                worker.channel.send(told.BEAT)

    # What workers say

    def _hear(self, worker: Worker) -> None:
        try:
            said = worker.channel.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if not said:
            self._leaves(worker)
            self._unheard(worker)
            return
        worker.connections -= said.count(told.ENDED)
        if told.BEAT in said:
            worker.unanswered = 0
        if told.WARMED in said:
            worker.is_warm = True
            self._warming = None
        if told.READY in said:
            worker.is_ready = True
            self._failures = 0
            self._begin()
        if told.LEAVING in said:
            self._leaves(worker)
            if not self._is_stopping:
                # All that was passed to it is read before this end of the channel.
                self._no_more(worker)
        if not self._takers() and not self._is_stopping:
            self._listen(on=False)

    def _leaves(self, worker: Worker) -> None:
        worker.is_leaving = True
        worker.ends_by = min(worker.ends_by, time.monotonic() + DRAIN_SECONDS + self._patience)

    def _unheard(self, worker: Worker) -> None:
        with suppress(KeyError, ValueError):
            self._events.unregister(worker.channel)

    def _no_more(self, worker: Worker) -> None:
        with suppress(OSError):
            worker.channel.shutdown(socket.SHUT_WR)

    def _begin(self) -> None:
        """Listen when the first workers are all ready, and again whenever there is one."""
        if not self._is_serving:
            if sum(worker.is_ready for worker in self._workers.values()) < self._count:
                return
            self._is_serving = True
            may_be_taken_again(self._bound)
            self._bound.listen(BACKLOG)
            self._ready()
        self._listen(on=True)

    def _give_turn(self) -> None:
        """Let one worker after the other warm its caches."""
        if self._warming is None and self._is_serving:
            waiting = [
                each for each in self._workers.values() if each.is_ready and not (each.is_warm or each.is_leaving)
            ]
            self._warming = min(waiting, key=lambda each: each.number, default=None)
            if self._warming is not None:
                with suppress(OSError):
                    self._warming.channel.send(told.WARM)

    # Connections

    def _takers(self) -> list[Worker]:
        """Return the workers that take connections, those with fewest first; workers that stop take the last ones.

        Who owes the answer to more than one beat is last.
        """
        ready = [
            each for each in self._workers.values() if each.is_ready and (self._is_stopping or not each.is_leaving)
        ]
        return sorted(ready, key=lambda each: (each.unanswered > 1, each.connections))

    def _listen(self, *, on: bool) -> None:
        """Accept connections, or leave them waiting."""
        if on and not self._is_listening and self._bound.fileno() >= 0:
            self._events.register(self._bound, selectors.EVENT_READ, self._accept)
        elif not on and self._is_listening:
            self._events.unregister(self._bound)
        self._is_listening = on and self._bound.fileno() >= 0

    def _accept(self, most: int = AT_ONCE) -> None:
        """Accept the connections that wait, and pass them on."""
        for _ in range(most):
            if self._held or not self._takers():
                return
            try:
                connection, _ = self._bound.accept()
            except BlockingIOError:
                return
            except OSError as error:
                # Such as a client that has gone already, or no further file may be open.
                log.warning("a connection could not be accepted", extra={"error": str(error)})
                time.sleep(FULL)
                return
            self._held.append(connection)
            self._pass_held()

    def _pass_held(self) -> None:
        """Pass on connections; keep those for which there is no room now."""
        while self._held:
            connection = self._held[0]
            if not any(passed(worker, connection) for worker in self._takers()):
                return
            self._held.popleft().close()

    # The end

    def _stop(self) -> None:
        """Tell the workers to stop. Connections are passed on for a moment: clients do not know of the end yet."""
        self._is_stopping = True
        self._due.clear()
        now = time.monotonic()
        self._stops_at, self._kills_at = now + DRAIN_SECONDS, now + DRAIN_SECONDS + self._patience
        self._beats_at = float("inf")
        self._signal_all(signal.SIGTERM)

    def _stop_further(self, now: float) -> None:
        connected = self._held or any(worker.connections for worker in self._workers.values())
        if self._stops_at != float("inf") and (now >= self._stops_at or not connected):
            self._stops_at = float("inf")
            if self._is_listening:
                self._accept(BACKLOG)
            self._listen(on=False)
            self._bound.close()
            for worker in self._workers.values():
                self._no_more(worker)
        if now >= self._kills_at:
            self._kills_at = float("inf")
            log.error("workers did not end in time and are killed")
            self._signal_all(signal.SIGKILL)

    def _signal_all(self, number: signal.Signals) -> None:
        for worker in self._workers.values():
            os.kill(worker.pid, number)

    def _end_all(self) -> None:
        """End the workers at once."""
        self._signal_all(signal.SIGKILL)
        for worker in self._workers.values():
            os.waitpid(worker.pid, 0)

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """Wake up for signals until the end of the block."""
        reading, writing = os.pipe()
        for end in (reading, writing):
            os.set_blocking(end, False)
        before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        kept = {each: signal.signal(each, lambda number, _: self._signals.append(number)) for each in ENDS}
        kept[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        self._events.register(reading, selectors.EVENT_READ, lambda: os.read(reading, 4096))
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            for each, handler in kept.items():
                signal.signal(each, handler)
            self._events.close()
            os.close(reading)
            os.close(writing)
