"""Commands do what they say, and say what went wrong in words that a person can act on, with exit code 1."""

import json
from pathlib import Path

import pytest

from graph.cypher.fragments import Fragment
from seeds import QUESTIONS
from tests.cli.conftest import Run
from tests.kit.paths import DOCS
from tests.kit.writer import BlockingWriter

FORGET = Fragment(
    "MATCH (n) WHERE n.id = 'organization/load-1' OR n:_Load AND n.file = 'load-rows.jsonl' DETACH DELETE n"
)


def test_ask_answers_the_question_of_a_file(run: Run) -> None:
    code, out, _ = run("ask", str(QUESTIONS / "ppp-from-london.graphql"))
    assert code == 0
    assert json.loads(out)["data"]["lessons"]["nodes"][0]["learnedBy"]["name"] == "Lima"


def test_ask_takes_a_viewer_and_variables(run: Run) -> None:
    _, out, _ = run("ask", str(QUESTIONS / "who-trusts-whom.graphql"), "--as", "steward")
    assert len(json.loads(out)["data"]["people"]["nodes"]) == 60
    _, out, _ = run("ask", str(QUESTIONS / "who-trusts-whom.graphql"))
    assert json.loads(out)["data"]["people"]["nodes"] == []
    _, out, _ = run("ask", str(QUESTIONS / "learned-without-travelling.graphql"), "--variables", '{"first": 2}')
    assert len(json.loads(out)["data"]["lessons"]["nodes"]) == 2


def test_ask_takes_the_id_of_a_trusted_document_and_a_file_wins(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run("ask", "ppp-from-london")
    assert code == 0
    assert json.loads(out)["data"]["lessons"]["nodes"][0]["learnedBy"]["name"] == "Lima"
    monkeypatch.chdir(tmp_path)
    Path("ppp-from-london").write_text('# variables: {"n": 2}\nquery ($n: Int) { cities(first: $n) { nodes { id } } }')
    assert len(json.loads(run("ask", "ppp-from-london")[1])["data"]["cities"]["nodes"]) == 2
    assert len(json.loads(run("ask", "ppp-from-london", "--variables", '{"n": 3}')[1])["data"]["cities"]["nodes"]) == 3


def test_an_unknown_id_lists_the_known_ones(run: Run) -> None:
    code, _, err = run("ask", "nowhere")
    assert code == 1
    assert "nowhere is neither a file nor the id of a trusted document" in err
    assert all(path.stem in err for path in QUESTIONS.glob("*.graphql"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ cities { nodes { nam } } }", "Cannot query field 'nam'"),
        ("{", "Syntax Error"),
        ("# variables: {\n{ __typename }", "`variables` must be a JSON object and is not valid JSON"),
        ("# viewer: king\n{ __typename }", "`viewer` is 'king'; accepted are `anonymous` and `steward`"),
        (None, "is not a folder"),
        ("", "has no trusted document"),
    ],
)
def test_a_folder_of_trusted_documents_that_does_not_fit_stops_the_start(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, words: str
) -> None:
    folder = tmp_path / "trusted"
    if text is not None:
        folder.mkdir()
    if text:
        (folder / "mine.graphql").write_text(text)
    monkeypatch.setenv("CITYGRAPH_TRUSTED_DIR", str(folder))
    monkeypatch.setenv("CITYGRAPH_TRUSTED_ONLY", "true")
    monkeypatch.setenv("CITYGRAPH_PORT", "0")
    code, _, err = run("serve")
    assert code == 1
    assert words in err.replace("\n", " ")
    assert str(folder / "mine.graphql" if text else folder) in err


def test_explain_shows_plan_statement_parameters_and_profile(run: Run) -> None:
    code, out, _ = run("ask", str(QUESTIONS / "who-says-so.graphql"), "--explain")
    assert code == 0
    parts = [out.index(f"# {part}") for part in ("plan", "statement", "parameters", "profile", "answer")]
    assert parts == sorted(parts)
    assert "NodeUniqueIndexSeek" in out
    assert "RETURN [COLLECT" in out


def test_a_refused_question_ends_with_code_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.graphql"
    file.write_text("{ nothing }")
    code, out, _ = run("ask", str(file), "--explain")
    assert code == 1
    assert json.loads(out)["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "nowhere.graphql"), "nowhere.graphql is neither a file nor the id of a trusted document"),
        (
            ("ask", str(QUESTIONS / "who-says-so.graphql"), "--variables", "{"),
            "--variables must be a JSON object and is not valid JSON",
        ),
        (("ask", str(QUESTIONS / "who-says-so.graphql"), "--variables", "[]"), "--variables must be a JSON object"),
        (("load", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = run(*arguments)
    assert code == 1
    assert words in err.replace("\n", " ")


def test_load_reports_bad_rows_and_ends_with_code_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"label": "Journey"}\n')
    code, out, _ = run("load", str(file))
    assert code == 1
    assert "rows.jsonl:1 label" in out
    assert run("load")[0] == 2


def test_load_names_what_it_changed(run: Run, tmp_path: Path, seeded: BlockingWriter) -> None:
    file = tmp_path / "load-rows.jsonl"
    row = {"label": "Organization", "id": "organization/load-1", "name": "T", "confidence": "SYNTHETIC"}
    try:
        file.write_text(json.dumps(row))
        assert "changed by" not in run("load", str(file))[1]
        file.write_text(json.dumps({**row, "name": "U"}))
        assert "changed by load-rows.jsonl: organization/load-1\n" in run("load", str(file))[1]
    finally:
        seeded.unit(lambda unit: unit.run(FORGET))


def test_a_second_load_of_the_seeds_says_that_nothing_changed(run: Run) -> None:
    code, out, _ = run("load", "--seeds")
    assert code == 0
    assert "every file was loaded before and has not changed since" in out
    assert "Nothing to do" in run("migrate")[1]


def test_schema_prints_the_committed_schema(run: Run) -> None:
    assert run("schema")[1] == (DOCS / "schema.graphql").read_text()


def test_the_token_is_kept_with_mode_0600(run: Run, tmp_path: Path) -> None:
    token = run("token")[1].strip()
    kept = tmp_path / "data" / "steward.token"
    assert run("token")[1].strip() == token == kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(token) >= 40


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CITYGRAPH_PORT", "eighty", "CITYGRAPH_PORT"),
        ("CITYGRAPH_KEY_SECRET", "short", "32 characters or more are accepted"),
        ("CITYGRAPH_PROFILE", "open", "local"),
        ("NEO4J_URI", "bolt://127.0.0.1:1", "does not answer"),
        ("NEO4J_PASSWORD", "wrong", "refused the login"),
        ("NEO4J_URI", "nonsense", "nonsense"),
        ("CITYGRAPH_KEY_SECRET", "another secret, of 32 characters or more", "another key secret"),
    ],
)
def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)
    code, _, err = run("migrate")
    assert code == 1
    assert words in err.replace("\n", " ")


def test_serve_has_no_default_secret_outside_local_mode(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CITYGRAPH_KEY_SECRET")
    monkeypatch.setenv("CITYGRAPH_PORT", "0")
    code, _, err = run("serve")
    assert code == 1
    assert "CITYGRAPH_KEY_SECRET is missing" in err
