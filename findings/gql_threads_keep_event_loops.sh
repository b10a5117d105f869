#!/usr/bin/env bash
# Guess: gql's synchronous `execute` runs an asynchronous transport on an event loop that it closes when the answer is there.
# Seen: in a thread without a loop it makes one and never closes it. Each thread leaves an unclosed loop; its descriptors stay
# open until the garbage collector finds it, and then Python warns of an unclosed event loop.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env; env/bin/pip install --quiet gql==4.4.0
cat > threads.py <<'PY'
import asyncio, gc, os, threading
from importlib.metadata import version
from gql import Client, gql
from gql.transport.async_transport import AsyncTransport
from graphql import ExecutionResult

class Here(AsyncTransport):
    async def connect(self): pass
    async def close(self): pass
    async def execute(self, *given, **named): return ExecutionResult(data={"answer": 42})
    def subscribe(self, *given, **named): raise NotImplementedError

gc.disable()
before = len(os.listdir("/proc/self/fd"))
for _ in range(20):
    thread = threading.Thread(target=lambda: Client(transport=Here()).execute(gql("{ answer }")))
    thread.start(); thread.join()
loops = [each for each in gc.get_objects() if isinstance(each, asyncio.BaseEventLoop) and not each.is_closed()]
print(f"gql {version('gql')}: after 20 threads that ended, {len(loops)} event loops are open,",
      f"{len(os.listdir('/proc/self/fd')) - before} descriptors more than before")
assert len(loops) == 20
PY
env/bin/python threads.py
