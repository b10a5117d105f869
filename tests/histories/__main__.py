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
from tests.histories.rounds import Outcome, stage, table


async def main(rounds: int, seed: int) -> int:
    """Run rounds on one stage."""
    outcomes, broken = list[Outcome](), 0
    with tempfile.TemporaryDirectory(prefix="citygraph-histories-") as folder:
        async with stage(Path(folder)) as made:
            for number in range(seed, seed + rounds):
                begun = time.monotonic()
                outcome = await made.run(plan(number))
                violations = check(outcome.history)
                outcomes.append(outcome)
                broken += len(violations)
                kills = ", ".join(f"{kill.target} {kill.moment.name}" for kill in outcome.struck)
                took = time.monotonic() - begun
                print(f"seed {number}: {len(violations)} violations, {took:.0f} s, killed {kills}", flush=True)
                for violation in violations[:10]:
                    print(f"  {violation}", flush=True)
            await made.until_up()
    print(table(outcomes))
    return 1 if broken else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(asyncio.run(main(*(given + [50, 1][len(given) :]))))
