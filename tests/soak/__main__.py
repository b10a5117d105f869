"""`make soak-load`. In: seconds and names of hostile clients on the command line, if wanted. Out: a table.

The exit code is 1 if a promise is broken.
"""

import sys
from collections.abc import Sequence

from tests.conftest import SECRET, fill
from tests.kit.database import test_database
from tests.kit.served import served
from tests.soak.hostile import CLIENTS
from tests.soak.soak import soak, table

SECONDS = 600.0


def main(seconds: float, names: Sequence[str]) -> int:
    """Run it against a server of its own, with the settings that a server has by itself."""
    with (
        test_database(fill) as address,
        served(address, SECRET.decode()) as server,
    ):
        result = soak(server, seconds, names or tuple(CLIENTS))
    print(table(result))
    for promise in result.broken:
        print(f"BROKEN: {promise}")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS, sys.argv[2:]))
