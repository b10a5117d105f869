"""`citygraph schema`. In: the model. Out: the GraphQL schema, whole or small, as in docs, or the reference pages."""

from pathlib import Path
from typing import Annotated

import typer

from app.start.settings import SettingsError
from app.start.trusted import document_files, document_text, head, lines
from schema.derived.reference.overview import MARK
from schema.derived.reference.systems import Question
from seeds import QUESTIONS

HEART = ("Visit", "City", "Lesson", "Practice", "Person")
"""The types of the small schema."""


def schema(
    reference: Annotated[
        Path | None, typer.Option("--reference", help="Write the reference pages of the model into this folder.")
    ] = None,
    small: Annotated[
        bool, typer.Option("--small", help="Print only the heart of the schema, as in docs/schema.small.graphql.")
    ] = False,
    measures: Annotated[
        bool, typer.Option("--measures", help="Print the page that explains the measures, as in docs/measures.md.")
    ] = False,
) -> None:
    """Print the GraphQL schema in the schema definition language."""
    from schema.derived import measures as explained
    from schema.derived.graphql import build
    from schema.derived.graphql import small as heart
    from schema.derived.reference.pages import pages
    from schema.model import model

    if measures:
        print(explained.page(), end="")
    elif reference is None:
        sdl = build.sdl(build.schema())
        print(heart.small(model(), sdl, HEART) if small else sdl, end="")
    else:
        try:
            write(pages(model(), questions(QUESTIONS)), reference)
        except OSError as error:
            raise SettingsError(f"{error.filename or reference} cannot be written: {error.strerror}.") from error


def questions(folder: Path) -> list[Question]:
    """Read the documents of a folder whose header comments name a system."""
    every = [_question(path) for path in document_files(folder).values()]
    return [question for question in every if question.systems]


def _question(path: Path) -> Question:
    text = document_text(path)
    header = lines(text)
    beside = path.with_suffix(".cypher")
    return Question(
        name=path.stem,
        sentence="".join(header.prose[:1]),
        more=" ".join(header.prose[1:]),
        systems=tuple(map(int, header.keys.get("system", ()))),
        viewer=head(text).viewer,
        variables=header.first("variables", "") or None,
        graphql=header.body,
        cypher=document_text(beside) if beside.exists() else None,
    )


def write(pages: dict[str, str], folder: Path) -> None:
    """Write the pages into a folder; remove pages that were printed there earlier and no longer exist."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages and MARK in document_text(path):
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
