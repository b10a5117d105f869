"""Networks that are written in tests. In: nothing, or draws of Hypothesis. Out: Exported with what formats lose."""

import string
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, permutations

from hypothesis import strategies as st

from graph.export.graphs.exported import About, Attribute, Exported, Node, Tie, Type, Wave

ABOUT = About(
    "Leaders of “Łódź”",
    "TRUSTS: <who> & whom.",
    (("roster", "roster/x"), ("layer", "TRUSTS")),
    ("CC BY 4.0",),
    ("source/a",),
)
NODE = (
    Attribute("name", Type.TEXT),
    Attribute("waves", Type.TEXTS),
    Attribute("age", Type.INTEGER),
    Attribute("share", Type.NUMBER),
    Attribute("elected", Type.BOOLEAN),
)
TIE = (
    Attribute("strength", Type.INTEGER),
    Attribute("frequency", Type.NUMBER),
    Attribute("since", Type.TEXT),
    Attribute("mutual", Type.BOOLEAN),
    Attribute("caution", Type.TEXT),
)
WAVES = (Wave("wave/1", "2014-05-01", "2014-05-31"), Wave("wave/2", "2016-01-01", "2016-12-31"))
NODES = (
    Node("person/001", ("Zoë “Zo” O'Hara", ("a|b", "c\\d"), 45, 2, True)),
    Node("person/#7", ("=1+1", None, None, 2.5, False)),
    Node("person/ł", ("مرحبا بالعالم", ("a",), 0, 1e-05, None)),
    Node("person/4", (']]> & <b> "quoted" \\u0041\\', None, -3, None, None)),
    Node("person/5", ("two\nlines\tand a tab", None, None, None, None)),
    Node("person/6", (None, None, None, None, None)),
)
TIES = (
    Tie(0, 1, (3, 2, "2004", True, "word")),
    Tie(0, 2, (None, 2.5, None, None, None)),
    Tie(1, 0, (1, None, "2004-06~", False, None)),
    Tie(3, 4, (None, None, None, None, 'x, y; "z"')),
)
"""The last node has no tie."""
DIRECTED = Exported(ABOUT, "Leader", "TRUSTS", True, NODE, TIE, NODES, TIES, "strength")
UNDIRECTED = replace(DIRECTED, directed=False, ties=(TIES[0], TIES[1], TIES[3]))
STRONG = (
    Tie(0, 1, (3, None, None, None, None)),
    Tie(1, 0, (5, None, None, None, None)),
    Tie(2, 4, (1, None, None, None, None)),
)
WEIGHTED = replace(DIRECTED, ties=STRONG)
EMPTY = replace(DIRECTED, nodes=(), ties=())
IN_WAVES = replace(
    DIRECTED,
    nodes=tuple(each._replace(waves=(0, 1) if at % 2 else (1,)) for at, each in enumerate(NODES)),
    tie_attributes=(*TIE, Attribute("wave", Type.TEXT)),
    ties=(
        Tie(0, 1, (3, 2.0, "2004", True, "word", "wave/1"), 0),
        Tie(0, 1, (4, None, "2004", None, None, "wave/2"), 1),
        Tie(1, 0, (None, None, None, None, None, "wave/2"), 1),
        Tie(3, 4, (2, None, None, None, None, "wave/1"), 0),
    ),
    waves=WAVES,
)
GIVEN = {
    "directed": DIRECTED, "undirected": UNDIRECTED, "weighted": WEIGHTED, "empty": EMPTY, "waves": IN_WAVES,
}  # fmt: skip

LETTERS = string.ascii_letters + string.digits + "éßŁ中🙂אب" + "-._#~=:,;'@+"
"""What ids are made of: no spaces, as the model has it."""
WORDS = LETTERS + ' \n\t<>&"|\\]%{}$/*`'


def ids(letters: str = LETTERS) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(letters), min_size=1, max_size=6)


def texts() -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(WORDS), min_size=1, max_size=12)


VALUES: dict[Type, Callable[[], st.SearchStrategy[object]]] = {
    Type.TEXT: texts,
    Type.TEXTS: lambda: st.lists(texts(), min_size=1, max_size=3).map(tuple),
    Type.INTEGER: lambda: st.integers(-(2**31), 2**31 - 1),
    Type.NUMBER: lambda: st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
    Type.BOOLEAN: st.booleans,
}


def values(attributes: tuple[Attribute, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.tuples(*(st.none() | VALUES[each.type]() for each in attributes))


@st.composite
def networks(draw: st.DrawFn, *, waves: bool | None = None, letters: str = LETTERS) -> Exported:
    """Draw a network of at most five nodes, over two waves or of one."""
    names = draw(st.lists(ids(letters), unique=True, max_size=5))
    directed, over = draw(st.booleans()), draw(st.booleans()) if waves is None else waves
    nodes = tuple(Node(each, draw(values(NODE)), (0, 1) if over else ()) for each in sorted(names))  # type: ignore[arg-type]  # drawn by type
    ends = (permutations if directed else combinations)(range(len(nodes)), 2)
    possible = [(start, end, wave) for start, end in ends for wave in ((0, 1) if over else (None,))]
    chosen = sorted(draw(st.sets(st.sampled_from(possible), max_size=8)) if possible else (), key=str)
    ties = tuple(
        Tie(start, end, (*draw(values(TIE)), *(() if wave is None else (WAVES[wave].id,))), wave)  # type: ignore[arg-type]  # drawn by type
        for start, end, wave in sorted(chosen)
    )
    more = (Attribute("wave", Type.TEXT),) if over else ()
    return Exported(
        ABOUT, "Leader", "TRUSTS", directed, NODE, (*TIE, *more), nodes, ties, "strength", WAVES if over else ()
    )
