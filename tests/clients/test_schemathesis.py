"""Schemathesis makes questions of the published schema and requests of the OpenAPI description; none ends with a server error.

A question is asked as it was made and, because most are refused for an argument of no meaning, with such arguments mended.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import hypothesis.configuration
import pytest
import schemathesis
from graphql import (
    REMOVE,
    ArgumentNode,
    FieldNode,
    IntValueNode,
    ListValueNode,
    NameNode,
    StringValueNode,
    Visitor,
    parse,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes
from schemathesis.core.result import Ok

from schema.model import model
from tests.http.running import Running
from tests.kit.oracle.world import World
from tests.kit.paths import DOCS

QUESTIONS, REQUESTS = 2, 30
"""Questions for each field of the root, and requests for each path."""
BOUNDED = settings(
    derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
SCALARS = {
    "BigInt": st.integers(-(2**53), 2**53).map(nodes.Int),
    "Edtf": st.sampled_from(["1993", "2009-04", "197X", "1991~", "2016/2022"]).map(nodes.String),
    "Day": st.just(nodes.String("2009-04-17")),
    "Instant": st.just(nodes.String("2026-01-31T12:00:00Z")),
}
REFUSED = {"BAD_USER_INPUT", "FORBIDDEN", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_EXPENSIVE"}


@pytest.fixture(autouse=True, scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what Hypothesis stores out of the tree."""
    hypothesis.configuration.set_hypothesis_home_dir(tmp_path_factory.mktemp("hypothesis"))
    yield
    hypothesis.configuration.set_hypothesis_home_dir(None)


class Mended(Visitor):
    """Gives a page a size and an id a fact; takes cursors and orders away."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__()
        self._ids = ids

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        name, value = node.name.value, node.value
        if name in ("last", "after", "before", "orderBy"):
            return REMOVE
        if name == "first" and isinstance(value, IntValueNode):
            return _given(node, IntValueNode(value=str(int(value.value) % 4)))
        if name in ("id", "from", "to"):
            return _given(node, StringValueNode(value=self._ids[0]))
        if name == "ids":
            return _given(node, ListValueNode(values=tuple(StringValueNode(value=each) for each in self._ids)))
        return None

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        """Leave out the edges: their properties depend on the list."""
        left = FieldNode(name=NameNode(value="__typename"), alias=node.alias)
        return left if node.name.value == "edges" else None


def _given(node: ArgumentNode, value: Any) -> ArgumentNode:
    return ArgumentNode(name=node.name, value=value)


def operations() -> Iterator[Any]:
    """Yield the fields of the root, as Schemathesis reads them from the published schema."""
    for name, strategy in SCALARS.items():
        schemathesis.graphql.scalar(name, strategy)
    for each in schemathesis.graphql.from_path(DOCS / "schema.graphql").get_all_operations():
        assert isinstance(each, Ok)
        yield each.ok()


def cases(operation: Any, most: int) -> list[Any]:
    """Let Schemathesis make cases of an operation, the same ones in each run."""
    made: list[Any] = []

    @settings(BOUNDED, max_examples=most)
    @given(case=operation.as_strategy())
    def collect(case: Any) -> None:
        made.append(case)

    collect()
    return made


def some_ids(world: World, field: str) -> list[str]:
    """Name some facts that a field of the root may be asked for."""
    labels = [label for label, spec in model().concepts.items() if spec.singular == field] or ["Person", "City"]
    return [node.id for label in labels for node in world.nodes_of.get(label, ())[:2]] or ["city/us-wa-seattle"]


def test_no_question_ends_with_a_server_error(server: Running, world: World) -> None:
    codes: Counter[str] = Counter()
    headers = {"accept": "application/graphql-response+json"}
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=headers, timeout=60) as client:
        for operation in operations():
            mended = Mended(some_ids(world, operation.label.partition(".")[2]))
            asked = [case.body for case in cases(operation, QUESTIONS)]
            for text in (*asked, *(print_ast(visit(parse(each), mended)) for each in asked)):
                response = client.post("/graphql", json={"query": text})
                found = {error["extensions"]["code"] for error in response.json().get("errors", [])}
                codes.update(found or {"answered"})
                assert found <= REFUSED, text
                assert response.status_code == (403 if "FORBIDDEN" in found else 400 if found else 200), text
    assert codes["answered"] > 80, codes


def test_every_documented_path_answers_as_it_says(server: Running) -> None:
    described = schemathesis.openapi.from_url(f"http://127.0.0.1:{server.port}/openapi.json")
    paths = [each.ok() for each in described.get_all_operations() if isinstance(each, Ok)]
    assert [each.label for each in paths] == ["GET /healthz", "GET /readyz"]
    for path in paths:
        for case in cases(path, REQUESTS):
            case.call_and_validate()
