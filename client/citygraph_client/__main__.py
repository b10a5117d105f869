"""`python -m citygraph_client types`. In: a document and a schema, as files. Out: Python types of the answers, as text."""

import argparse
import sys
from pathlib import Path

from citygraph_client.errors import CitygraphError


def main(arguments: list[str] | None = None) -> int:
    """Print the types; return 0, or 1 with a message if there are none."""
    parser = argparse.ArgumentParser(prog="python -m citygraph_client", description="Tools of the client of citygraph.")
    commands = parser.add_subparsers(dest="command", required=True)
    types = commands.add_parser("types", help="Print Python types for the answers of a document.")
    types.add_argument("question", type=Path, help="a file with GraphQL operations")
    types.add_argument("schema", type=Path, help="the schema, as `citygraph schema` prints it")
    given = parser.parse_args(arguments)
    from citygraph_client.typing_of import typed  # graphql-core is needed for this alone

    try:
        print(typed(given.question.read_text("utf-8"), given.schema.read_text("utf-8"), given.question.name), end="")
    except (CitygraphError, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
