#!/usr/bin/env bash
# Guess: when a task is cancelled while the async driver opens a connection, the driver closes the socket that it has opened.
# Seen: it leaves it to the garbage collector. With warnings as errors, as tests often run, such a cancellation fails a test.
# Needs python3.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv env && env/bin/pip install -q neo4j==6.4.1
cat > cancelled.py <<'PY'
import asyncio, platform, warnings, neo4j

async def ask(driver):
    async with driver.session() as session:
        await session.run("RETURN 1")

async def silent(reader, writer):  # accepts a connection and never answers the handshake
    await reader.read()
    writer.close()

async def main():
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with neo4j.AsyncGraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", "any")) as driver:
        for milliseconds in [0.3, 0.5, 0.7, 1, 1.5, 2, 3] * 20:
            asking = asyncio.create_task(ask(driver))
            await asyncio.sleep(milliseconds / 1000)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await asyncio.sleep(0.01)
    server.close()

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    asyncio.run(main())
left = [str(each.message) for each in caught if "unclosed <socket" in str(each.message) and "raddr" in str(each.message)]
print(f"neo4j {neo4j.__version__}, Python {platform.python_version()}: {len(left)} of 140 cancelled connections were not closed, such as")
print(left[0] if left else "none")
raise SystemExit(0 if left else "the driver closes them now")
PY
env/bin/python cancelled.py
