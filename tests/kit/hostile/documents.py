"""Documents that are costly to read, validate or compile, or that are refused. In: a random generator. Out: kinds.

Where a number is chosen, the larger one is far above a limit and the smaller one just below it.
"""

from random import Random

from tests.kit.hostile.kind import Kind, documents

MOST = 95_000
"""Characters of a document: nearly the largest body."""


def repeated(what: str, times: int) -> str:
    return " ".join([what] * times)


def numbered(what: str, times: int) -> str:
    """Repeat a text with %d, numbered."""
    return " ".join(what.replace("%d", str(number)) for number in range(times))


def new(random: Random) -> str:
    """Write a name that no document had before."""
    return f"n{random.getrandbits(60):x}"


def _filled(random: Random, head: str, piece: str, tail: str, tokens: int) -> str:
    """Write a document of as many pieces as fit; it is never the same."""
    return f"query {new(random)} {head} {repeated(piece, min(tokens, MOST // (len(piece) + 1)))} {tail}"


def _distinct_fields(random: Random) -> str:
    """Spread a fragment of many different fields often: every spread brings all of them again."""
    fields = "id name population populationYear sizeClass wikidataId geonamesId note marking confidence"
    spreads = repeated("...F", 900)
    return (
        f"query {new(random)} {{ cities {{ nodes {{ {spreads} }} }} }} fragment F on City {{ {repeated(fields, 80)} }}"
    )


def _pairs_of_fragments(random: Random) -> str:
    """Spread many fragments with the same fields in one place: each is compared with each."""
    many = random.choice((400, 95))
    fragments = numbered("fragment F%d on City { name id country { name id } }", many)
    return f"query {new(random)} {{ cities {{ nodes {{ {numbered('...F%d', many)} }} }} }} {fragments}"


def _doubling(random: Random) -> str:
    """Let each fragment spread the next one twice: 40 levels stand for 10^12 fields."""
    levels = random.choice((40, 9))
    chain = " ".join(
        f"fragment F{n} on City {{ twins {{ nodes {{ ...F{n + 1} }} }} ...F{n + 1} }}" for n in range(levels)
    )
    return f"query {new(random)} {{ cities {{ nodes {{ ...F0 }} }} }} {chain} fragment F{levels} on City {{ id }}"


def _cycle(random: Random) -> str:
    many = random.choice((1_200, 190))
    chain = " ".join(f"fragment F{n} on City {{ ...F{(n + 1) % many} }}" for n in range(many))
    return f"query {new(random)} {{ cities {{ nodes {{ ...F0 }} }} }} {chain}"


def _chain(random: Random) -> str:
    many = random.choice((1_200, 190))
    chain = " ".join(f"fragment F{n} on City {{ ...F{n + 1} }}" for n in range(many))
    return f"query {new(random)} {{ cities {{ nodes {{ ...F0 }} }} }} {chain} fragment F{many} on City {{ id }}"


def _conflicts(random: Random) -> str:
    """Use one key for different fields, again and again: every pair is a conflict."""
    return f"query {new(random)} {{ cities {{ nodes {{ {repeated('name: id name: note', 14)} }} }} }}"


def _large_arguments(random: Random) -> str:
    """Repeat a field with the same large argument: each pair compares the whole argument."""
    values = " ".join(f'"{n}"' for n in range(150))
    field = f"twins(where: {{name: {{in: [{values}]}}}}) {{ totalCount }}"
    return f"query {new(random)} {{ cities {{ nodes {{ {repeated(field, 55)} }} }} }}"


def _inline(random: Random) -> str:
    levels = random.choice((1_500, 90))
    return f"query {new(random)} {{ cities {{ nodes {{ {'... on City { ' * levels} id {'} ' * levels} }} }} }}"


def _abstract(random: Random) -> str:
    """Ask one fact as every concept, each with the same keys for different fields."""
    kinds = ("City", "Person", "Country", "Region", "Organization", "Office", "Visit", "Event", "Lesson", "Practice")
    parts = " ".join(
        f"... on {kind} {{ {repeated('id note marking sources { id title url }', random.choice((60, 6)))} }}"
        for kind in kinds
    )
    return f'query {new(random)} {{ node(id: "city/us-wa-seattle") {{ {parts} }} }}'


