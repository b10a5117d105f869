"""Drafts as JSON. In: a Review and what is selected of it. Out: the selected fields."""

from collections.abc import Mapping
from typing import Any

from graph.facts.rows import Problem
from graph.mutations.review import Review
from graph.question.document.selection import Selection
from schema.language.moments import moment_text


def shown(review: Review) -> dict[str, Any]:
    """Return a draft with all fields of its type."""
    draft, done = review.draft, review.done
    changes = [change for change in done.changes if change.did] if done else []
    return {
        "__typename": "Draft",
        "id": draft.id,
        "author": draft.author,
        "createdAt": moment_text(draft.created),
        "updatedAt": moment_text(draft.updated),
        "state": draft.state,
        "field": draft.root,
        "rows": draft.count,
        "note": draft.note,
        "decidedBy": draft.decided_by,
        "problems": [problem_shown(each) for each in done.diff.problems] if done else [],
        "changes": [
            {
                "__typename": "DraftChange",
                "action": each.did.name if each.did else None,
                "fact": each.id,
                "type": each.of,
                "start": each.start or None,
                "end": each.end or None,
                "fields": [{"__typename": "DraftField", **field} for field in each.fields(review.visible)],
            }
            for each in changes
        ],
    }


def problem_shown(problem: Problem) -> dict[str, Any]:
    """Return a problem with all fields of its type."""
    path = problem.where if problem.field == "(row)" else f"{problem.where}.{problem.field}"
    told = {"path": path, "code": problem.code, "message": problem.reason, "accepted": list(problem.accepted)}
    return {"__typename": "RowProblem", **told}


def picked(value: Any, selection: Selection) -> Any:
    """Return what is selected of a value, under the keys of the answer."""
    if isinstance(value, Mapping):
        return {each.key: picked(value[each.name], each) for each in selection.fields}
    return [picked(each, selection) for each in value] if isinstance(value, list) else value
