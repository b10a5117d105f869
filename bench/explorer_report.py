"""The section of the results about the explorer. In: what was measured of it. Out: Markdown."""

from bench import explorer
from bench.explorer import middle
from bench.promises import most

FIRST, AGAINST_SIGMA, WEIGHT, STEP = 1.0, 0.5, 250.0, 100.0


def section(of: explorer.Explorer) -> str:
    """Return the section about the explorer."""
    ours, manual, still = middle(of.ours), middle(of.theirs), middle(of.theirs_still)
    step = max(of.steps) * 1_000
    return f"""## The explorer

A cloud of {explorer.PEOPLE} people in a Chromium without a graphics processor, from a warm server and an empty cache until the
picture is painted; against a page that asks for the same network, lays it out by ForceAtlas2 (graphology) and draws it with
sigma. The page of ours has its tables and numbers besides.

| | s, p50 | ours against it | promised | holds |
| --- | --- | --- | --- | --- |
| ours | {ours:.2f} | {most(ours, FIRST)} |
| sigma, {explorer.STILL} iterations: people stand still | {still:.2f} | {most(ours / still, AGAINST_SIGMA)} |
| sigma, {explorer.MANUAL} iterations, as in the manual | {manual:.2f} | {ours / manual:.2f} | | |

| | measured | promised | holds |
| --- | --- | --- | --- |
| the page's own files, compressed, kB | {most(of.weight / 1_000, WEIGHT)} |
| the slowest of {len(of.steps)} steps of the slider over {explorer.MANY:,} people, ms | {most(step, STEP)} |"""
