"""The soak in a short form: hostile clients beside honest ones, who notice little. `make soak-load` runs the long form."""

import pytest

from graph.bolt.connect import Address
from tests.conftest import SECRET
from tests.kit.served import served
from tests.kit.writer import BlockingWriter
from tests.soak.soak import SHORT_MEMORY, SHORT_SLOWER, Result, soak, table

SECONDS = 60.0


@pytest.mark.alone
def test_hostile_clients_disturb_no_honest_one(seeded: BlockingWriter, address: Address) -> None:
    with served(address, SECRET.decode()) as server:
        result = soak(server, SECONDS)
    result.most_slower, result.most_memory = SHORT_SLOWER, SHORT_MEMORY
    assert sum(map(len, result.beside)) > 400, "too few questions to tell"
    assert not result.broken, f"{result.broken}\n{table(result)}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"beside": [[0.031]] * 3}, "3.1 times as long"),
        ({"refused": {"503": 1}}, "503"),
        ({"memory_after": 151.0}, "1.51"),
    ],
)
def test_a_broken_promise_is_told(change: dict[str, object], says: str) -> None:
    kept = {"alone": [[0.010]] * 3, "beside": [[0.030]] * 3, "memory_before": 100.0, "memory_after": 150.0}
    assert not Result(**kept).broken  # type: ignore[arg-type]  # a mapping has one type for all its values
    (promise,) = Result(**kept | change).broken  # type: ignore[arg-type]  # the same
    assert says in promise
