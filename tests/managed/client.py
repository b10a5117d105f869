"""A process that holds a lease. In: settings as JSON. Out: one line with the address; it ends with its standard input."""

import json
import sys

from graph.bolt.connect import change_password, check
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings


def main() -> None:
    with acquire(ManagedSettings.from_json(sys.argv[1]), check, change_password) as lease:
        print(json.dumps({"uri": lease.uri, "username": lease.username}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
