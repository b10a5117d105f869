"""The view of an analyst. In: rights. Out: the rights that an analyst has of them."""

from dataclasses import replace

from graph.access.rights import Rights
from schema.language.kinds import Marking


def of_analyst(rights: Rights) -> Rights:
    """Return the rights without those to RED facts. People without a name are left out by `Wanted.pseudonymous`."""
    red = f"{int(Marking.RED)}:"
    kept = tuple(each for each in rights.audiences if not each.startswith(red))
    return replace(rights, open=min(rights.open, int(Marking.AMBER)), audiences=kept)
