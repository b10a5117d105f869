"""`python -m tests.histories ROUNDS SEED`. In: how many rounds, and the seed of the first. Out: a line for each, and a table.

The exit code is 1 if a promise is broken; a seed repeats the plan of its round.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.histories.checker import check
from tests.histories.plan import plan
from tests.histories.rounds import Outcome, Stage, stage, table


async def main(rounds: int, seed: int) -> int:
    """Run rounds on one stage. If it is interrupted, the table has the rounds until then."""
    outcomes, broken = list[Outcome](), 0
    with tempfile.TemporaryDirectory(prefix="citygraph-histories-") as folder:
        try:
            async with stage(Path(folder)) as made:
                for number in range(seed, seed + rounds):
                    broken += await _round(made, number, outcomes)
                await made.until_up()
        finally:
            print(f"{table(outcomes)}\n{'violations':34}{broken:8}", flush=True)
    return 1 if broken else 0


async def _round(made: Stage, seed: int, outcomes: list[Outcome]) -> int:
    """Run a round, say what came of it, and return the number of violations."""
    begun = time.monotonic()
    outcome = await made.run(plan(seed))
    violations = check(outcome.history)
    outcomes.append(outcome)
    kills = ", ".join(f"{kill.target} {kill.moment.name}" for kill in outcome.struck)
    print(f"seed {seed}: {len(violations)} violations, {time.monotonic() - begun:.0f} s, killed {kills}", flush=True)
    for violation in violations[:10]:
        print(f"  {violation}", flush=True)
    return len(violations)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(asyncio.run(main(*(given + [50, 1][len(given) :]))))
