"""All reference pages. In: the model and the questions of the documentation. Out: file names and their texts."""

from collections.abc import Iterator, Sequence

from schema.derived.reference.declared import concept, relationship
from schema.derived.reference.drawing import drawing
from schema.derived.reference.overview import ABOUT, MARK, overview
from schema.derived.reference.systems import Question, section
from schema.model import Model


def pages(model: Model, questions: Sequence[Question] = ()) -> dict[str, str]:
    """Return every page by the name of its file: one for each neighbourhood, and the first."""
    names = list(dict.fromkeys(spec.neighbourhood for spec in model.concepts.values()))
    found = {"README.md": _text(overview(names, questions))}
    return found | {f"{name}.md": _text(_page(model, name, names, questions)) for name in names}


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _page(model: Model, name: str, names: Sequence[str], questions: Sequence[Question]) -> Iterator[str]:
    concepts = [spec for spec in model.concepts.values() if spec.neighbourhood == name]
    ties = [spec for spec in model.relationships.values() if spec.neighbourhood == name]
    yield from (f"# {name.capitalize()}", "", ABOUT.get(name, ""), "")
    yield from (f"{MARK}; what every fact carries stands in [the model](README.md).", "")
    others = [each.capitalize() if each == name else f"[{each.capitalize()}]({each}.md)" for each in names]
    yield from (f"Pages: {', '.join(others)}.", "")
    yield from (*drawing(model, name), "")
    yield from ("## Concepts", "")
    for spec in concepts:
        yield from concept(spec)
    yield from (["## Relationships", ""] if ties else [])
    for tie in ties:
        yield from relationship(tie)
    yield from section(name, questions)
