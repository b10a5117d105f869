"""Names that an empty list missed. In: the selections of a question and its answer. Out: questions that look the names up.

A hint comes from further questions of the same viewer, so it tells only of facts that the viewer may see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.question.document.places import COMBINED, QUANTIFIERS
from graph.question.document.selection import Case, Selection
from graph.question.document.values import Input, Variables
from schema.language.declare import ConceptSpec
from schema.language.words import MOST_TEXT
from schema.model import Model

MOST = 3
"""The most names of one question that are looked up."""
AROUND = {*COMBINED, *QUANTIFIERS, "edge"}
"""Parts of a filter that stand around other filters of the same type."""
LOOK_UP = (
    "query Hint($text: String!, $asOf: Edtf, $synthetic: Boolean) {{ "
    "exact: {plural}(first: 0, where: {{{prop}: {{eq: $text}}}}, asOf: $asOf, synthetic: $synthetic) {{ totalCount }} "
    "folded: {plural}(first: 1, where: {{{prop}: {{is: $text}}}}, asOf: $asOf, synthetic: $synthetic) "
    "{{ nodes {{ {prop} }} }} }}"
)


@dataclass(frozen=True)
class Sought:
    """A name that an empty list was filtered by: the key of the list, the type and the property, the text, other arguments."""

    key: str
    concept: ConceptSpec
    prop: str
    text: str
    given: tuple[tuple[str, Any], ...]

    @property
    def question(self) -> str:
        """The question that looks the name up, exactly and folded."""
        return LOOK_UP.format(plural=self.concept.plural, prop=self.prop)

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of that question."""
        return {"text": self.text, **dict(self.given)}

    def hint(self, data: dict[str, Any]) -> dict[str, str] | None:
        """Return the hint that an answer gives; None if the exact name exists or no folded name does."""
        nodes = data["folded"]["nodes"]
        if data["exact"]["totalCount"] or not nodes:
            return None
        label, prop, name = self.concept.label, self.prop, nodes[0][self.prop]
        exact = f"No {label} that you may see has exactly the {prop} {self.text!r}."
        return {
            "field": self.key,
            "message": f"{exact} `{prop}: {{is: ...}}` ignores case and accents and finds {name!r}.",
        }


def may_have_missed(data: dict[str, Any]) -> bool:
    """Whether a list of an answer may be empty. It is told without the document, because most answers have rows."""
    lists = (shown for shown in data.values() if isinstance(shown, dict))
    return any(part in (0, []) for shown in lists for part in shown.values())


def sought(root: Case, model: Model, variables: Variables, data: dict[str, Any]) -> list[Sought]:
    """Return the names that the empty lists of an answer were filtered by, each once."""
    found = [each for selection in root.fields for each in _of_list(selection, model, variables, data)]
    return list(dict.fromkeys(found))[:MOST]


def _of_list(selection: Selection, model: Model, variables: Variables, data: dict[str, Any]) -> Iterator[Sought]:
    """Yield the names that a list of the root is filtered by, if it is empty."""
    concept = next((spec for spec in model.concepts.values() if spec.plural == selection.name), None)
    where = selection.argument("where")
    if concept is None or where is None or not _is_empty(selection, data[selection.key]):
        return
    arguments = {name: selection.argument(name) for name in ("asOf", "synthetic")}
    given = tuple((name, each.value(variables)) for name, each in arguments.items() if each is not None)
    for label, prop, text in _names(where, concept.label, model, variables):
        yield Sought(selection.key, model.concepts[label], prop, text, given)


def _is_empty(selection: Selection, shown: dict[str, Any]) -> bool:
    counts = [shown[field.key] == 0 for field in selection.fields if field.name == "totalCount"]
    lists = [shown[field.key] == [] for field in selection.fields if field.name in ("nodes", "edges")]
    return counts[0] if counts else bool(lists and lists[0])


def _names(where: Input, type_name: str, model: Model, variables: Variables) -> Iterator[tuple[str, str, str]]:
    """Yield the label, the property and the text of each `eq` on a name, at any depth of a filter."""
    for part in where.items or ():
        yield from _names(part, type_name, model, variables)
    for name, part in (where.fields or {}).items():
        if name in AROUND:
            yield from _names(part, type_name, model, variables)
            continue
        route = model.routes.get(type_name, {}).get(name)
        if route is not None:
            yield from _names(part, route.target, model, variables)
            continue
        prop = model.concepts[type_name].properties.get(name) if type_name in model.concepts else None
        equal = (part.fields or {}).get("eq")
        if prop is None or not prop.is_a_name or equal is None:
            continue
        text = equal.value(variables)
        if isinstance(text, str) and len(text) <= MOST_TEXT:
            yield type_name, name, text
