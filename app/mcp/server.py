"""The protocol, spoken with the official SDK. In: requests of a client. Out: tools, resources and prompts, and their answers.

A failure is told as the text of a result, which the assistant reads. A fault of ours gets a number, under which the log has it.
"""

import asyncio
import base64
import logging
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ImageContent,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    TextContent,
    TextResourceContents,
)
from mcp.types import Tool as Listed

from app.mcp.answers import Told, as_text
from app.mcp.catalogue import INSTRUCTIONS, Catalogue
from app.mcp.resources import JSON
from app.mcp.tools import Caller, Picture, ToolFailed, quoted
from graph.errors import Internal, QuestionError, QuestionRefused

log = logging.getLogger("citygraph.mcp")

NAME = "citygraph"
Context = ServerRequestContext[Any, Any]


def mcp_server(catalogue: Catalogue, caller_of: Callable[[Context], Caller]) -> Server[Any]:
    """Make the server; `caller_of` says for whom a request is answered."""
    listed = ListToolsResult(tools=[Listed.model_validate(each, by_alias=True) for each in catalogue.shown])

    async def list_tools(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        return listed

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        calling = asyncio.ensure_future(_call(catalogue, caller_of(context), params))
        try:
            return await asyncio.shield(calling)
        except asyncio.CancelledError:
            # The SDK cancels again at each step of what cleans up; a task of its own is cancelled once, and ends in order.
            calling.cancel()
            raise

    quiet()
    return Server(
        NAME,
        version=version("citygraph"),
        instructions=INSTRUCTIONS,
        **_resources(catalogue, caller_of),
        **_prompts(catalogue),
        get_tool_input_schema=lambda name: catalogue.tools[name].schema if name in catalogue.tools else None,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _resources(catalogue: Catalogue, caller_of: Callable[[Context], Caller]) -> dict[str, Any]:
    """Return what lists and reads resources."""
    of = catalogue.resources
    fixed = ListResourcesResult.model_validate({"resources": of.fixed}, by_alias=True)
    templates = ListResourceTemplatesResult.model_validate({"resourceTemplates": of.templates}, by_alias=True)

    async def list_resources(_: Context, __: PaginatedRequestParams | None) -> ListResourcesResult:
        return fixed

    async def list_templates(_: Context, __: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        return templates

    async def read_resource(context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        try:
            read = await catalogue.read(caller_of(context), str(params.uri))
        except (ToolFailed, QuestionError) as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None
        return ReadResourceResult(contents=[TextResourceContents(uri=params.uri, mime_type=JSON, text=as_text(read))])

    return {
        "on_list_resources": list_resources,
        "on_list_resource_templates": list_templates,
        "on_read_resource": read_resource,
    }


def _prompts(catalogue: Catalogue) -> dict[str, Any]:
    """Return what lists and fills prompts."""
    listed = ListPromptsResult.model_validate(
        {"prompts": [each.shown for each in catalogue.prompts.values()]}, by_alias=True
    )

    async def list_prompts(_: Context, __: PaginatedRequestParams | None) -> ListPromptsResult:
        return listed

    async def get_prompt(_: Context, params: GetPromptRequestParams) -> GetPromptResult:
        prompt = catalogue.prompts.get(params.name)
        if prompt is None:
            raise MCPError(
                INVALID_PARAMS, f"{quoted(params.name)} is no prompt; there are {', '.join(catalogue.prompts)}."
            )
        try:
            text = TextContent(type="text", text=prompt.filled(params.arguments or {}))
        except ToolFailed as failed:
            raise MCPError(INVALID_PARAMS, str(failed)) from None
        return GetPromptResult(description=prompt.says, messages=[PromptMessage(role="user", content=text)])

    return {"on_list_prompts": list_prompts, "on_get_prompt": get_prompt}


def quiet() -> None:
    """Keep what clients send out of the log: the SDK quotes it in warnings."""
    logging.getLogger("mcp").setLevel(logging.ERROR)


async def _call(catalogue: Catalogue, caller: Caller, params: CallToolRequestParams) -> CallToolResult:
    try:
        return _result(await catalogue.call(caller, params.name, params.arguments or {}))
    except ToolFailed as failed:
        return failure(str(failed))
    except QuestionError as error:
        return failure(f"{error.code}: {error.message}")
    except QuestionRefused as refused:
        return failure("\n".join(f"{error.code}: {error.message}" for error in refused.errors))
    except Exception:  # A fault of ours must not end the connection, nor tell the assistant what it was.
        ours = Internal()
        log.exception("a tool failed", extra={"error_id": ours.mark})
        return failure(f"{ours.code}: {ours.message}")


def failure(text: str) -> CallToolResult:
    """Return a failure as the assistant reads it."""
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)


def _result(answer: Told | Picture) -> CallToolResult:
    if isinstance(answer, Picture):
        image = ImageContent(type="image", data=base64.b64encode(answer.png).decode(), mime_type="image/png")
        text = TextContent(
            type="text", text=f"Drawn of what you may see. A browser finds it at {answer.about['address']}"
        )
        return CallToolResult(content=[text, image], structured_content=answer.about)
    # Not every client shows its model the structured part, so it is there as a text too, as the protocol advises.
    texts = [TextContent(type="text", text=each) for each in (answer.text, as_text(answer.whole))]
    return CallToolResult(content=texts, structured_content=answer.whole)