def _diamonds(random: Random) -> str:
    """Spread a fragment in several lists, each with fragments that spread it again with other aliases."""
    lists = numbered("a%d: twins { nodes { ...F ...G ...H } }", 25)
    rest = " ".join(f"fragment {name} on City {{ {repeated('country { id name } ...I', 40)} }}" for name in "FGH")
    leaf = f"fragment I on City {{ {repeated('name country { name note }', 90)} }}"
    return f"query {new(random)} {{ cities {{ nodes {{ {lists} }} }} }} {rest} {leaf}"


def _deep_literal(random: Random, opened: str, closed: str, levels: int) -> str:
    return f"query {new(random)} {{ cities(where: {opened * levels}{{}}{closed * levels}) {{ totalCount }} }}"


def _searches(random: Random) -> str:
    texts = ("a* OR b~2 AND (((", "[a TO z] ^9 \\ && || !", "x* *x ?x x?", "+-&|!(){}[]^~*?:/ a", "a b c d e f g h i j")
    asked = " ".join(f's{n}: search(text: "{random.choice(texts)}", first: 2) {{ totalCount }}' for n in range(6))
    return f"query {new(random)} {{ {asked} }}"


EDTF = (
    "Y" + "9" * 900,
    "../" * 300,
    "[" + "2017," * 180 + "2017]",
    "2017-2{" * 120,
    "1{}" * 300,
    "-" * 900,
    "2017?~%" * 130,
)


def _dates(random: Random) -> str:
    dates = " ".join(f'd{n}: cities(asOf: "{random.choice(EDTF)}") {{ totalCount }}' for n in range(18))
    return f"query {new(random)} {{ {dates} }}"


def _block_string(random: Random) -> str:
    lines = "\n".join(" " * (n % 60) + '\\""" ' for n in range(1_200))
    return f'query {new(random)} {{ cities(where: {{name: {{eq: """{lines}"""}}}}) {{ totalCount }} }}'


