"""The API beside a page. In: the address of a server, a trusted document. Out: its data, to compare a page with."""

from typing import Any

import httpx


def asked(base: str, document: str, token: str | None = None, **variables: Any) -> Any:
    """Return the data of a trusted document, by default without made-up facts, as on a page."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    body = {"documentId": document, "variables": {"synthetic": False} | variables}
    answer = httpx.post(f"{base}/graphql", json=body, headers=headers, timeout=60).json()
    assert "errors" not in answer, answer
    return answer["data"]
