"""The audiences of the seeds and the edge cases. In: a World. Out: their texts; tests may have taken some out of the database."""

from tests.kit.oracle.world import World


def audiences_of(world: World) -> tuple[str, ...]:
    """Return the audiences of all facts that have some, in order, as a steward has them."""
    facts = (*world.nodes.values(), *world.relationships.values())
    every = {fact.audience for fact in facts if ":" in fact.audience and not fact.audience.endswith(":")}
    return tuple(sorted(each for each in every if "@report" not in each))
