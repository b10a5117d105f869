"""Running servers, which learn of audiences that are loaded."""

from tests.http.conftest import make_service, nothing_is_warmed, running

__all__ = ["make_service", "nothing_is_warmed", "running"]
