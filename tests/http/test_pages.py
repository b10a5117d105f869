"""The pages for browsers: all from this server, the questions in the order of the systems, nothing outside local mode."""

import hashlib
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app import web
from app.start.trusted import head, lines
from schema.derived.reference.systems import SYSTEMS
from seeds import QUESTIONS
from seeds.counts import counted
from tests.http.conftest import Client
from tests.kit.family import families

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SELF = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
PAGES = pytest.mark.parametrize("path", ["/", "/graphql"])
VENDORED = Path(web.__file__).parent / "vendored"


def body(client: Client, path: str = "/") -> str:
    response = client.request("GET", path, headers=HTML)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


@PAGES
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(client: Client, path: str) -> None:
    page = body(client, path)
    assert "citygraph" in page
    assert not re.search(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=|javascript:", page)
    asked = re.findall(r'<(?:script|link|img|iframe)[^>]* (?:src|href)="([^"]+)"', page)
    assert len(asked) >= 3
    for url in asked:
        assert url.startswith("/web/")
        served = client.request("GET", url)
        assert served.status_code == 200
        assert served.headers["content-security-policy"] == SELF
        assert served.headers["x-content-type-options"] == "nosniff"


def test_the_security_policy_of_the_page_is_strict_and_the_editor_may_have_fonts_besides(client: Client) -> None:
    assert client.request("GET", "/", headers=HTML).headers["content-security-policy"] == SELF
    editor = client.request("GET", "/graphql", headers=HTML).headers["content-security-policy"]
    assert editor == f"{SELF}; font-src 'self' data:"


def test_a_hardened_server_has_no_page(make_client: Callable[..., Client]) -> None:
    hardened = make_client(profile="hardened")
    for path in ("/", "/web/page.js", "/web/vendored/graphiql-3.9.0/graphiql.min.js"):
        assert hardened.request("GET", path, headers=HTML).status_code == 404


def test_only_files_for_browsers_are_served(client: Client) -> None:
    for path in ("home.py", "vendored/vendored.json", "../http/api.py", "%2e%2e/http/api.py", "", "vendored/"):
        assert client.request("GET", f"/web/{path}").status_code == 404


def test_the_page_says_how_much_is_real(client: Client) -> None:
    page = " ".join(re.sub(r"<[^>]+>", "", body(client)).split())
    made_up = counted().rows - counted().real
    assert f"{counted().rows:,} rows of facts. {counted().real:,} of them are real" in page
    assert f"{made_up:,} are made up. Made-up facts are only in the answers to questions that ask" in page


def test_the_questions_stand_under_their_systems_once_each(client: Client) -> None:
    page = body(client)
    sections = re.findall(r"<h2>(.+?)</h2>(.+?)</section>", page, re.DOTALL)
    assert [unescape(heading) for heading, _ in sections] == [each.heading for each in SYSTEMS] + ["More questions"]
    for (_, written), system in zip(sections, SYSTEMS, strict=False):
        listed = re.findall(r'(?:id="|href="#)([^"]+)"', written)
        about = [
            family.path.stem
            for family in families(QUESTIONS)
            if str(system.number) in lines(family.text).keys.get("system", ())
        ]
        assert listed == about
    assert sorted(re.findall(r'<details class="question" id="([^"]+)"', page)) == sorted(
        family.path.stem for family in families(QUESTIONS)
    )


def test_every_question_has_its_graphql_and_a_link_that_opens_it(client: Client) -> None:
    page = body(client)
    for family in families(QUESTIONS):
        start = page.index(f'id="{family.path.stem}"')
        written = page[start : page.index("</details></li>", start)]
        assert json.loads(unescape(re.findall(r'data-variables="([^"]*)"', written)[0])) == family.variables
        assert head(family.text).sentence in unescape(written)
        assert lines(family.text).body.strip() in unescape(written)
        link = urlsplit(unescape(re.findall(r'href="(/graphql[^"]+)"', written)[0]))
        assert "+" not in link.query
        opened = parse_qs(link.query, strict_parsing=True)
        assert opened["q"] == [family.text]
        assert json.loads(opened.get("variables", ["{}"])[0]) == family.variables
        assert ("for a steward" in written) is (head(family.text).viewer == "steward")


def test_the_page_escapes_what_documents_say(make_client: Callable[..., Client], tmp_path: Path) -> None:
    text = (
        '# <script>alert("x")</script> & more.\n# variables: {"a": "\\"<b>"}\nquery ($a: ID!) { city(id: $a) { name } }'
    )
    (tmp_path / "a<b>.graphql").write_text(text)
    page = body(make_client(trusted_dir=tmp_path))
    assert "<h2>Questions</h2>" in page
    assert "<script>alert" not in page
    assert "a<b>" not in page


def test_vendored_files_are_those_of_their_packages() -> None:
    listed: dict[str, str] = {}
    for library in json.loads((VENDORED / "vendored.json").read_text(encoding="utf-8")):
        folder = f"{library['package']}-{library['version']}"
        assert f"{folder}/LICENSE" in library["files"]
        assert library["licence"] == "MIT"
        listed |= {name: about["sha256"] for name, about in library["files"].items() if name.startswith(f"{folder}/")}
    files = [path for path in VENDORED.rglob("*") if path.is_file() and path.name not in ("vendored.json", "README.md")]
    assert {
        path.relative_to(VENDORED).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    } == listed
    assert sum(path.stat().st_size for path in files) < 2_000_000
