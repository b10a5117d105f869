"""All reference pages. In: the model and the questions that come with it. Out: texts of the pages by file name."""

from collections.abc import Iterator, Sequence

from schema.derived.reference.declared import concept, relationship
from schema.derived.reference.drawing import drawing
from schema.derived.reference.overview import ABOUT, MARK, overview
from schema.derived.reference.systems import Question, section
from schema.model import Model


def pages(model: Model, questions: Sequence[Question] = ()) -> dict[str, str]:
    """Return the text of every page by file name: the first page and one for each neighbourhood."""
    names = list(dict.fromkeys(spec.neighbourhood for spec in model.concepts.values()))
    first = {"README.md": _text(overview(names, questions))}
    return first | {f"{name}.md": _text(_page(model, name, names, questions)) for name in names}


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _page(model: Model, name: str, names: Sequence[str], questions: Sequence[Question]) -> Iterator[str]:
    concepts = [spec for spec in model.concepts.values() if spec.neighbourhood == name]
    relationships = [spec for spec in model.relationships.values() if spec.neighbourhood == name]
    yield from (f"# {name.capitalize()}", "", ABOUT.get(name, ""), "")
    yield from (f"{MARK}. The properties of every fact are on the page [The model](README.md).", "")
    others = [each.capitalize() if each == name else f"[{each.capitalize()}]({each}.md)" for each in names]
    yield from (f"Pages: {', '.join(others)}.", "")
    yield from (*drawing(model, name), "")
    yield from ("## Concepts", "")
    for spec in concepts:
        yield from concept(spec)
    yield from (["## Relationships", ""] if relationships else [])
    for each in relationships:
        yield from relationship(each)
    yield from section(name, questions)
