#!/usr/bin/env bash
# Guess: the driver reads the four bytes by which a server answers the handshake, however TCP delivers them.
# Seen: it takes what arrives first for all of it. A reply in two pieces fails with ServiceUnavailable, later messages do not.
# Needs python3.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv env && env/bin/pip install -q neo4j==6.4.1
cat > pieces.py <<'PY'
import asyncio, logging, neo4j, neo4j.exceptions

async def connected(pieces):
    reached = asyncio.Event()

    async def server(reader, writer):
        await reader.readexactly(20)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.1)
        if await reader.read(1):  # the client goes on with HELLO
            reached.set()
        writer.close()

    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    uri = f"bolt://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with neo4j.AsyncGraphDatabase.driver(uri, auth=("neo4j", "any"), max_transaction_retry_time=0) as driver:
        try:
            await driver.verify_connectivity()
        except neo4j.exceptions.DriverError as error:
            told = str(error).splitlines()[-1]
    listening.close()
    return reached.is_set(), told

logging.disable()
whole, _ = asyncio.run(connected([b"\0\0\4\5"]))
cut, told = asyncio.run(connected([b"\0\0", b"\4\5"]))
print(f"neo4j {neo4j.__version__}: in one piece the client says HELLO: {whole}; in two pieces: {cut}")
print(told)
raise SystemExit(0 if whole and not cut else "the driver reads both now")
PY
env/bin/python pieces.py
