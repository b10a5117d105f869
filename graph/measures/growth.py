"""What changed from one survey wave to another. In: two networks of one roster. Out: ties and people kept, new and gone.

Silence tells nothing: a tie is new or gone only if who stated it answered in the other wave, and whom it names was listed then.
Ties that no survey asks for, as of a common board, are stated by nobody: both people need only be listed then.
"""

from typing import Any

from graph.measures.cloud import Cloud
from graph.measures.core import core, core_numbers


def change(one: Cloud, other: Cloud) -> dict[str, Any]:
    """Return what changed, as the type `CloudChange`; the earlier wave comes first, whichever is given first."""
    earlier, later = sorted((one, other), key=_began)
    before, after = _stated(earlier), _stated(later)
    listed_before, listed_after = set(earlier.stated.people), set(later.stated.people)
    telling_before, telling_after = _telling(earlier), _telling(later)
    appeared = [tie for tie in after - before if tie[0] in telling_before and tie[1] in listed_before]
    ended = [tie for tie in before - after if tie[0] in telling_after and tie[1] in listed_after]
    changed, kept = len(after ^ before), len(before & after)
    told = kept + len(appeared) + len(ended)
    return {
        "earlier": earlier.basis.wave.id if earlier.basis.wave else None,
        "later": later.basis.wave.id if later.basis.wave else None,
        "kept": kept,
        "appeared": len(appeared),
        "ended": len(ended),
        "unknown": changed - len(appeared) - len(ended),
        "stayed": len(listed_before & listed_after),
        "joined": _newcomers(later, listed_after - listed_before),
        "left": [{"personId": each.id, "name": each.name} for each in earlier.members if each.id not in listed_after],
        "jaccard": kept / len(before | after) if before | after else None,
        "stability": kept / told if told else None,
    }


def _began(of: Cloud) -> tuple[str, str]:
    wave = of.basis.wave
    return (wave.date or "", wave.id) if wave else ("", "")


def _stated(of: Cloud) -> set[tuple[str, str]]:
    people = of.stated.people
    return {(people[a], people[b]) for a, b in of.stated.ties}


def _telling(of: Cloud) -> set[str]:
    """Return those of whom it is known whether a tie begins with them."""
    return {each.id for each in of.members if each.answered or not of.basis.surveyed}


def _newcomers(later: Cloud, joined: set[str]) -> list[dict[str, Any]]:
    """Return the people who joined, with how far they are from the core of the union."""
    numbers, best = core_numbers(later.union), core(later.union)
    sources = list(best.people) if best else []
    steps = [min(row) for row in zip(*later.union.graph.distances(source=sources), strict=True)] if sources else []
    return [
        {
            "person": {"personId": member.id, "name": member.name},
            "groups": [{"by": by, "group": group} for by, group in zip(later.groupings, member.groups, strict=True)],
            "coreNumber": numbers[at],
            "stepsToCore": int(steps[at]) if steps and steps[at] < later.union.size else None,
        }
        for at, member in enumerate(later.members)
        if member.id in joined
    ]
