"""The status of a page, as a client sees it. In: a port and a path. Out: the HTTP status, 0 if nobody answers."""

import http.client


def status(port: int, path: str, seconds: float = 20) -> int:
    """Ask a server on this machine; wait at most so many seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
