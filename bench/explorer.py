"""The explorer in Chromium, against the same network laid out by ForceAtlas2 and drawn by sigma in the browser.

In: a database with the generated graph. Out: seconds until there is a picture, of a step of the slider, and bytes.
"""

import asyncio
import io
import json
import re
import statistics
import tarfile
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, Route

from bench import rosters
from bench.serving import OURS, TOKEN, server
from graph.bolt.connect import Address
from graph.bolt.write import open_writer
from tests.kit.browser import Seen, browser, opened_page
from tests.kit.vendored import packed_by_npm

PEOPLE, MANY, ROUNDS, STEPS = 150, 5_000, 7, 10
MANUAL, STILL = 50, 500
"""Iterations of ForceAtlas2: those of its manual, and those after which one moves people by less than 1/10,000 of the width."""
GRAPHOLOGY, SIGMA, LAYOUT, UTILITIES = (
    "graphology@0.26.0", "sigma@4.0.4", "graphology-layout-forceatlas2@0.10.1", "graphology-utils@2.5.2",
)  # fmt: skip
NO_GPU = "--enable-unsafe-swiftshader"
"""WebGL without a graphics processor, which sigma needs; both sides get it."""
PAINTED = """
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
"""
WATCH = f"""(() => {{{PAINTED}
  const seen = new MutationObserver(() => {{
    if (!document.querySelector("main .drawing svg")) return;
    seen.disconnect();
    painted();
  }});
  seen.observe(document, {{ childList: true, subtree: true }});
}})()"""
ASKED = """query ($roster: ID!) {
  cloud(roster: $roster) { people(first: 1000) { personId name group } ties(first: 1000) { one { personId } other { personId } } }
}"""
THEIRS = """<!doctype html><meta charset="utf-8"><title>sigma</title>
<div id="box" style="width: 1200px; height: 700px"></div>
<script src="/bench/graphology.js"></script><script src="/bench/sigma.js"></script><script src="/bench/layout.js"></script>
<script type="module">%s
const { iterations, body } = %s;
const headers = { authorization: "Bearer %s", "content-type": "application/json", accept: "application/json" };
const response = await fetch("/graphql", { method: "POST", headers, body });
const { cloud } = (await response.json()).data;
const graph = new graphology.Graph();
cloud.people.forEach(({ personId, name }, at) => {
  const angle = (2 * Math.PI * at) / cloud.people.length;
  graph.addNode(personId, { label: name, size: 6, x: Math.cos(angle), y: Math.sin(angle) });
});
for (const { one, other } of cloud.ties) graph.mergeEdge(one.personId, other.personId);
layout.assign(graph, { iterations, settings: layout.inferSettings(graph) });
window.drawn = new (Sigma.Sigma ?? Sigma)(graph, document.getElementById("box"));
window.people = graph.order;
painted();
</script>"""
TURN = """async (steps) => {
  const range = document.querySelector("main input[type=range]");
  const took = [];
  for (let step = 0; step < steps; step += 1) {
    const begun = performance.now();
    range.value = step % 2;
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    took.push((performance.now() - begun) / 1000);
    await new Promise((done) => setTimeout(done, 2000));
  }
  return took;
}"""


@dataclass(frozen=True)
class Explorer:
    """Seconds until a picture is painted, of ours and of theirs; bytes of the page's files; seconds of steps of the slider."""

    ours: list[float]
    theirs: list[float]
    theirs_still: list[float]
    weight: int
    steps: list[float]


def measure(address: Address) -> Explorer:
    """Open each side in turn, in a context of its own, so that no file is kept."""
    asyncio.run(_enrol(address))
    files = _files()
    ours, theirs, still, weights = list[float](), list[float](), list[float](), list[int]()
    with server(OURS, address) as (port, *_), browser(NO_GPU) as chromium:
        base = f"http://127.0.0.1:{port}"
        for at in range(ROUNDS + 1):
            took, weight = _ours(chromium, base)
            manual = _theirs(chromium, base, files, MANUAL)
            until_still = _theirs(chromium, base, files, STILL)
            if at:  # the first round warms the server
                ours.append(took)
                theirs.append(manual)
                still.append(until_still)
                weights.append(weight)
        steps = _steps(chromium, base)
    return Explorer(ours, theirs, still, max(weights), steps)


