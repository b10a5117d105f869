"""`citygraph schema`. In: the model. Out: the GraphQL schema, as committed in docs/schema.graphql, or the reference page."""

from typing import Annotated

import typer


def schema(
    reference: Annotated[bool, typer.Option("--reference", help="Print the reference page of the model.")] = False,
) -> None:
    """Print the GraphQL schema in the schema definition language."""
    from schema.graphql import build
    from schema.model import model
    from schema.reference import page

    print(page(model()) if reference else build.sdl(build.schema()), end="")
