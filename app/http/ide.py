"""The page on which questions can be tried in a browser, in local mode. In: nothing. Out: HTML."""

from functools import cache

from strawberry.http.ides import get_graphql_ide_html


@cache
def ide_page() -> str:
    """Return Strawberry's GraphiQL page; the browser fetches its scripts by itself."""
    page: str = get_graphql_ide_html(graphql_ide="graphiql")
    return page.replace("Strawberry GraphiQL", "citygraph")
