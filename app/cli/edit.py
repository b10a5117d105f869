"""`citygraph edit`. In: the id of a fact, and `field=value` texts. Out: the fact with other values."""

from typing import Annotated

import typer

from app.cli.writing import By, RequestId, Server, Token, row_from, spec_of_id, upsert
from schema.language.declare import ConceptSpec
from schema.model import model


def edit(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of a fact, such as visit/us-wa-seattle-2009-stockholm.")],
    fields: Annotated[list[str], typer.Argument(help="What changes, such as delegates=24; `note=` removes the note.")],
    unchanged_since: Annotated[
        str | None, typer.Option(help="Refuse if the fact was changed after this `updatedAt`.")
    ] = None,
    server: Server = None,
    token: Token = None,
    request_id: RequestId = None,
) -> None:
    """Change fields of a fact, by its id. Fields that are not given stay as they are."""
    spec = spec_of_id(id_, model())
    row = row_from(fields, spec, model())
    named = {"key": {"id": id_}} if isinstance(spec, ConceptSpec) else {"id": id_}
    guard = {} if unchanged_since is None else {"expectedUpdatedAt": unchanged_since}
    upsert(spec, {**row, **named, **guard}, By(server, token, request_id))
