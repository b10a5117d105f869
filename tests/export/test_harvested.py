"""Our catalogue in a real CKAN: ckanext-dcat reads it, and CKAN stores what it read. Only `make portals` runs it."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from tests.http.conftest import Client
from tests.portals.real import Server, running
from tests.portals.test_real import LONG, call

DATASET, DISTRIBUTION = (NamedNode(f"http://www.w3.org/ns/dcat#{name}") for name in ("dataset", "distribution"))
HARVEST = """
import json, sys
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app
app = make_app(CKANConfigLoader("ckan.ini").get_config())
with app._wsgi_app.test_request_context():
    from ckanext.dcat.processors import RDFParser
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(open(sys.argv[1]).read(), _format=sys.argv[2])
    print("DATASETS " + json.dumps(list(parser.datasets())))
"""


@pytest.fixture(scope="module")
def ckan() -> Iterator[Server]:
    with running("ckan", LONG, ports=4) as server:
        yield server


def harvested(ckan: Server, text: str, form: str) -> list[dict[str, Any]]:
    """Return the data sets that ckanext-dcat finds in a catalogue."""
    path = ckan.folder / "catalog"
    path.write_text(text, encoding="utf-8")
    arguments = [str(ckan.folder / "venv/bin/python"), "-c", HARVEST, str(path), form]
    done = subprocess.run(arguments, cwd=ckan.folder, capture_output=True, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("DATASETS ")), "")
    assert line, done.stderr[-2_000:]
    found: list[dict[str, Any]] = json.loads(line.removeprefix("DATASETS "))
    return found


@pytest.mark.portals
@pytest.mark.parametrize(("path", "form"), [("/catalog.ttl", "turtle"), ("/catalog.jsonld", "json-ld")])
def test_ckan_takes_every_data_set_with_its_files(client: Client, ckan: Server, path: str, form: str) -> None:
    text = client.request("GET", path).text
    store = Store()
    store.load(text, RdfFormat.TURTLE if form == "turtle" else RdfFormat.JSON_LD)
    ours = {str(quad.object) for quad in store.quads_for_pattern(None, DATASET, None)}
    files = len(list(store.quads_for_pattern(None, DISTRIBUTION, None)))
    found = harvested(ckan, text, form)
    assert len(found) == len(ours) > 10
    assert sum(len(each["resources"]) for each in found) == files
    for number, each in enumerate(found):
        name = f"ours-{form}-{number:03d}"
        stored = call(ckan, "package_create", **{**each, "name": name, "owner_org": "klinik"})
        assert stored["title"] == each["title"]
        assert {resource["url"] for resource in stored["resources"]} == {one["url"] for one in each["resources"]}
    listed = call(ckan, "package_search", q=f"name:ours-{form}-*", rows=0)
    assert listed["count"] == len(ours)
