"""The plan of a round. In: a seed. Out: the writes of each writer, and the moments at which processes are killed."""

import enum
from dataclasses import dataclass
from random import Random

from tests.histories.kinds import KINDS, Step

WRITERS, WRITES = 8, 6
PATIENCE = 40.0
"""Seconds for which a writer waits; some first attempts are given up much earlier."""
SHORT = (0.01, 0.03, 0.1)
APP, NEO4J = "app", "neo4j"


class Moment(enum.Enum):
    """When a process is killed, by a commit on its way from a server to Neo4j."""

    BEFORE = "before Neo4j gets the commit"
    BETWEEN = "right after Neo4j got the commit"
    AFTER = "when Neo4j has committed, before the server learns it"
    LATER = "some milliseconds after Neo4j got the commit"


@dataclass(frozen=True)
class Kill:
    """The end of a process at the n-th commit of a round: of the server that sends it, or of Neo4j."""

    commit: int
    target: str
    moment: Moment
    delay: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What happens in a round."""

    seed: int
    writers: tuple[tuple[Step, ...], ...]
    kills: tuple[Kill, ...]


def plan(seed: int, writes: int = WRITES) -> Plan:
    """Make the plan of a seed."""
    dice = Random(seed)
    names, weights = list(KINDS), [weight for weight, _ in KINDS.values()]

    def step(writer: int, at: int) -> Step:
        patience = dice.choice(SHORT) if dice.random() < 0.2 else PATIENCE
        kind = dice.choices(names, weights)[0]
        number = 1_000_000 * (seed % 1000) + 1_000 * writer + at
        return Step(f"{seed}-{writer}-{at}", writer, f"r{seed}", kind, number, patience, dice.random())

    steps = tuple(tuple(step(writer, at) for at in range(writes)) for writer in range(WRITERS))
    return Plan(seed, steps, tuple(_kills(dice, WRITERS * writes)))


def _kills(dice: Random, writes: int) -> list[Kill]:
    """One or two kills, of Neo4j in every third round; sometimes the second follows the first while writers repeat."""
    targets = [APP] if dice.random() < 0.5 else [APP, APP]
    if dice.random() < 1 / 3:
        targets[0] = NEO4J
    dice.shuffle(targets)
    kills, at = list[Kill](), dice.randrange(3, writes // 2)
    for target in targets:
        kills.append(Kill(at, target, dice.choice(list(Moment)), dice.uniform(0, 0.03)))
        at += dice.choice((1, 2, dice.randrange(3, writes // 4)))
    return kills
