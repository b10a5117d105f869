"""The pages of the model: every label, relationship and question on its page, drawn, and as fresh as the declaration."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli.schema import questions, schema, write
from schema.derived.reference.declared import concept
from schema.derived.reference.overview import ABOUT
from schema.derived.reference.pages import pages
from schema.derived.reference.systems import SYSTEMS, Question, System, shown, slug
from schema.language.computed import Pairs, Share
from schema.model import model
from seeds import QUESTIONS
from tests.kit.paths import ROOT

FOLDER = ROOT / "docs" / "model"
NO_WORD = re.compile(r"(?<![A-Za-z])[Ff]ail|[a-z]Fail|FAIL")
"""An experiment that ends is one from which somebody learned."""
DRAWING = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)
LINE = re.compile(
    r'flowchart LR|  classDef \w+ [\w#:, -]+|  \w+(\["[\w, ]+"\]:::(own|other)|\(\["[A-Z_]+"\]\):::relationship)'
    r'|  \w+( & \w+)* (---|-->)(\|"[A-Z_]+"\|)? \w+( & \w+)*'
)

DOCUMENT = """# Which trees a city counted in a year.
# They are made up: all of them.
# system: 5
# system: 6
# viewer: steward
# variables: {"first": 3}
# index: none - the trees are few.
# expect: /data/trees/# = 3
query Trees($first: Int) {
  # the oldest first
  trees(first: $first) { nodes { name } }
}
"""
IN_CYPHER = "// The trees.\nMATCH (t:Tree)\nRETURN t.name AS name\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with a question that shows two systems, one without Cypher and one that shows none."""
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "trees.graphql").write_text(DOCUMENT)
    (folder / "trees.cypher").write_text(IN_CYPHER)
    (folder / "alone.graphql").write_text(
        "# Who is alone.\n# system: 8\n# viewer: anonymous\n{ people { totalCount } }\n"
    )
    (folder / "other.graphql").write_text("# What shows nothing.\n# viewer: anonymous\n{ cities { totalCount } }\n")
    return folder


def test_the_pages_are_fresh() -> None:
    fresh = pages(model(), questions(QUESTIONS))
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = sorted(name for name in {*fresh, *found} if fresh.get(name) != found.get(name))
    assert not stale, "run: citygraph schema --reference docs/model"


def test_every_label_and_relationship_is_written_and_drawn_on_one_page() -> None:
    written = pages(model())
    for spec in model().concepts.values():
        assert [name for name, text in written.items() if f"### `{spec.label}`" in text] == [f"{spec.neighbourhood}.md"]
        assert f'  {spec.label}["{spec.label}"]:::own' in written[f"{spec.neighbourhood}.md"]
    for tie in model().relationships.values():
        drawn = DRAWING.findall(written[f"{tie.neighbourhood}.md"])[0]
        assert f'"{tie.type}"' in drawn
        for label in (*tie.start.labels, *tie.end.labels):
            assert re.search(rf'\["([\w, ]+, )?{label}(, [\w, ]+)?"\]', drawn), (tie.name, label)
        assert f"**`{tie.type}`**" in written[f"{tie.neighbourhood}.md"]
    assert set(ABOUT) == {spec.neighbourhood for spec in model().concepts.values()}


@pytest.mark.parametrize("name", list(ABOUT))
def test_a_drawing_keeps_to_the_syntax_that_renders(name: str) -> None:
    (drawing,) = DRAWING.findall(pages(model())[f"{name}.md"])
    lines = drawing.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    boxes = [match[1] for line in lines if (match := re.match(r"  (\w+)[\[(]", line))]
    ties = [spec for spec in model().relationships.values() if spec.neighbourhood == name]
    arrows = sum('|"' in line for line in lines) + sum(line.endswith(":::relationship") for line in lines)
    ends = {end for line in lines if " --" in line for end in re.findall(r"\w+", re.sub(r'\|".*?"\|', "", line))}
    assert len(boxes) == len(set(boxes))
    assert ends <= set(boxes)
    assert not {box.lower() for box in boxes} & {"end", "graph", "subgraph", "default", "style", "class", "click"}
    assert arrows == len(ties)


