"""What facts need of each other. In: facts and the database. Out: the facts whose needs are met."""

from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Checked
from graph.facts.fact import Fact, Need
from graph.facts.rows import Problem


async def find_known(unit: Unit, ids: set[str]) -> set[str]:
    """Read which of these nodes are in the database."""
    return {str(record["id"]) for record in await unit.run(cypher.KNOWN_IDS, ids=sorted(ids))} if ids else set()


def refuse_unmet(checked: Checked, known: set[str]) -> Checked:
    """Refuse the facts that need a node which is neither among them nor known."""
    nodes = {fact.id: fact for fact in checked.facts if not fact.start}
    while lost := [node.id for node in nodes.values() if _missing(node, nodes, known)]:
        for id_ in lost:
            del nodes[id_]
    facts, problems = [], list(checked.problems)
    for fact in checked.facts:
        if missing := _missing(fact, nodes, known):
            problems.append(Problem(fact.where, missing[0].field, f"{missing[0].id} is not known", "NOT_FOUND"))
        else:
            facts.append(fact)
    return Checked(tuple(facts), tuple(problems))


def _missing(fact: Fact, nodes: dict[str, Fact], known: set[str]) -> list[Need]:
    return [need for need in fact.needs if need.id not in nodes and need.id not in known]
