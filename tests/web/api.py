"""What the API answers, for comparison with what a page shows. In: a server, a question, a token. Out: data."""

from collections.abc import Mapping
from typing import Any

import httpx

from tests.http.running import Running

SECONDS = 240
"""Time for a first question: a database that has just been filled plans each of its statements anew."""
NETWORK = """
query ($fromYear: Int, $toYear: Int, $subject: ID, $synthetic: Boolean) {
  exchangeNetwork(fromYear: $fromYear, toYear: $toYear, subject: $subject, synthetic: $synthetic) {
    basedOn mutual mutualOfPairs mutualOfArcs
    cities { city { factId name } made hosted hosts guests share }
    legs { visitor { factId name } host { factId name } visits }
  }
}
"""


def told(server: Running, query: str, token: str | None = None, **variables: Any) -> Mapping[str, Any]:
    """Ask over a connection of its own; fail if there is an error."""
    headers = {"accept": "application/graphql-response+json"} | ({"authorization": f"Bearer {token}"} if token else {})
    body = {"query": query, "variables": variables}
    answer = httpx.post(f"http://127.0.0.1:{server.port}/graphql", json=body, headers=headers, timeout=SECONDS).json()
    assert "errors" not in answer, answer
    data: Mapping[str, Any] = answer["data"]
    return data


def network(server: Running, token: str | None = None, **variables: Any) -> Mapping[str, Any]:
    """Return the exchange network, of real visits if nothing else is asked for."""
    found: Mapping[str, Any] = told(server, NETWORK, token, **{"synthetic": False, **variables})["exchangeNetwork"]
    return found
