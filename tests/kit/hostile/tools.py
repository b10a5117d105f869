"""Hostile messages to the tools of assistants. In: a random generator. Out: kinds."""

import json
from random import Random
from typing import Any

from tests.kit.hostile.kind import Kind, raw

PAGES = "{ visits(first: 100) { nodes { title hosts { edges { node { id } } } } } }"
DEEP = 99
"""Deepest nesting that is accepted."""


def message(method: str, params: Any) -> bytes:
    """Write a request with one message."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    return posted(body)


def posted(body: bytes) -> bytes:
    """Write a request with a body."""
    head = "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def call(name: str, /, **arguments: Any) -> bytes:
    """Write a call of a tool."""
    return message("tools/call", {"name": name, "arguments": arguments})


def _document(random: Random) -> bytes:
    fields = " ".join(f"a{at}: cities(first: {random.randrange(100)}) {{ nodes {{ name }} }}" for at in range(19))
    return call("ask", document=f"query {{ {fields} }}")


def _words(random: Random) -> bytes:
    tool = random.choice(["find_in_schema", "find_question", "search", "describe_type"])
    words = " ".join(f"w{random.randrange(10**6)}" for _ in range(9_000))
    return call(tool, **{"text" if tool == "search" else "name" if tool == "describe_type" else "words": words})


def _large(random: Random) -> bytes:
    start = b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"variables":{"a":['
    return posted(start + b"[]," * 30_000 + b"1]}}}}")


def _deep(random: Random) -> bytes:
    deep = random.choice([DEEP - 5, DEEP * 9, 40_000])
    return posted(b'{"jsonrpc":"2.0","id":1,"method":"ping","params":' + b'{"a":' * deep + b"1" + b"}" * (deep + 1))


TOOLS: tuple[Kind, ...] = (
    raw("lists of tools", "The list of all tools, again and again.", lambda _: message("tools/list", {})),
    raw("documents to tools", "A document that is new each time, to the tool that answers it.", _document),
    raw("many words", "Nine thousand words to tools that search.", _words),
    raw("many arguments", "Arguments with 30,000 lists.", _large),
    raw("deep messages", "Messages that are nested deeply.", _deep),
    raw("descriptions", "The description of the largest type.", lambda _: call("describe_type", name="Query")),
    raw("long answers", "A tool whose answer is cut.", lambda _: call("who-uses-a-practice-as-of-2010")),
    raw("large pages", "A hundred facts with all their sources.", lambda _: call("ask", document=PAGES)),
)
