"""`citygraph mcp`. In: requests of an assistant on standard input. Out: the answers of a running server, for one token."""

from typing import Annotated

import typer

from app.cli.ask import As

# Everything else is imported where it is used, because the help should not wait for it.


def mcp(
    *,
    viewer: Annotated[As, typer.Option("--as", help="Viewer with whose rights tools answer.")] = As.ANONYMOUS,
    server: Annotated[
        str | None,
        typer.Option(help="Address of a server, such as http://127.0.0.1:8000; by default the one of the data folder."),
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="CITYGRAPH_TOKEN", help="Token or API key with which to ask, instead of --as.")
    ] = None,
) -> None:
    """Give an assistant tools that ask a running server, by the Model Context Protocol over standard input and output.

    The assistant sees what everybody sees, unless --as or --token says otherwise. The server itself offers the same tools at
    its address /mcp. docs/analysts.md shows how clients are configured.
    """
    import asyncio

    from app.cli.remote import base_address, own_token
    from app.cli.settings import local_settings
    from app.start.servers import running_server
    from app.start.settings import SettingsError

    settings = local_settings()
    named = None if server is None else base_address(server)
    by = token or (own_token(settings, server) if viewer is As.STEWARD else None)

    def address() -> str:
        url = named or running_server(settings)
        if url is None:
            raise SettingsError(
                "No citygraph server runs on this data folder. `citygraph up` starts one; --server names another."
            )
        return url

    address()
    # Imported after what can be said without it: it takes a second.
    from app.mcp.bridge import Bridge, NoAnswer

    try:
        asyncio.run(Bridge(address, by).serve())
    except NoAnswer as error:
        raise SettingsError(str(error)) from error
    except KeyboardInterrupt:
        pass
