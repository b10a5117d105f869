"""Arguments of figures and networks as texts in an address: whatever is sent, the answer is a file or says what is wrong."""

from itertools import product

import httpx
import pytest

from graph.export.graphs import asked as files
from graph.measures import figured
from tests.clouds.test_clouds import SEATTLE
from tests.http.conftest import TOKEN
from tests.http.running import Running

KINDS = {
    **{f"figures/{kind}.{figured.FORMATS[kind][0]}": names for kind, names in figured.KINDS.items()},
    **{f"export/{kind}.edges.csv": names for kind, names in files.KINDS.items()},
}
TEXTS = ("", "x", "-1", "99999999999999999999", "\0", "city/nope", "2024-02-30", "2017/..")
"""Some that another argument may have, and some that none has."""
CLOUD, PRACTICE = {"city": SEATTLE}, {"practice": "practice/bus-rapid-transit"}


@pytest.mark.parametrize("path", KINDS)
def test_no_text_is_an_internal_error(server: Running, path: str) -> None:
    names = KINDS[path]
    needed = PRACTICE if "practice" in names else CLOUD if "layer" in names else {}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}", headers={"authorization": f"Bearer {TOKEN}"}
    ) as client:
        for name, text in product(names, TEXTS):
            found = client.get(path, params=needed | {name: text}, timeout=30)
            assert found.status_code in (200, 400, 404), (name, text, found.text[:300])
            assert found.status_code == 200 or found.json()["errors"][0]["message"], (name, text)
