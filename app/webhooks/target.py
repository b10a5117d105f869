"""Which targets a webhook may have. In: a URL, or the address that a name resolved to. Out: why it is refused, if it is.

The URL is checked when a webhook is added. The address is checked each time, just before the connection to it is opened.
"""

from urllib.parse import urlsplit

from graph.addresses import Reach, literal, malformed, reach


def url_problem(url: str, *, private: bool) -> str | None:
    """Say why a URL is not accepted; None if it is. `private` says that private addresses are allowed."""
    problem = malformed(url, "Accepted is a URL such as https://example.org/hook.")
    if problem is not None:
        return problem
    parts = urlsplit(url)
    return _scheme_problem(parts.scheme, private=private) or _literal_problem(
        parts.scheme, parts.hostname or "", private=private
    )


def _scheme_problem(scheme: str, *, private: bool) -> str | None:
    if scheme == "https" or (scheme == "http" and private):
        return None
    return (
        "A webhook is sent over https only. http is accepted for addresses of this machine, if CITYGRAPH_WEBHOOK_PRIVATE "
        "is true."
    )


def _literal_problem(scheme: str, host: str, *, private: bool) -> str | None:
    address = literal(host)
    return None if address is None else address_problem(address, plain=scheme == "http", private=private)


def address_problem(text: str, *, plain: bool, private: bool) -> str | None:
    """Say why nothing is sent to an address; None if it may be. `plain` is http, which is for this machine only."""
    where = reach(text)
    if where is Reach.THIS_MACHINE:
        return None if private else "The address is one of this machine. CITYGRAPH_WEBHOOK_PRIVATE allows it."
    if plain:
        return "http is for addresses of this machine only."
    if where is Reach.NEVER:
        return "The address is link-local, multicast, reserved, or gives metadata of a cloud."
    if private or where is Reach.PUBLIC:
        return None
    return "The address is private. CITYGRAPH_WEBHOOK_PRIVATE allows it."
