"""The days that a date may mean, as Cypher. In: a Fragment with EDTF text. Out: Fragments with texts that compare like days.

Nothing is parsed, so every expression is total: an X is read as the digit 0 or 9, and a text that ends in `-99` comes after
every day that begins with it, but before the next month or year. An open side is a text before or after all days.
"""

from graph.cypher.fragments import Fragment, clause

_BARE = "replace(replace(replace(replace(replace({side}, '[', ''), ']', ''), '?', ''), '~', ''), '%', '')"
_EARLIEST = (
    "reduce(x = ':', d IN [d IN split(replace(" + _BARE + ", 'X', '0'), ',') | trim(head(split(d, '..')))] | "
    "CASE WHEN d < x THEN d ELSE x END)"
)
_LATEST = (
    "reduce(x = '', d IN [d IN split(replace(" + _BARE + ", 'X', '9'), ',') | trim(last(split(d, '..')))] | "
    "CASE WHEN d = '' THEN ':' WHEN d + '-99' > x THEN d + '-99' ELSE x END)"
)


def earliest(text: Fragment) -> Fragment:
    """Write the earliest day that a date may mean. It is null if the date is absent, and comes before all days if it is open."""
    return clause(_EARLIEST, side=clause("head(split({t}, '/'))", t=text))


def latest(text: Fragment) -> Fragment:
    """Write the latest day that a date may mean. It is null if the date is absent, and comes after all days if it is open."""
    return clause(_LATEST, side=clause("last(split({t}, '/'))", t=text))
