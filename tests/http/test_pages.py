"""The pages for browsers: all from this server, the same for every viewer, and what they are told of questions and counts."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import web
from app.start.trusted import head, lines
from app.web.shell import views
from schema.derived.reference.systems import SYSTEMS
from seeds import QUESTIONS
from seeds.counts import counted
from tests.http.conftest import Client
from tests.kit.family import families

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SELF = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
START = "/explore/start"
PAGES = pytest.mark.parametrize("path", [START, "/explore/cloud?city=x", "/explore/nothing", "/graphql"])
VENDORED = Path(web.__file__).parent / "vendored"


def body(client: Client, path: str = START) -> str:
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
    assert client.request("GET", START, headers=HTML).headers["content-security-policy"] == SELF
    editor = client.request("GET", "/graphql", headers=HTML).headers["content-security-policy"]
    assert editor == f"{SELF}; font-src 'self' data:"


@pytest.mark.parametrize("profile", ["local", "hardened"])
def test_every_server_has_the_explorer_and_leads_there(make_client: Callable[..., Client], profile: str) -> None:
    server = make_client(profile=profile)
    for path in ("/", "/explore"):
        response = server.request("GET", path, headers=HTML)
        assert (response.status_code, response.headers["location"]) == (307, START)
    assert "/web/explorer/main.js" in body(server)
    assert ("citygraph: editor" in server.request("GET", "/graphql", headers=HTML).text) is (profile == "local")


def test_the_page_names_the_modules_of_its_view_and_no_others(client: Client) -> None:
    def modules(view: str) -> set[str]:
        return set(re.findall(r'modulepreload" href="([^"]+)"', body(client, f"/explore/{view}")))

    every = modules("nothing")
    assert "/web/explorer/views/cloud.js" in modules("cloud")
    assert "/web/explorer/cloud/waves.js" in modules("cloud")
    assert every < modules("cloud")
    assert "/web/explorer/cloud/people.js" not in modules("cloud"), "the picture waits for what stands below it"
    assert not any("/cloud/" in each for each in modules("city"))
    assert "/web/explorer/picture.js" in modules("cloud")
    assert "/web/explorer/picture.js" not in modules("start"), "its small pictures have no marks to walk"
    assert not any("/web/explorer/saving.js" in modules(view) for view in views()), (
        "it is loaded when a picture is saved"
    )
    for path in set().union(*(modules(view) for view in views())):
        assert client.request("GET", path).status_code == 200


def test_a_file_is_sent_packed_and_once(client: Client) -> None:
    for path in (
        "/web/explorer/main.js",
        "/web/explorer.css",
        "/web/measures.json",
        "/web/documents/explorer-cloud.graphql",
    ):
        plain = client.request("GET", path, headers={"accept-encoding": "identity"})
        packed = client.request("GET", path, headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in plain.headers
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
        assert plain.content == packed.content
        again = client.request("GET", path, headers={"if-none-match": packed.headers["etag"]})
        assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "no-cache")
        other = client.request("GET", path, headers={"if-none-match": '"other"'})
        assert other.content == plain.content


def test_all_styles_are_one_file(client: Client) -> None:
    styles = client.request("GET", "/web/explorer.css").text
    every = sorted((VENDORED.parent / "explorer").rglob("*.css"))
    assert len(every) > 5
    assert styles == "".join(path.read_text(encoding="utf-8") for path in every)
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', body(client)) == ["/web/explorer.css"]


def test_what_is_sent_does_not_depend_on_the_viewer(client: Client) -> None:
    assert body(client) == client.request("GET", START, headers=HTML | {"authorization": "Bearer x"}).text


def test_only_files_for_browsers_are_served(client: Client) -> None:
    for path in (
        "shell.py",
        "vendored/vendored.json",
        "../http/api.py",
        "%2e%2e/http/api.py",
        "",
        "vendored/",
        "a%00.js",
        f"{'a' * 5_000}.js",
    ):
        assert client.request("GET", f"/web/{path}").status_code == 404


def told(client: Client, name: str) -> Any:
    response = client.request("GET", f"/web/{name}.json")
    assert response.headers["content-security-policy"] == SELF
    return response.json()


def test_pages_are_told_how_much_is_real(client: Client) -> None:
    rows, real = counted().rows, counted().real
    assert told(client, "counts") == {"rows": rows, "real": real, "madeUp": rows - real}


def test_each_question_is_told_once_with_its_systems_variables_and_viewer(client: Client) -> None:
    found = {each["id"]: each for each in told(client, "questions")["questions"]}
    assert sorted(found) == sorted(family.path.stem for family in families(QUESTIONS))
    assert [each["heading"] for each in told(client, "questions")["systems"]] == [each.heading for each in SYSTEMS]
    for family in families(QUESTIONS):
        one, of = found[family.path.stem], lines(family.text)
        assert one["systems"] == list(of.keys.get("system", ()))
        assert one["variables"] == family.variables
        assert (one["sentence"], one["viewer"]) == (head(family.text).sentence, head(family.text).viewer)
        assert one["graphql"].strip() == of.body.strip()


def test_a_document_of_an_operator_is_told_as_it_is(make_client: Callable[..., Client], tmp_path: Path) -> None:
    text = (
        '# <script>alert("x")</script> & more.\n# variables: {"a": "\\"<b>"}\nquery ($a: ID!) { city(id: $a) { name } }'
    )
    (tmp_path / "a<b>.graphql").write_text(text)
    client = make_client(trusted_dir=tmp_path)
    (one,) = told(client, "questions")["questions"]
    assert (one["id"], one["variables"], one["cypher"]) == ("a<b>", {"a": '"<b>'}, None)
    assert one["sentence"] == '<script>alert("x")</script> & more.'
    assert "alert" not in body(client)


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
