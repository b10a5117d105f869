"""`citygraph add`. In: a concept or relationship, and `field=value` texts. Out: one new fact, with its relationships."""

from typing import Annotated

import typer

from app.cli.writing import By, RequestId, Server, Token, row_from, spec_of, upsert
from schema.model import model


def add(
    of: Annotated[str, typer.Argument(help="A concept or relationship, such as visit or hosted-by.")],
    fields: Annotated[
        list[str],
        typer.Argument(
            help="What is stated, such as title='Seattle in Oslo' since=2031-05 hosts=city/no-12-oslo; ids of related facts "
            "and of sources may be repeated."
        ),
    ],
    server: Server = None,
    token: Token = None,
    request_id: RequestId = None,
) -> None:
    """Add a fact, such as a visit with its hosts and topics.

    For example: citygraph add topic name=Trams sources=source/1 confidence=VERIFIED
    """
    spec = spec_of(of, model())
    upsert(spec, row_from(fields, spec, model()), By(server, token, request_id))
