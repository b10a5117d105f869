"""The days that a date may mean, as Cypher. In: a Fragment with EDTF text. Out: Fragments with texts that compare like days.

Nothing is parsed, so every expression is total: an X is read as the digit 0 or 9, and a text that ends in `-99` comes after
every day that begins with it, but before the next month or year. An open side is a text before or after all days.
"""

from graph.cypher.fragments import Fragment, clause

_EARLIEST = (
    "reduce(x = ':', d IN [d IN split(reduce(s = replace(head(split({t}, '/')), 'X', '0'), c IN {marks} | replace(s, c, '')), "
    "',') | trim(head(split(d, '..')))] | CASE WHEN d < x THEN d ELSE x END)"
)
_LATEST = (
    "reduce(x = '', d IN [d IN split(reduce(s = replace(last(split({t}, '/')), 'X', '9'), c IN {marks} | replace(s, c, '')), "
    "',') | trim(last(split(d, '..')))] | CASE WHEN d = '' THEN ':' WHEN d + '-99' > x THEN d + '-99' ELSE x END)"
)
_MARKS = Fragment("['[', ']', '?', '~', '%']")


def earliest(text: Fragment) -> Fragment:
    """Write the earliest day that a date may mean. It is null if the date is absent, and comes before all days if it is open."""
    return clause(_EARLIEST, t=text, marks=_MARKS)


def latest(text: Fragment) -> Fragment:
    """Write the latest day that a date may mean. It is null if the date is absent, and comes after all days if it is open."""
    return clause(_LATEST, t=text, marks=_MARKS)
