#!/usr/bin/env bash
# Guess: the id of an MCP request is "string | number", and in the JSON schema of the protocol ["string", "integer"], of which
# JSON Schema says that 7.0 is one too. So a ping with id 7.0 is answered with that id, or refused.
# Seen: the SDK for Python takes it for a notification. It says 202 without a body, and does not do what was asked; the client,
# whose JSON library writes whole numbers with a point, waits for an answer that never comes.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env; env/bin/pip install --quiet mcp==2.3.0
cat > ids.py <<'PY'
import asyncio
from importlib.metadata import version
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

HEADERS = [(b"content-type", b"application/json"), (b"accept", b"application/json, text/event-stream"),
           (b"host", b"127.0.0.1:8000")]
SCOPE = {"type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/", "raw_path": b"/",
         "query_string": b"", "headers": HEADERS, "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1)}

async def ping(manager, id_):
    body, sent = f'{{"jsonrpc": "2.0", "id": {id_}, "method": "ping"}}'.encode(), []
    given = [{"type": "http.request", "body": body, "more_body": False}]
    async def receive(): return given.pop() if given else await asyncio.Event().wait()
    async def send(message): sent.append(message)
    await manager.handle_request(dict(SCOPE), receive, send)
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent).decode()

async def main():
    manager = StreamableHTTPSessionManager(Server("ids"), stateless=True, json_response=True)
    async with manager.run():
        told = {id_: await ping(manager, id_) for id_ in ("7", '"7"', "7.0")}
    print(f"mcp {version('mcp')}: {told}")
    assert told["7"][0] == told['"7"'][0] == 200 and told["7.0"] == (202, ""), told

asyncio.run(main())
PY
env/bin/python ids.py
