"""Statements laid out for people: nothing but white space is added, and every access check stands on a line of its own."""

import re
from pathlib import Path

import pytest

from graph.cypher.layout import WIDTH, laid_out
from tests.kit.one_line import on_one_line, tokens
from tests.kit.paths import DOCUMENTS

STATEMENTS = sorted(DOCUMENTS.rglob("*.cypher"))
CHECK = re.compile(r"(\w+)\.level <= \$q\.open")
ALONE = re.compile(
    r"\s*(?:WHERE |AND )?(?:(\w+)\.level <= \$q\.open|"
    r"\((\w+)\.level <= \$q\.open(All)? OR \2\.audience IN \$q\.audiences(All)?\))"
)


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_laying_out_adds_white_space_and_nothing_else(path: Path) -> None:
    written = path.read_text(encoding="utf-8").removesuffix("\n")
    sent = on_one_line(written)
    assert "\n" not in sent
    assert laid_out(sent) == written
    assert tokens(laid_out(sent)) == tokens(sent)


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_every_access_check_stands_on_a_line_of_its_own(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    for line in written.splitlines():
        if CHECK.search(line):
            assert ALONE.fullmatch(line), line


def test_there_are_statements_with_access_checks_to_try() -> None:
    texts = [path.read_text(encoding="utf-8") for path in STATEMENTS]
    assert len(texts) > 100
    assert sum(len(CHECK.findall(text)) for text in texts) > 1_000


@pytest.mark.parametrize(
    ("sent", "laid"),
    [
        ("RETURN 1 AS one", ["RETURN 1 AS one"]),
        (
            "MATCH (n:City {id: $q.p0}) WHERE n.level <= $q.open AND n.name STARTS WITH $q.p1 RETURN [n.name, n.id] AS data",
            [
                "MATCH (n:City {id: $q.p0})",
                "WHERE n.level <= $q.open",
                "  AND n.name STARTS WITH $q.p1",
                "RETURN [n.name, n.id] AS data",
            ],
        ),
        (
            "RETURN [COLLECT { MATCH (n) RETURN [n.id, COUNT { MATCH (n)--(m) }] }] AS data",
            [
                "RETURN [COLLECT {",
                "  MATCH (n)",
                "  RETURN [",
                "    n.id,",
                "    COUNT {",
                "      MATCH (n)--(m)",
                "    }",
                "  ]",
                "}] AS data",
            ],
        ),
        (
            "MATCH (n) WHERE EXISTS { MATCH (n)-[:WITH]->(m) } AND n.id IS NOT NULL RETURN n",
            [
                "MATCH (n)",
                "WHERE",
                "  EXISTS {",
                "    MATCH (n)-[:WITH]->(m)",
                "  }",
                "  AND n.id IS NOT NULL",
                "RETURN n",
            ],
        ),
        (
            "MATCH w = ALL SHORTEST (a) (()-[r:KNOWS]-(n) WHERE r.level <= $q.open AND n:City){0,6} (b) RETURN w",
            [
                "MATCH w = ALL SHORTEST (a) (",
                "  ()-[r:KNOWS]-(n)",
                "  WHERE r.level <= $q.open",
                "    AND n:City",
                "){0,6} (b)",
                "RETURN w",
            ],
        ),
        (
            "RETURN CASE WHEN n:END THEN [COUNT { MATCH (n)--() }] ELSE n.END END AS x",
            ["RETURN CASE", "  WHEN n:END THEN [COUNT {", "    MATCH (n)--()", "  }]", "  ELSE n.END", "END AS x"],
        ),
        (
            "UNWIND [x IN nodes(w) WHERE x.id <> 'a RETURN (' | x] AS n RETURN n.`odd WITH ]`",
            ["UNWIND [x IN nodes(w) WHERE x.id <> 'a RETURN (' | x] AS n", "RETURN n.`odd WITH ]`"],
        ),
    ],
)
def test_how_a_statement_is_laid_out(sent: str, laid: list[str]) -> None:
    assert laid_out(sent).split("\n") == laid
    assert on_one_line(laid_out(sent)) == sent


def test_a_long_list_has_an_item_on_each_line() -> None:
    names = [f"n.property{number}" for number in range(WIDTH // 10)]
    laid = laid_out(f"RETURN [{', '.join(names)}] AS data").split("\n")
    assert laid == ["RETURN [", *(f"  {name}," for name in names[:-1]), f"  {names[-1]}", "] AS data"]


def test_a_bracket_without_its_partner_changes_nothing() -> None:
    for text in ("RETURN [1, (2", "RETURN 1)] AS x", "RETURN CASE WHEN 1"):
        assert tokens(laid_out(text)) == tokens(text)