DOCUMENTS: tuple[Kind, ...] = (
    documents(
        "one field repeated",
        "One field, repeated up to the limit of tokens.",
        lambda r: _filled(r, "{ cities {", "totalCount", "} }", 9_900),
    ),
    documents(
        "one list repeated",
        "One field with a selection, repeated: each pair of them is merged.",
        lambda r: _filled(r, "{", "cities { nodes { id name } }", "}", 1_200),
    ),
    documents(
        "one field of a list repeated",
        "One field below a list, repeated, with arguments to compare.",
        lambda r: _filled(r, "{ cities { nodes {", "twins(first: 1) { totalCount }", "} } }", 900),
    ),
    documents("fields under fragments", "A fragment of many different fields, spread 900 times.", _distinct_fields),
    documents("pairs of fragments", "400 fragments with the same fields in one place.", _pairs_of_fragments),
    documents("fragments that double", "40 fragments, each of which spreads the next one twice.", _doubling),
    documents("a cycle of fragments", "1,200 fragments in a circle.", _cycle),
    documents("a chain of fragments", "1,200 fragments, each of which spreads the next one.", _chain),
    documents("diamonds of fragments", "Lists that share fragments, which share a fragment.", _diamonds),
    documents(
        "unused fragments",
        "Thousands of fragments that nothing uses.",
        lambda r: f"query {new(r)} {{ __typename }} " + numbered("fragment U%d on City { id }", r.choice((1_400, 190))),
    ),
    documents(
        "fragments of one name",
        "Thousands of fragments with one name.",
        lambda r: f"query {new(r)} {{ __typename }} " + repeated("fragment U on City { id }", r.choice((1_400, 190))),
    ),
    documents(
        "unused variables",
        "Thousands of variables that nothing uses.",
        lambda r: f"query {new(r)} ({numbered('$v%d: Int', r.choice((2_400, 490)))}) {{ __typename }}",
    ),
    documents(
        "unknown variables",
        "Thousands of variables that nothing declares.",
        lambda r: (
            f"query {new(r)} {{ cities(where: {{population: {{in: [{numbered('$v%d', 4_500)}]}}}}) {{ totalCount }} }}"
        ),
    ),
    documents(
        "many operations",
        "Thousands of operations, and no word about which to run.",
        lambda r: f"query {new(r)} {{ __typename }} " + numbered("query Q%d { __typename }", r.choice((1_900, 190))),
    ),
    documents("conflicting keys", "One key for different fields, as often as aliases are allowed.", _conflicts),
    documents(
        "aliases of many operations",
        "Aliases up to the limit in each of many operations.",
        lambda r: " ".join(f"query {new(r)} {{ {numbered('a%d: __typename', 15)} }}" for _ in range(110)),
    ),
    documents("large arguments", "A field repeated with the same large argument.", _large_arguments),
    documents("nested inline fragments", "1,500 inline fragments inside one another.", _inline),
    documents(
        "one fact as every concept", "Inline fragments on ten concepts, each with hundreds of fields.", _abstract
    ),
    documents(
        "lists inside lists",
        "A literal of 4,900 lists inside one another.",
        lambda r: _deep_literal(r, "[", "]", r.choice((4_900, 90))),
    ),
    documents(
        "objects inside objects",
        "A literal of 3,000 filters inside one another.",
        lambda r: _deep_literal(r, "{not: ", "}", r.choice((2_400, 90))),
    ),
    documents(
        "a deep selection",
        "3,000 lists inside one another.",
        lambda r: f"query {new(r)} " + "{ twins { nodes " * 1_500 + "{ id }" + " } }" * 1_500,
    ),
    documents(
        "unknown fields",
        "3,300 fields that the schema lacks, each similar to some that it has.",
        lambda r: f"query {new(r)} {{ cities {{ nodes {{ {numbered('populatio%d', r.choice((3_300, 1_900)))} }} }} }}",
    ),
    documents(
        "unknown arguments",
        "Hundreds of arguments that the field lacks.",
        lambda r: f"query {new(r)} {{ cities({numbered('wher%d: 1', 3_000)}) {{ totalCount }} }}",
    ),
    documents(
        "unknown types",
        "Fragments on hundreds of types that the schema lacks.",
        lambda r: f"query {new(r)} {{ ...U0 }} " + numbered("fragment U%d on Citty%d { id }", r.choice((1_200, 190))),
    ),
    documents(
        "repeated directives",
        "One field with thousands of directives.",
        lambda r: f"query {new(r)} {{ __typename {repeated('@include(if: true)', 1_300)} }}",
    ),
    documents(
        "unknown directives",
        "One field with thousands of directives that the schema lacks.",
        lambda r: f"query {new(r)} {{ __typename {numbered('@d%d', 4_500)} }}",
    ),
    documents(
        "a long number",
        "A number of 90,000 digits.",
        lambda r: f"query {new(r)} {{ cities(first: {'9' * 90_000}) {{ totalCount }} }}",
    ),
    documents("a long name", "A field of 90,000 letters.", lambda r: f"query {new(r)} {{ {'a' * 90_000} }}"),
    documents("a block text", "A block text of a thousand lines with quotation marks.", _block_string),
    documents(
        "comments",
        "A small known question with a comment that is always new.",
        lambda r: f"# {new(r)}\n{{ cities(first: 1) {{ nodes {{ name }} }} }}",
        times=20,
    ),
    documents(
        "blanks",
        "90,000 blanks, commas and byte order marks around a small question.",
        lambda r: f"query {new(r)} {{ {', ' * 40_000} __typename }}",
    ),
    documents("no GraphQL", "90,000 characters that are no document.", lambda r: new(r) + "}{" * 45_000),
    documents(
        "texts without end",
        "Thousands of texts, the last of which has no end.",
        lambda r: f"query {new(r)} {{ cities(where: {{name: {{in: [" + '"a" ' * 9_000 + '"',
    ),
    documents("texts of search", "Searches for texts of Lucene's own syntax.", _searches),
    documents("texts of dates", "Dates that a reader of EDTF could read for long.", _dates),
)
"""Every document is new, so that no refusal and no plan that is kept makes it cheap."""
