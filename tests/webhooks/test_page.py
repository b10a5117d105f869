"""The receiver of docs/webhooks.md works as it stands there."""

import asyncio
import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime

from app.webhooks.post import Sender
from app.webhooks.sign import signed, signing_secret
from bench.starts import free_port
from graph.webhooks.webhook import Webhook
from tests.kit.paths import DOCS

NOW = datetime.now(UTC)
HOOK = Webhook("a", "https://example.org", "anna", NOW, "salt")
EVENT = b'{"kind":"CREATED","type":"Visit","fact":"visit/1","fields":[]}'


def test_the_receiver_of_the_page_verifies_and_takes_each_event_once() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "webhooks.md").read_text(), re.DOTALL)
    port, secret = free_port(), signing_secret(b"server", HOOK)
    assert "9000" in code
    environment = {**os.environ, "WEBHOOK_SECRET": secret, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", code.replace("9000", str(port))],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip

    async def work() -> list[int | None]:
        headers = signed((secret,), "e-1", datetime.now(UTC), EVENT)
        forged = {**headers, "webhook-id": "e-2"}
        async with Sender(private=True) as sender:
            url, end = f"http://127.0.0.1:{port}/", time.monotonic() + 20
            while (await sender.post(url, forged, EVENT)).status is None:
                assert time.monotonic() < end
                await asyncio.sleep(0.05)
            return [(await sender.post(url, each, EVENT)).status for each in (headers, headers, forged)]

    try:
        assert asyncio.run(work()) == [204, 204, 400]
    finally:
        process.kill()
        out, _ = process.communicate()
    assert out == "CREATED Visit visit/1\n"
