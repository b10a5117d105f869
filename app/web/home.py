"""The first page for browsers. In: trusted documents. Out: HTML that says what this is and lists the questions by system.

app/web/page.js asks a question when it is opened.
"""

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote, urlencode

import orjson

from app.start.trusted import Lines, Trusted, TrustedDocument, lines
from schema.derived.reference.systems import SYSTEMS
from seeds.counts import Counts, counted

Listed = tuple[TrustedDocument, Lines]
HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>citygraph</title>
<link rel="icon" href="/web/icon.svg">
<link rel="stylesheet" href="/web/page.css">
<script type="module" src="/web/page.js"></script>
</head>
<body>
"""
ABOUT = """<header>
<h1>citygraph</h1>
<p>citygraph holds what is known about how cities learn from each other: who visited whom, what was learned, and what a city
made of it. Every fact has a time, a source and a marking that says who may see it, and you ask for facts in GraphQL.</p>
"""
BAR = """<p class="bar"><a href="/graphql">Editor for your own questions</a>
<label>Token <input id="token" type="password" autocomplete="off" spellcheck="false"
 placeholder="none: you are anonymous"></label>
</p>
</header>
<main>
<p>Open a question to see its answer.</p>
"""
END = """</main>
</body>
</html>
"""
STEWARD = (
    '<p class="note">This question is for a steward: '
    "put the token that <code>citygraph token</code> prints into the field at the top, then ask again.</p>"
)


def home_page(trusted: Trusted) -> str:
    """Return the page; it needs nothing from another origin."""
    listed = [(known, lines(known.text)) for known in trusted.documents]
    return HEAD + ABOUT + real(counted()) + BAR + "".join(_sections(listed)) + END


def real(counts: Counts) -> str:
    """Say how much of the data is real."""
    return (
        f"<p>It comes with {counts.rows:,} rows of facts. <strong>{counts.real:,} of them are real</strong>, and each of these "
        f"cites its source; {counts.rows - counts.real:,} are made up. Made-up facts are only in the answers to questions "
        "that ask for them with <code>synthetic: true</code>.</p>\n"
    )


def _sections(listed: Iterable[Listed]) -> Iterator[str]:
    """Write the questions about each system; a question about two is written once and linked from the other."""
    every = list(listed)
    written: set[str] = set()
    for system in SYSTEMS:
        about = [each for each in every if str(system.number) in each[1].keys.get("system", ())]
        if about:
            yield _section(system.heading, about, written)
    others = [each for each in every if each[0].id not in written]
    if others:
        yield _section("More questions" if written else "Questions", others, written)


def _section(heading: str, about: Iterable[Listed], written: set[str]) -> str:
    items = []
    for known, header in about:
        items.append(_link(known) if known.id in written else _question(known, header))
        written.add(known.id)
    return f'<section>\n<h2>{escape(heading)}</h2>\n<ul class="questions">\n{"".join(items)}</ul>\n</section>\n'


def _link(known: TrustedDocument) -> str:
    return f'<li class="seen"><a href="#{escape(quote(known.id))}">{escape(_sentence(known))}</a></li>\n'


def _question(known: TrustedDocument, header: Lines) -> str:
    """Write a question that can be opened: what it says, a place for its answer, its GraphQL, a link to the editor."""
    variables = orjson.dumps(dict(known.head.variables)).decode()
    prose = " ".join(header.prose).removeprefix(known.head.sentence).strip()
    more = f'<p class="more">{escape(prose)}</p>\n' if prose else ""
    given = f"# variables: {variables}\n" if known.head.variables else ""
    return (
        f'<li><details class="question" id="{escape(known.id)}" data-variables="{escape(variables)}">\n'
        f"<summary>{escape(_sentence(known))}</summary>\n{more}{STEWARD if known.head.viewer == 'steward' else ''}"
        f'<div class="answer" aria-live="polite"></div>\n<details><summary>GraphQL</summary>\n'
        f"<pre>{escape(given + header.body)}</pre>\n"
        f'<p><a href="{escape(editor_link(known))}">Open in the editor</a></p></details>\n</details></li>\n'
    )


def _sentence(known: TrustedDocument) -> str:
    return known.head.sentence or known.id


def editor_link(known: TrustedDocument) -> str:
    """Return the address that opens a question in the editor."""
    asked = {"q": known.text}
    if known.head.variables:
        asked["variables"] = orjson.dumps(dict(known.head.variables), option=orjson.OPT_INDENT_2).decode()
    return "/graphql?" + urlencode(asked, quote_via=quote)
