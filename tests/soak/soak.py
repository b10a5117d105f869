"""The soak itself. In: a server and a number of seconds. Out: a Result, which tells whether the promises are kept.

In each round the honest clients ask alone for a third of the time, then beside the hostile ones. What else the machine does
disturbs single rounds, so the figures are medians over the rounds.
"""

import json
import math
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.kit.paths import ROOT
from tests.kit.served import Served
from tests.soak.hostile import CLIENTS

MOST_SLOWER, MOST_MEMORY = {0.99: 3.0}, 1.5
"""The promises: of so large a share of small known questions, how many times longer the slowest may take beside hostile clients
than the slowest of 100 alone; how many times larger the server may become."""
SHORT_SLOWER, SHORT_MEMORY = {0.9: 4.0, 0.99: 100.0}, 2.0
"""The same for a run of a minute, in which Neo4j still compiles its own code. All sixteen clients wait at the same moment, so one
stall of half a second decides the slowest of 100; docs/decisions/turns.md has measured figures."""
LEAST = 0.010
"""Seconds under which nobody cares how many times slower an answer is."""
WARM_SECONDS = 12.0
"""Seconds in which the honest clients ask before anything is measured."""
ROUND_SECONDS, LEAST_ROUNDS = 60.0, 3


@dataclass
class Result:
    """What was measured: seconds of answers in each round, refusals of honest clients, statuses of hostile ones, MiB."""

    alone: list[list[float]] = field(default_factory=list)
    beside: list[list[float]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    hostile: dict[str, Counter[str]] = field(default_factory=dict)
    memory_before: float = 0.0
    memory_after: float = 0.0
    most_slower: Mapping[float, float] = field(default_factory=lambda: MOST_SLOWER)
    most_memory: float = MOST_MEMORY

    def slower(self, share: float) -> float:
        """Return how many times longer a share of the small questions takes beside hostile clients than 0.99 of them alone."""
        return middle(self.beside, share) / max(middle(self.alone, 0.99), LEAST)

    @property
    def larger(self) -> float:
        """How many times larger the server has become."""
        return self.memory_after / self.memory_before

    @property
    def broken(self) -> list[str]:
        """Return the promises that are not kept."""
        kept = {
            f"{share:.0%} of small questions take {self.slower(share):.1f} times as long; at most {most}": self.slower(
                share
            )
            <= most
            for share, most in self.most_slower.items()
        } | {
            f"honest clients were refused: {dict(self.refused)}": not self.refused,
            f"the server became {self.larger:.2f} times larger; at most {self.most_memory}": self.larger
            <= self.most_memory,
        }
        return [promise for promise, holds in kept.items() if not holds]


def quantile(values: list[float], share: float) -> float:
    """Return the smallest value that so large a share of the values does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def middle(rounds: list[list[float]], share: float) -> float:
    """Return the median over the rounds of a quantile of each."""
    return statistics.median(quantile(each, share) for each in rounds)


@contextmanager
def clients(module: str, port: int, *names: str) -> Iterator[subprocess.Popen[str]]:
    """Run a process of clients, which obeys commands."""
    command = [sys.executable, "-m", module, str(port), *names]
    with subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.terminate()


def order(process: subprocess.Popen[str], seconds: float) -> None:
    """Let clients begin."""
    assert process.stdin is not None
    process.stdin.write(f"{seconds}\n")
    process.stdin.flush()


def outcome(process: subprocess.Popen[str]) -> Any:
    """Wait for what came of it."""
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def soak(server: Served, seconds: float, names: Sequence[str] = tuple(CLIENTS)) -> Result:
    """Run the soak for about so many seconds, with hostile clients of these names."""
    result, rounds = Result(), max(LEAST_ROUNDS, round(seconds / ROUND_SECONDS))
    one = (seconds - WARM_SECONDS) / rounds
    hostile_ones = clients("tests.soak.hostile", server.port, *names)
    with clients("tests.soak.honest", server.port) as honest, hostile_ones as hostile:
        order(honest, WARM_SECONDS)
        outcome(honest)
        for _ in range(rounds):
            order(honest, one / 3)
            _note(result, outcome(honest), result.alone)
            result.memory_before = result.memory_before or server.memory
            order(hostile, one * 2 / 3)
            order(honest, one * 2 / 3)
            _note(result, outcome(honest), result.beside)
            for name, statuses in outcome(hostile).items():
                result.hostile.setdefault(name, Counter()).update(statuses)
            result.memory_after = max(result.memory_after, server.memory)
    return result


def _note(result: Result, seen: dict[str, Any], where: list[list[float]]) -> None:
    where.append(seen["took"])
    result.refused.update(seen["refused"])


def table(result: Result) -> str:
    """Write what was measured."""
    lines = [f"{'':22}{'alone':>10}{'beside':>10}"]
    for name, share in (("median, ms", 0.5), ("p90, ms", 0.9), ("p99, ms", 0.99), ("slowest, ms", 1.0)):
        alone, beside = (middle(rounds, share) * 1000 for rounds in (result.alone, result.beside))
        lines.append(f"{name:22}{alone:10.1f}{beside:10.1f}")
    asked = [sum(map(len, rounds)) for rounds in (result.alone, result.beside)]
    lines.append(f"{'small questions':22}{asked[0]:10}{asked[1]:10}")
    lines.append(f"{'memory, MiB':22}{result.memory_before:10.0f}{result.memory_after:10.0f}")
    lines.append(f"honest refused: {dict(result.refused) or 'none'}")
    lines += [f"hostile, {name}: {dict(statuses)}" for name, statuses in result.hostile.items()]
    return "\n".join(lines)