async def _enrol(address: Address) -> None:
    async with open_writer(address) as writer:
        await rosters.enrol(writer, rosters.PAGE, PEOPLE)
        await rosters.enrol(writer, rosters.SLIDER, MANY)
        await rosters.ask_again(writer, rosters.SLIDER)


def _ours(chromium: Browser, base: str) -> tuple[float, int]:
    seen = Seen(base)
    page = opened_page(chromium, seen, TOKEN)
    page.add_init_script(WATCH)
    page.goto(f"/explore/cloud?roster={rosters.PAGE}")
    took = _painted(page)
    assert page.locator("main .drawing svg [data-kind=person]").count() == PEOPLE
    pages = [each for each in seen.responses if "/figures/" not in each.url and "/graphql" not in each.url]
    weight = sum(each.request.sizes()["responseBodySize"] for each in pages)
    seen.check()
    page.wait_for_load_state("networkidle")  # what the page asks for besides must not meet the other side
    page.context.close()
    return took, weight


def _theirs(chromium: Browser, base: str, files: dict[str, str], iterations: int) -> float:
    seen = Seen(base)
    page = opened_page(chromium, seen)
    body = json.dumps({"query": ASKED, "variables": {"roster": rosters.PAGE}})
    told = json.dumps({"iterations": iterations, "body": body})
    answers = files | {"index.html": THEIRS % (PAINTED, told, TOKEN)}
    page.route(re.compile("/bench/"), lambda route: _answered(route, answers))
    page.goto("/bench/index.html")
    took = _painted(page)
    assert page.evaluate("window.people") == PEOPLE
    page.context.close()
    return took


def _answered(route: Route, files: dict[str, str]) -> None:
    name = route.request.url.rpartition("/")[2]
    kind = "text/html; charset=utf-8" if name.endswith(".html") else "text/javascript; charset=utf-8"
    route.fulfill(body=files[name], content_type=kind)


def _painted(page: Page) -> float:
    """Wait for the picture; return the seconds from the start of the navigation until it was painted."""
    while (at := page.evaluate("window.painted")) is None:
        page.wait_for_timeout(20)
    return float(at) / 1_000


def _steps(chromium: Browser, base: str) -> list[float]:
    page = opened_page(chromium, Seen(base), TOKEN)
    page.set_default_timeout(180_000)
    page.goto(f"/explore/cloud?roster={rosters.SLIDER}")
    page.locator("main canvas").wait_for()
    page.wait_for_timeout(2_000)
    took: list[float] = page.evaluate(TURN, STEPS)
    page.context.close()
    return took


def _files() -> dict[str, str]:
    """Fetch the libraries of the other side; the layout is published for a bundler, and gets a function that requires."""
    utilities, layout = packed_by_npm(UTILITIES), packed_by_npm(LAYOUT)
    modules = {
        "graphology-utils/is-graph": _text(utilities, "is-graph.js"),
        "graphology-utils/getters": _text(utilities, "getters.js"),
        **{f"./{name}.js": _text(layout, f"{name}.js") for name in ("iterate", "helpers", "defaults", "index")},
    }
    told = ",".join(f"{json.dumps(name)}: (module, exports, require) => {{{text}\n}}" for name, text in modules.items())
    bundled = (
        f"const parts = {{{told}}}, kept = {{}};"
        "function required(name) { if (!kept[name]) { kept[name] = { exports: {} };"
        "parts[name](kept[name], kept[name].exports, required); } return kept[name].exports; }"
        "window.layout = required('./index.js');"
    )
    return {
        "graphology.js": _text(packed_by_npm(GRAPHOLOGY), "dist/graphology.umd.min.js"),
        "sigma.js": _text(packed_by_npm(SIGMA), "dist/sigma.min.js"),
        "layout.js": bundled,
    }


def _text(archive: bytes, name: str) -> str:
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        member = opened.extractfile(f"package/{name}")
        assert member is not None, name
        return member.read().decode()


def middle(seconds: list[float]) -> float:
    """Return the median."""
    return statistics.median(seconds)
