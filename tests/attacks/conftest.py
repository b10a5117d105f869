"""The web application in process, for attacks that need more than the engine."""

from tests.http.conftest import client, make_client, make_service, nothing_is_warmed

__all__ = ["client", "make_client", "make_service", "nothing_is_warmed"]
