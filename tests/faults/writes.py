"""The planted faults of writing and of what follows a write. In: nothing. Out: WRITES."""

from tests.faults.fault import Fault

WRITES = (
    Fault(
        "facts",
        "a delete leaves no tombstone",
        "graph/facts/delete.py",
        "await unit.run(cypher.BURY, rows=[_tombstone(event) for event in events], now=by.stamp.now)",
        "pass",
        ("tests/writes/test_delete.py",),
    ),
    Fault(
        "facts",
        "a hidden relationship keeps a fact from being deleted",
        "graph/facts/delete.py",
        """seen = [link for link in links[node.id] if link["seen"]]""",
        "seen = links[node.id]",
        ("tests/writes/test_delete.py",),
    ),
    Fault(
        "facts",
        "the guard of a delete is not looked at",
        "graph/facts/existing.py",
        "expected(wanted.where, wanted.expected, fact.stored)",
        "expected(wanted.where, None, fact.stored)",
        ("tests/writes/test_delete.py",),
    ),
    Fault(
        "facts",
        "what has ended is ended on another day",
        "graph/facts/end.py",
        "if before is None or before == wanted.until:",
        "if True:",
        ("tests/writes/test_end.py",),
    ),
    Fault(
        "facts",
        "records of two concepts are merged",
        "graph/facts/check.py",
        "if spec.alike and labels[0] != labels[1]:",
        "if False:",
        ("tests/writes/test_merge.py",),
    ),
    Fault(
        "events",
        "a deleted end is told to those who did not see it",
        "graph/cypher/events.py",
        "EXISTS {{ MATCH (t:_Tombstone {{id: e.{end}}}) WHERE {t} }})",
        "EXISTS {{ MATCH (t:_Tombstone {{id: e.{end}}}) WHERE {t} OR true }})",
        ("tests/writes/test_delete.py",),
    ),
    Fault(
        "webhooks",
        "the address that is connected to is not checked",
        "app/webhooks/post.py",
        "        if problem is not None:",
        "        if False:",
        ("tests/webhooks/test_post.py",),
    ),
    Fault(
        "webhooks",
        "every owner gets RED events",
        "app/webhooks/one.py",
        "red=standing.webhook.red",
        "red=True",
        ("tests/webhooks/test_delivery.py",),
    ),
)
