"""A headless Chromium without a network, spoken to over its DevTools protocol. In: a program. Out: a page that is looked at.

A library for this would bring a browser or 45 MB of its own; websockets is there already.
"""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-port=0",
    # The network is cut: no name is found, only the server of the tests is reached, by its address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 120
KEYS = {"Enter": ("\r", 13), "Tab": ("\t", 9), " ": (" ", 32)}


def program() -> str:
    """Return the path of a Chromium; fail the test if there is none."""
    found = os.environ.get("CITYGRAPH_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.fail("there is no Chromium: `apt-get install chromium`, or name one in CITYGRAPH_CHROMIUM")
    return found


@dataclass
class Page:
    """An open page. `requests` are the addresses that it asked for, `complaints` what its console says is wrong."""

    connection: ClientConnection
    session: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1_000))

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._numbers)
        asked = {"id": number, "method": method, "params": parameters, "sessionId": self.session}
        self.connection.send(json.dumps(asked))
        while True:
            message = json.loads(self.connection.recv(timeout=PATIENCE))
            if message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        method, about = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif method == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            self.complaints.append(about["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(about["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and about["type"] == "error":
            self.complaints.append(json.dumps(about["args"])[:300])

    def run(self, script: str) -> Any:
        """Run a script in the page and return its value; a promise is awaited."""
        done = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def until(self, script: str) -> Any:
        """Wait until an expression gives something that counts as true, and return it; an element is returned as true."""
        script = f"((value) => value instanceof Node || value)({script})"
        end = time.monotonic() + PATIENCE
        while not (value := self.run(script)):
            assert time.monotonic() < end, (
                f"{script} did not become true; the page:\n{self.run('document.body.innerText')}"
            )
            time.sleep(0.05)
        return value

    def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self.send("Page.navigate", url=url)
        self.until(f"location.href === {json.dumps(url)} && document.readyState === 'complete'")

    def press(self, key: str) -> None:
        """Press a key, as a person does."""
        text, number = KEYS[key]
        about = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": number}
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.send("Input.dispatchKeyEvent", type="keyUp", **about)

    def click(self, selector: str) -> None:
        """Click in the middle of an element."""
        found = f"document.querySelector({json.dumps(selector)})"
        x, y = self.run(
            f"(() => {{ const e = {found}; e.scrollIntoView({{block: 'center', behavior: 'instant'}}); "
            "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector: str, text: str) -> None:
        """Put the cursor into a field and type a text."""
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self.send("Input.insertText", text=text)


@contextmanager
def browser() -> Iterator[Callable[[], Page]]:
    """Start a Chromium; yield a function that opens a page, which shares nothing with the pages before."""
    with tempfile.TemporaryDirectory(prefix="citygraph-browser-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program(), *OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with connect(_address(Path(profile), process), max_size=None) as connection:
                yield lambda: _page(connection)
        finally:
            process.terminate()
            process.wait(30)


def _address(profile: Path, process: subprocess.Popen[bytes]) -> str:
    file, end = profile / "DevToolsActivePort", time.monotonic() + PATIENCE
    while not file.exists() or len(lines := file.read_text().splitlines()) < 2:
        assert process.poll() is None, "Chromium has ended"
        assert time.monotonic() < end, "Chromium does not start"
        time.sleep(0.05)
    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"


def _page(connection: ClientConnection) -> Page:
    root = Page(connection, "")

    def command(method: str, **parameters: Any) -> Any:
        number = next(root._numbers)
        connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (message := json.loads(connection.recv(timeout=PATIENCE))).get("id") != number:
            pass
        return message["result"]

    context = command("Target.createBrowserContext")["browserContextId"]
    target = command("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
    page = Page(connection, command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
    for domain in ("Page", "Network", "Runtime", "Log"):
        page.send(f"{domain}.enable")
    return page
