"""`citygraph delete`. In: ids of facts. Out: the facts are gone, or none is and the problems are printed."""

from typing import Annotated

import typer

from app.cli.writing import PROBLEMS, By, RequestId, Server, Token, send
from schema.language.writes import DELETE


def delete(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of facts or relationships.")],
    *,
    with_relationships: Annotated[
        bool, typer.Option("--with-relationships", help="The relationships of the facts go too.")
    ] = False,
    server: Server = None,
    token: Token = None,
    request_id: RequestId = None,
) -> None:
    """Take facts out of the database, by their ids. All of them go, or none if one cannot."""
    rows = [{"id": id_, "withRelationships": with_relationships} for id_ in ids]
    text = f"{DELETE}(rows: $rows, requestId: $id) {{ deletedIds {PROBLEMS} }}"
    by = By(server, token, request_id)
    data = send(f"mutation ($rows: [DeleteInput!]!, $id: ID) {{ {text} }}", {"rows": rows}, by)
    for id_ in data[DELETE]["deletedIds"]:
        print(f"deleted {id_}")