def test_what_is_computed_has_a_table() -> None:
    computed = {
        "dead": Share("float", "Share of dead wood.", part="dead", whole="wood"),
        "rivals": Pairs("Tree", "Trees too near.", by=("growsIn", "trees")),
    }
    lines = list(concept(replace(model().concepts["City"], computed=computed)))
    assert lines[lines.index("| computed field | type | meaning |") + 2 :][:2] == [
        "| `dead` | `float` | Share of dead wood. |",
        "| `rivals` | `[Tree!]` | Trees too near. |",
    ]


def test_a_document_is_read_with_its_head_and_its_cypher(documents: Path) -> None:
    alone, trees = questions(documents)
    assert trees == Question(
        name="trees",
        sentence="Which trees a city counted in a year.",
        systems=(5, 6),
        graphql="\n".join(DOCUMENT.splitlines()[8:]),
        cypher=IN_CYPHER,
        viewer="steward",
        variables='{"first": 3}',
        more="They are made up: all of them.",
    )
    assert (alone.systems, alone.cypher, alone.variables, alone.more) == ((8,), None, None, "")


def test_a_question_stands_on_the_page_of_its_system_once(documents: Path) -> None:
    written = pages(model(), questions(documents))
    learning, trust = written["learning.md"], written["trust.md"]
    assert "### 5. Adoption, adaptation, outcome, end\n\n#### Which trees a city counted in a year\n" in learning
    assert 'Asked by a steward with `{"first": 3}`: [trees](../../seeds/questions/trees.graphql).' in learning
    assert "```graphql\nquery Trees($first: Int) {\n  # the oldest first\n" in learning
    assert "# index" not in learning
    assert "```cypher\n// The trees.\nMATCH (t:Tree)\n" in learning
    assert learning.count("```graphql") == 1
    assert (
        "### 6. Benchmarks\n\nWhich trees a city counted in a year. See [Adoption, adaptation, outcome, end](#5-"
        in learning
    )
    assert "Asked by anybody: [alone]" in trust
    assert "```cypher" not in trust
    assert "## Questions" not in written["visits.md"]


def test_the_first_page_leads_to_every_page_and_question(documents: Path) -> None:
    written = pages(model(), questions(documents))
    first = written["README.md"]
    for system in SYSTEMS:
        assert f"| {system.heading} | [" in first
    assert (
        "[Learning](learning.md#5-adoption-adaptation-outcome-end) | [trees](../../seeds/questions/trees.graphql) |"
        in first
    )
    for page, anchor in re.findall(r"\((\w+\.md)#([\w-]+)\)", first):
        assert anchor in {slug(heading) for heading in re.findall(r"^#+ (.*)$", written[page], re.MULTILINE)}
    for name in written:
        assert name == "README.md" or f"]({name})" in first


def test_the_command_writes_the_pages_and_removes_printed_ones_alone(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    write({"old.md": pages(model())["trust.md"]}, folder)
    (folder / "own.md").write_text("# Written by hand\n")
    schema(reference=folder)
    assert {path.name for path in folder.iterdir()} == {*pages(model()), "own.md"}
    assert (folder / "README.md").read_text() == pages(model(), questions(QUESTIONS))["README.md"]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: str(system.number))
def test_every_system_is_shown_by_a_question_in_both_languages(system: System) -> None:
    found = shown(system, questions(QUESTIONS))
    assert found
    assert [question.name for question in found if question.cypher is None] == []


def test_nothing_that_was_tried_is_called_by_the_word_for_losing() -> None:
    asked = [each for each in questions(QUESTIONS) if 14 in each.systems or "xperiment" in each.graphql]
    texts = {path.name: path.read_text() for path in (ROOT / "schema" / "domain" / "leadership").glob("*.py")}
    texts |= {path.name: path.read_text() for path in (ROOT / "seeds" / "rows").glob("6*.jsonl")}
    texts |= {f"{each.name}.{end}": path.read_text() for each in asked for end, path in _files(each)}
    assert "experiments.py" in texts
    assert len(texts) > 4
    assert {name: found[0] for name, text in texts.items() if (found := NO_WORD.search(text))} == {}


def _files(question: Question) -> list[tuple[str, Path]]:
    named = [(end, QUESTIONS / f"{question.name}.{end}") for end in ("graphql", "cypher")]
    return [(end, path) for end, path in named if path.exists()]
