"""The page for trying questions in a browser, in local mode. In: trusted documents. Out: HTML."""

from html import escape
from urllib.parse import quote, urlencode

import orjson
from strawberry.http.ides import get_graphql_ide_html

from app.start.trusted import Trusted, TrustedDocument

STYLE = """<style>
  body { display: flex; margin: 0; }
  #questions { box-sizing: border-box; flex: 0 0 18rem; height: 100vh; overflow: auto; padding: 1rem; }
  #questions { font: 0.85rem/1.4 system-ui, sans-serif; border-right: 1px solid #ccc; }
  #questions li { margin-bottom: 0.6rem; }
  #questions ul { list-style: none; padding: 0; }
  #graphiql { flex: 1; min-width: 0; }
  #graphiql > p { padding: 1rem; font: 1rem/1.4 system-ui, sans-serif; }
</style>"""
LOADING = (
    "<p>The editor is loading. Its scripts come from unpkg.com; without them, "
    "<code>.venv/bin/citygraph ask ID</code> answers a question of the list.</p>"
)


def ide_page(trusted: Trusted) -> str:
    """Return Strawberry's GraphiQL page with a list of questions beside it; the browser fetches GraphiQL's scripts."""
    page: str = get_graphql_ide_html(graphql_ide="graphiql")
    page = page.replace("Strawberry GraphiQL", "citygraph").replace("Loading...", LOADING)
    items = "".join(_item(known) for known in trusted.documents)
    listed = f'<nav id="questions"><h1>Questions</h1><ul>{items}</ul></nav>'
    return page.replace("</head>", f"{STYLE}</head>", 1).replace("<body>", f"<body>{listed}", 1)


def _item(known: TrustedDocument) -> str:
    """Write a link that opens a question in the editor; a space is %20, because GraphiQL's page does not read a plus."""
    asked = {"q": known.text}
    if known.head.variables:
        asked["variables"] = orjson.dumps(dict(known.head.variables), option=orjson.OPT_INDENT_2).decode()
    link = "/graphql?" + urlencode(asked, quote_via=quote)
    steward = " (with the local token)" if known.head.viewer == "steward" else ""
    return f'<li><a href="{escape(link)}">{escape(known.id)}</a><br>{escape(known.head.sentence)}{steward}</li>'
