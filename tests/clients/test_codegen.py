"""graphql-codegen makes TypeScript of the schema and of every trusted document, and the compiler of TypeScript accepts it."""

import shutil

from tests.clients.node import Workspace
from tests.kit.paths import DOCS, SEEDS


def test_the_types_of_every_trusted_document_are_made_and_accepted(node: Workspace) -> None:
    project = node.within("codegen")
    shutil.copy(DOCS / "schema.graphql", project.folder)
    shutil.copytree(SEEDS / "questions", project.folder / "documents", ignore=shutil.ignore_patterns("*.cypher"))
    project.tool("@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.mjs")
    made = (project.folder / "operations.ts").read_text(encoding="utf-8")
    documents = list((project.folder / "documents").iterdir())
    assert len(documents) > 40
    assert made.count("Query = {") == len(documents)
    project.tool("typescript/bin/tsc", "--project", "tsconfig.json")
    (project.folder / "use.ts").write_text(
        'import { WhoSaysSoQuery } from "./operations.js";\nexport const x: WhoSaysSoQuery = 1;'
    )
    assert "not assignable to type 'WhoSaysSoQuery'" in project.refused(
        "typescript/bin/tsc", "--project", "tsconfig.json"
    )
