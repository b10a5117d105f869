"""NGSI-LD context brokers (ETSI GS CIM 009): the entities of a type, in the key-values form. In: Asked. Out: records.

Brokers promise no order of pages, so what came is compared with the count that they state.
"""

from graph.load.records import Known, Record, Take, Told
from graph.portals.answers import ask_json, below, shown, whole_number
from graph.portals.fetch import Client
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_numbered

COUNT = "ngsild-results-count"
CONTEXT = '<%s>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'


class Broker:
    """The entities of one type."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all entities once."""
        asked = self._asked
        async with Client(asked) as client:
            pages = _Entities(asked, client)
            return await read_numbered(pages, f"{pages.url} type {asked.text('type')}", asked.limits.pages, known, take)


class _Entities:
    ordered = resumes = False

    def __init__(self, asked: Asked, client: Client) -> None:
        self._asked, self._client, self.size = asked, client, asked.size
        self.url = below(asked.url, "/ngsi-ld/v1/entities")
        context, tenant = asked.option("context"), asked.option("tenant")
        self._headers = {"Link": CONTEXT % context} if context else {}
        self._headers |= {"NGSILD-Tenant": str(tenant)} if tenant else {}

    async def count(self) -> int | None:
        return None

    async def page(self, offset: int, count: int) -> Page:
        parameters = {"type": self._asked.text("type"), "q": self._asked.option("query"), "options": "keyValues"}
        asked = {**parameters, "count": "true", "limit": count, "offset": offset}
        got = await ask_json(self._client, self.url, asked, self._headers)
        if not isinstance(got.value, list) or not all(isinstance(each, dict) and "id" in each for each in got.value):
            raise self._client.failed(self.url, f"the answer is no list of entities with ids: {shown(got.value)}")
        total = whole_number(got.answer.headers.get(COUNT))
        if total is None:
            raise self._client.failed(self.url, "the broker states no count, in the header NGSILD-Results-Count")
        keys = [str(each["id"]) for each in got.value]
        records = [Record(f"{self.url}/{key}", each) for key, each in zip(keys, got.value, strict=True)]
        return Page(records, keys, total)
